using System.Text;
using AkkaKv.Commands.Execution;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>The words of ZADD before the first score.</summary>
[Flags]
internal enum AddFlags
{
    /// <summary>None of the others.</summary>
    None = 0,

    /// <summary>NX: scores of members that are there stay.</summary>
    OnlyNew = 1,

    /// <summary>XX: nothing is added.</summary>
    OnlyPresent = 2,

    /// <summary>GT: a score only grows.</summary>
    OnlyGreater = 4,

    /// <summary>LT: a score only becomes less.</summary>
    OnlyLess = 8,

    /// <summary>CH: changed scores are counted too.</summary>
    CountChanged = 16,

    /// <summary>INCR: the score is an increment, and the new score the reply.</summary>
    Increment = 32,
}

/// <summary>Reads and checks the words of ZADD.</summary>
internal static class AddOptions
{
    /// <summary>Reads them; false when they were refused. <paramref name="first"/>: the argument that is the first score.</summary>
    public static bool TryRead(CommandContext context, ref AddFlags flags, out int first)
    {
        first = 2;
        while (first < context.Args.Count && Word(context.Args[first]) is var flag and not AddFlags.None)
        {
            flags |= flag;
            first++;
        }

        int rest = context.Args.Count - first;
        if (rest == 0 || rest % 2 != 0)
        {
            context.Reply.Error(ErrorText.Syntax);
            return false;
        }

        return AreCompatible(context, flags, rest / 2);
    }

    private static bool AreCompatible(CommandContext context, AddFlags flags, int members)
    {
        const AddFlags Direction = AddFlags.OnlyGreater | AddFlags.OnlyLess;
        bool onlyNew = (flags & AddFlags.OnlyNew) != 0;
        if (onlyNew && (flags & AddFlags.OnlyPresent) != 0)
        {
            context.Reply.Error("ERR XX and NX options at the same time are not compatible"u8);
            return false;
        }

        if ((onlyNew && (flags & Direction) != 0) || (flags & Direction) == Direction)
        {
            context.Reply.Error("ERR GT, LT, and/or NX options at the same time are not compatible"u8);
            return false;
        }

        if ((flags & AddFlags.Increment) != 0 && members > 1)
        {
            context.Reply.Error("ERR INCR option supports a single increment-element pair"u8);
            return false;
        }

        return true;
    }

    private static AddFlags Word(ReadOnlySpan<byte> text) => text.Length switch
    {
        2 => ((text[0] | 0x20) << 8 | (text[1] | 0x20)) switch
        {
            ('n' << 8) | 'x' => AddFlags.OnlyNew,
            ('x' << 8) | 'x' => AddFlags.OnlyPresent,
            ('g' << 8) | 't' => AddFlags.OnlyGreater,
            ('l' << 8) | 't' => AddFlags.OnlyLess,
            ('c' << 8) | 'h' => AddFlags.CountChanged,
            _ => AddFlags.None,
        },
        4 when Ascii.EqualsIgnoreCase(text, "INCR"u8) => AddFlags.Increment,
        _ => AddFlags.None,
    };
}

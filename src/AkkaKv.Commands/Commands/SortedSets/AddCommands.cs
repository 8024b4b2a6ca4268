using System.Buffers;
using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>ZADD and ZINCRBY.</summary>
internal static class AddCommands
{
    private const int StackElementsMax = 16;

    /// <summary>ZADD key [NX|XX] [GT|LT] [CH] [INCR] score member [score member ...].</summary>
    public static void Add(CommandContext context) => Add(context, AddFlags.None);

    /// <summary>ZINCRBY key increment member: the new score.</summary>
    public static void IncrementBy(CommandContext context) => Add(context, AddFlags.Increment);

    /// <summary>Adds what was read, whatever command it came with, and answers as ZADD does. Returns whether anything changed.</summary>
    public static bool Add(CommandContext context, AddFlags flags, ReadOnlySpan<AddedElement> elements)
    {
        if (!context.TryWrite(context.Args[1], DataType.ZSet, out Entry entry))
        {
            return false;
        }

        AddResult result = default;
        if (entry.Exists || (flags & AddFlags.OnlyPresent) == 0)
        {
            ReadOnlySpan<byte> key = context.Args[1];
            SortedSetEditor editor = entry.Exists ? context.Database.EditSortedSet(entry) : context.Database.CreateSortedSet(key);
            if (!entry.Exists)
            {
                context.Touch(context.Database.Find(key));
            }

            foreach (AddedElement element in elements)
            {
                AddOne(editor, context.Args[element.MemberIndex], element.Score, flags, ref result);
            }

            Complete(context, key, flags, result);
        }

        Answer(context, flags, result);
        return result.Added + result.Changed > 0;
    }

    /// <summary>All scores are read before anything changes.</summary>
    private static void Add(CommandContext context, AddFlags flags)
    {
        if (!AddOptions.TryRead(context, ref flags, out int first))
        {
            return;
        }

        int count = (context.Args.Count - first) / 2;
        AddedElement[]? rented = count > StackElementsMax ? ArrayPool<AddedElement>.Shared.Rent(count) : null;
        Span<AddedElement> elements = (rented ?? stackalloc AddedElement[StackElementsMax])[..count];
        if (TryReadElements(context, first, elements))
        {
            Add(context, flags, elements);
        }

        if (rented is not null)
        {
            ArrayPool<AddedElement>.Shared.Return(rented);
        }
    }

    private static bool TryReadElements(CommandContext context, int first, Span<AddedElement> elements)
    {
        for (int i = 0; i < elements.Length; i++)
        {
            int at = first + (i * 2);
            if (!context.TryReadDouble(at, out double score))
            {
                return false;
            }

            elements[i] = new AddedElement(score, at + 1);
        }

        return true;
    }

    private static void AddOne(SortedSetEditor editor, ReadOnlySpan<byte> member, double score, AddFlags flags, ref AddResult result)
    {
        SortedSetElement element = editor.Find(member);
        if (!element.Exists)
        {
            if ((flags & AddFlags.OnlyPresent) == 0)
            {
                editor.Add(member, score);
                result.Added++;
                result.Processed(score);
            }

            return;
        }

        if ((flags & AddFlags.OnlyNew) != 0)
        {
            return;
        }

        score = (flags & AddFlags.Increment) != 0 ? score + element.Score : score;
        if (double.IsNaN(score))
        {
            result.IsNotANumber = true;
            return;
        }

        if (((flags & AddFlags.OnlyLess) != 0 && score >= element.Score) || ((flags & AddFlags.OnlyGreater) != 0 && score <= element.Score))
        {
            return;
        }

        result.Processed(score);
        if (score != element.Score)
        {
            editor.ChangeScore(element, member, score);
            result.Changed++;
        }
    }

    private static void Complete(CommandContext context, ReadOnlySpan<byte> key, AddFlags flags, AddResult result)
    {
        int changes = result.Added + result.Changed;
        if (changes > 0)
        {
            context.SignalModified(key);
            context.SignalChanged(changes - 1);
            context.NotifyKeyspaceEvent(KeyspaceEvents.SortedSet, (flags & AddFlags.Increment) != 0 ? "zincr"u8 : "zadd"u8, key);
        }
    }

    private static void Answer(CommandContext context, AddFlags flags, AddResult result)
    {
        if (result.IsNotANumber)
        {
            context.Reply.Error("ERR resulting score is not a number (NaN)"u8);
        }
        else if ((flags & AddFlags.Increment) == 0)
        {
            context.Reply.Integer((flags & AddFlags.CountChanged) != 0 ? result.Added + result.Changed : result.Added);
        }
        else if (result.IsProcessed)
        {
            context.Reply.Double(result.Score);
        }
        else
        {
            context.Reply.NullBulk();
        }
    }

    private struct AddResult
    {
        public int Added;
        public int Changed;
        public bool IsProcessed;
        public bool IsNotANumber;
        public double Score;

        public void Processed(double score)
        {
            IsProcessed = true;
            Score = score;
        }
    }
}

/// <summary>What is to be added: a score, and the argument that is the member.</summary>
internal readonly record struct AddedElement(double Score, int MemberIndex);

using System.Text;
using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Bitmaps;

/// <summary>BITCOUNT and BITPOS.</summary>
internal static class BitRangeCommands
{
    /// <summary>BITCOUNT key [start end [BYTE | BIT]].</summary>
    public static void Count(CommandContext context)
    {
        // Redis looks at the key before it looks at the range: a missing key is 0 whatever the range says.
        if (!context.TryReadString(context.Args[1], out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Integer(0);
            return;
        }

        ReadOnlySpan<byte> value = entry.StringValue;
        int count = context.Args.Count;
        if (count == 2)
        {
            context.Reply.Integer(BitRange.CountAll(value));
            return;
        }

        if (count is not (4 or 5))
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        if (!context.TryReadInteger(2, out long start) || !context.TryReadInteger(3, out long end))
        {
            return;
        }

        // Two negative positions in the wrong order are an empty range for Redis before it looks at the unit, even at a wrong one.
        if (start < 0 && end < 0 && start > end)
        {
            context.Reply.Integer(0);
            return;
        }

        if (!TryParseUnit(context, 4, out bool inBits))
        {
            return;
        }

        bool any = ByteRange.TryClamp(ref start, ref end, inBits ? value.Length * 8L : value.Length);
        (long first, long last) = ToBits(start, end, inBits);
        context.Reply.Integer(any ? BitRange.Count(value, first, last) : 0);
    }

    /// <summary>BITPOS key bit [start [end [BYTE | BIT]]].</summary>
    public static void Position(CommandContext context)
    {
        if (!context.TryReadInteger(2, out long wanted))
        {
            return;
        }

        if (wanted is not (0 or 1))
        {
            context.Reply.Error("ERR The bit argument must be 1 or 0."u8);
            return;
        }

        if (!context.TryReadString(context.Args[1], out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            // An endless run of zeros: the first one is at 0, and there is no one.
            context.Reply.Integer(wanted == 0 ? 0 : -1);
            return;
        }

        ReadOnlySpan<byte> value = entry.StringValue;
        int count = context.Args.Count;
        if (count > 6)
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        long start = 0;
        bool inBits = false;
        bool hasEnd = count >= 5;
        if ((count >= 4 && !context.TryReadInteger(3, out start)) || !TryParseUnit(context, 5, out inBits))
        {
            return;
        }

        long length = inBits ? value.Length * 8L : value.Length;
        long end = length - 1;
        if (hasEnd && !context.TryReadInteger(4, out end))
        {
            return;
        }

        if (!ByteRange.TryClampEach(ref start, ref end, length))
        {
            context.Reply.Integer(-1);
            return;
        }

        (long first, long last) = ToBits(start, end, inBits);
        long found = BitRange.Find(value, wanted == 1, first, last);

        // Without an end the value counts as followed by zeros, so a search for a zero always succeeds.
        context.Reply.Integer(found < 0 && wanted == 0 && !hasEnd ? value.Length * 8L : found);
    }

    private static (long First, long Last) ToBits(long start, long end, bool inBits) =>
        inBits ? (start, end) : (start * 8, end * 8 + 7);

    /// <summary>The word behind start and end, if it is there; answers the error itself when it returns false.</summary>
    private static bool TryParseUnit(CommandContext context, int argument, out bool inBits)
    {
        inBits = false;
        if (context.Args.Count <= argument)
        {
            return true;
        }

        ReadOnlySpan<byte> word = context.Args[argument];
        inBits = Ascii.EqualsIgnoreCase(word, "BIT"u8);
        if (inBits || Ascii.EqualsIgnoreCase(word, "BYTE"u8))
        {
            return true;
        }

        context.Reply.Error(ErrorText.Syntax);
        return false;
    }
}

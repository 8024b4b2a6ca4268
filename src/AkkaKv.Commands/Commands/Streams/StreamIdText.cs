using AkkaKv.Keyspace.Values.Streams;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>Reads ids of entries as Redis does: "ms-sequence", "ms" alone, in places "-" and "+" for the ends, "(" before an excluded one.</summary>
internal static class StreamIdText
{
    private const int LengthMax = 127;

    private static ReadOnlySpan<byte> Invalid => "ERR Invalid stream ID specified as stream command argument"u8;

    /// <summary>An id that stands for itself; on failure the error is written.</summary>
    /// <param name="context">The command.</param>
    /// <param name="index">The argument.</param>
    /// <param name="id">The id; without a sequence number 0 is taken for it.</param>
    public static bool TryReadId(this CommandContext context, int index, out StreamId id)
    {
        if (TryParse(context.Args[index], isStrict: true, 0, out id, out bool hasSequence) && hasSequence)
        {
            return true;
        }

        context.Reply.Error(Invalid);
        return false;
    }

    /// <summary>As <see cref="TryReadId"/>, with "-" for the smallest id and "+" for the largest.</summary>
    public static bool TryReadIdOrEnd(this CommandContext context, int index, out StreamId id)
    {
        if (TryParse(context.Args[index], isStrict: false, 0, out id, out bool hasSequence) && hasSequence)
        {
            return true;
        }

        context.Reply.Error(Invalid);
        return false;
    }

    /// <summary>The id of an entry that is to be added: as <see cref="TryReadId"/>, or "ms-*" for the next one of that millisecond.</summary>
    public static bool TryReadNewId(this CommandContext context, int index, out StreamId id, out bool hasSequence)
    {
        if (TryParse(context.Args[index], isStrict: true, 0, out id, out hasSequence))
        {
            return true;
        }

        context.Reply.Error(Invalid);
        return false;
    }

    /// <summary>The first id of an interval: "-", an id, or one with "(" before it, which is not part of it.</summary>
    public static bool TryReadIntervalStart(this CommandContext context, int index, out StreamId id)
    {
        if (!TryReadIntervalId(context, index, 0, out id, out bool isExcluded))
        {
            return false;
        }

        if (!isExcluded || id.TryNext(out id))
        {
            return true;
        }

        context.Reply.Error("ERR invalid start ID for the interval"u8);
        return false;
    }

    /// <summary>The last id of an interval, without a sequence number the last one of that millisecond.</summary>
    public static bool TryReadIntervalEnd(this CommandContext context, int index, out StreamId id)
    {
        if (!TryReadIntervalId(context, index, ulong.MaxValue, out id, out bool isExcluded))
        {
            return false;
        }

        if (!isExcluded || id.TryPrevious(out id))
        {
            return true;
        }

        context.Reply.Error("ERR invalid end ID for the interval"u8);
        return false;
    }

    /// <summary>Reads a whole text; as in C, a zero byte ends it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isStrict">Whether "-" and "+" are no ids.</param>
    /// <param name="missingSequence">The sequence number if there is none.</param>
    /// <param name="id">The id.</param>
    /// <param name="hasSequence">False if the sequence number is "*".</param>
    internal static bool TryParse(ReadOnlySpan<byte> text, bool isStrict, ulong missingSequence, out StreamId id, out bool hasSequence)
    {
        id = default;
        hasSequence = true;
        if (text.Length > LengthMax)
        {
            return false;
        }

        int end = text.IndexOf((byte)0);
        text = end < 0 ? text : text[..end];
        if (text.SequenceEqual("-"u8) || text.SequenceEqual("+"u8))
        {
            id = text[0] == '-' ? StreamId.Min : StreamId.Max;
            return !isStrict;
        }

        int dash = text.IndexOf((byte)'-');
        if (!TryParseNumber(dash < 0 ? text : text[..dash], out ulong ms))
        {
            return false;
        }

        ulong sequence = missingSequence;
        if (dash >= 0)
        {
            ReadOnlySpan<byte> rest = text[(dash + 1)..];
            hasSequence = !rest.SequenceEqual("*"u8);
            sequence = 0;
            if (hasSequence && !TryParseNumber(rest, out sequence))
            {
                return false;
            }
        }

        id = new StreamId(ms, sequence);
        return true;
    }

    private static bool TryReadIntervalId(CommandContext context, int index, ulong missingSequence, out StreamId id, out bool isExcluded)
    {
        ReadOnlySpan<byte> text = context.Args[index];
        isExcluded = text.Length > 1 && text[0] == '(';
        if (TryParse(isExcluded ? text[1..] : text, isExcluded, missingSequence, out id, out bool hasSequence) && hasSequence)
        {
            return true;
        }

        context.Reply.Error(Invalid);
        return false;
    }

    /// <summary>Redis's own form of a number first, then what C's strtoull takes: blanks before it, a sign, zeros.</summary>
    private static bool TryParseNumber(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (DecimalNumber.TryParse(text, out long signed))
        {
            value = (ulong)signed;
            return signed >= 0;
        }

        text = text.TrimStart(" \t\n\v\f\r"u8);
        bool isNegative = !text.IsEmpty && text[0] == '-';
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        foreach (byte character in text)
        {
            uint digit = (uint)(character - '0');
            if (digit > 9 || value > (ulong.MaxValue - digit) / 10)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        value = isNegative ? 0 - value : value;
        return !text.IsEmpty;
    }
}

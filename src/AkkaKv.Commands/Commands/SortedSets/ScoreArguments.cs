using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Text;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>Reads scores and the ends of ranges; each writes the error itself when it returns false.</summary>
internal static class ScoreArguments
{
    private static ReadOnlySpan<byte> InvalidScoreRange => "ERR min or max is not a float"u8;

    private static ReadOnlySpan<byte> InvalidMemberRange => "ERR min or max not valid string range item"u8;

    /// <summary>A score, increment, coordinate or distance.</summary>
    public static bool TryReadDouble(this CommandContext context, int index, out double value)
    {
        if (DoubleReader.TryParse(context.Args[index], out value))
        {
            return true;
        }

        context.Reply.Error(ErrorText.NotAFloat);
        return false;
    }

    /// <summary>A range of scores: "1.5", "(1.5", "-inf".</summary>
    public static bool TryReadScoreRange(this CommandContext context, int minIndex, int maxIndex, out ScoreRange range)
    {
        range = default;
        if (!TryReadLimit(context.Args[minIndex], out double min, out bool withoutMin)
            || !TryReadLimit(context.Args[maxIndex], out double max, out bool withoutMax))
        {
            context.Reply.Error(InvalidScoreRange);
            return false;
        }

        range = new ScoreRange(min, max, withoutMin, withoutMax);
        return true;
    }

    /// <summary>A range of members: "[a", "(a", "-", "+".</summary>
    public static bool TryReadMemberRange(this CommandContext context, int minIndex, int maxIndex, out MemberRange range)
    {
        if (TryReadLimit(context.Args[minIndex], out MemberLimit min) && TryReadLimit(context.Args[maxIndex], out MemberLimit max))
        {
            range = new MemberRange(min, max);
            return true;
        }

        range = default;
        context.Reply.Error(InvalidMemberRange);
        return false;
    }

    private static bool TryReadLimit(ReadOnlySpan<byte> text, out double value, out bool excluded)
    {
        excluded = !text.IsEmpty && text[0] == '(';
        return DoubleReader.TryParseLimit(excluded ? text[1..] : text, out value);
    }

    private static bool TryReadLimit(ReadOnlySpan<byte> text, out MemberLimit limit)
    {
        limit = default;
        if (text.IsEmpty)
        {
            return false;
        }

        bool isAlone = text.Length == 1 || text[1] == 0;
        switch (text[0])
        {
            case (byte)'[':
                limit = MemberLimit.At(text[1..], excluded: false);
                return true;
            case (byte)'(':
                limit = MemberLimit.At(text[1..], excluded: true);
                return true;
            case (byte)'-' when isAlone:
                limit = MemberLimit.Lowest;
                return true;
            case (byte)'+' when isAlone:
                limit = MemberLimit.Highest;
                return true;
            default:
                return false;
        }
    }
}

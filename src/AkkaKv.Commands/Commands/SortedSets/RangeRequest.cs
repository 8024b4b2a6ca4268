using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>What is compared with the ends of a range.</summary>
internal enum RangeKind
{
    /// <summary>The rank, unless a word of the request says otherwise.</summary>
    Any,

    /// <summary>The rank.</summary>
    Rank,

    /// <summary>The score.</summary>
    Score,

    /// <summary>The member.</summary>
    Member,
}

/// <summary>In which order a range is answered.</summary>
internal enum RangeDirection
{
    /// <summary>Upwards, unless a word of the request says otherwise.</summary>
    Any,

    /// <summary>The lowest first.</summary>
    Upwards,

    /// <summary>The highest first; ends that are scores or members are then given the highest first.</summary>
    Downwards,
}

/// <summary>The request of ZRANGE, ZRANGESTORE and their elder relatives: key, two ends, and words.</summary>
internal ref struct RangeRequest
{
    private ScoreRange _scores;
    private MemberRange _members;
    private long _start;
    private long _stop;
    private long _offset;
    private long _limit;

    /// <summary>What is compared.</summary>
    public RangeKind Kind { get; private set; }

    /// <summary>Whether the highest comes first.</summary>
    public bool Downwards { get; private set; }

    /// <summary>WITHSCORES.</summary>
    public bool WithScores { get; private set; }

    /// <summary>The ranks of a range with both ends included, negative ones counted from the end.</summary>
    public static RankRange Clamp(long start, long stop, long count)
    {
        start = Math.Max(start < 0 ? start + count : start, 0);
        stop = Math.Min(stop < 0 ? stop + count : stop, count - 1);
        return start > stop ? default : new RankRange(start, stop - start + 1);
    }

    /// <summary>Reads all arguments from the ends on; on failure the error is written.</summary>
    /// <param name="context">The command.</param>
    /// <param name="firstEnd">The argument that is the first end.</param>
    /// <param name="kind">What the command's name says of the kind.</param>
    /// <param name="direction">What the command's name says of the direction.</param>
    /// <param name="mayWithScores">Whether WITHSCORES is known.</param>
    /// <param name="request">The request.</param>
    public static bool TryRead(
        CommandContext context, int firstEnd, RangeKind kind, RangeDirection direction, bool mayWithScores, out RangeRequest request)
    {
        request = new RangeRequest { _limit = -1, Kind = kind };
        for (int i = firstEnd + 2; i < context.Args.Count; i++)
        {
            if (mayWithScores && context.IsWord(i, "WITHSCORES"u8))
            {
                request.WithScores = true;
            }
            else if (i + 2 < context.Args.Count && context.IsWord(i, "LIMIT"u8))
            {
                if (!context.TryReadInteger(i + 1, out request._offset) || !context.TryReadInteger(i + 2, out request._limit))
                {
                    return false;
                }

                i += 2;
            }
            else if (direction == RangeDirection.Any && context.IsWord(i, "REV"u8))
            {
                direction = RangeDirection.Downwards;
            }
            else if (request.Kind == RangeKind.Any && context.IsWord(i, "BYLEX"u8))
            {
                request.Kind = RangeKind.Member;
            }
            else if (request.Kind == RangeKind.Any && context.IsWord(i, "BYSCORE"u8))
            {
                request.Kind = RangeKind.Score;
            }
            else
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }
        }

        request.Kind = request.Kind == RangeKind.Any ? RangeKind.Rank : request.Kind;
        request.Downwards = direction == RangeDirection.Downwards;
        return request.IsConsistent(context) && request.TryReadEnds(context, firstEnd);
    }

    /// <summary>Which elements are asked for.</summary>
    public readonly RankRange In(SortedSetView view)
    {
        if (Kind == RangeKind.Rank)
        {
            RankRange range = Clamp(_start, _stop, view.Count);
            return Downwards ? range with { First = view.Count - range.First - range.Count } : range;
        }

        RankRange all = Kind == RangeKind.Score ? view.InRange(_scores) : view.InRange(_members, Downwards);
        if (_offset < 0 || _offset >= all.Count)
        {
            return default;
        }

        long count = _limit < 0 ? all.Count - _offset : Math.Min(all.Count - _offset, _limit);
        return new RankRange(Downwards ? all.First + all.Count - _offset - count : all.First + _offset, count);
    }

    private readonly bool IsConsistent(CommandContext context)
    {
        if (_limit != -1 && Kind == RangeKind.Rank)
        {
            context.Reply.Error("ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX"u8);
            return false;
        }

        if (WithScores && Kind == RangeKind.Member)
        {
            context.Reply.Error("ERR syntax error, WITHSCORES not supported in combination with BYLEX"u8);
            return false;
        }

        return true;
    }

    private bool TryReadEnds(CommandContext context, int firstEnd)
    {
        if (Kind == RangeKind.Rank)
        {
            return context.TryReadInteger(firstEnd, out _start) && context.TryReadInteger(firstEnd + 1, out _stop);
        }

        (int min, int max) = Downwards ? (firstEnd + 1, firstEnd) : (firstEnd, firstEnd + 1);
        return Kind == RangeKind.Score
            ? context.TryReadScoreRange(min, max, out _scores)
            : context.TryReadMemberRange(min, max, out _members);
    }
}

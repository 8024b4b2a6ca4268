using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>ZRANGE, ZRANGESTORE, and the elder commands that each know one kind of range and one direction.</summary>
internal static class RangeCommands
{
    /// <summary>ZRANGE key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count] [WITHSCORES].</summary>
    public static void Range(CommandContext context) => Answer(context, RangeKind.Any, RangeDirection.Any);

    /// <summary>ZREVRANGE key start stop [WITHSCORES].</summary>
    public static void ReverseRange(CommandContext context) => Answer(context, RangeKind.Rank, RangeDirection.Downwards);

    /// <summary>ZRANGEBYSCORE key min max [WITHSCORES] [LIMIT offset count].</summary>
    public static void RangeByScore(CommandContext context) => Answer(context, RangeKind.Score, RangeDirection.Upwards);

    /// <summary>ZREVRANGEBYSCORE key max min [WITHSCORES] [LIMIT offset count].</summary>
    public static void ReverseRangeByScore(CommandContext context) => Answer(context, RangeKind.Score, RangeDirection.Downwards);

    /// <summary>ZRANGEBYLEX key min max [LIMIT offset count].</summary>
    public static void RangeByMember(CommandContext context) => Answer(context, RangeKind.Member, RangeDirection.Upwards);

    /// <summary>ZREVRANGEBYLEX key max min [LIMIT offset count].</summary>
    public static void ReverseRangeByMember(CommandContext context) => Answer(context, RangeKind.Member, RangeDirection.Downwards);

    /// <summary>ZRANGESTORE destination source start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count]: how many were stored.</summary>
    public static void RangeStore(CommandContext context)
    {
        if (!RangeRequest.TryRead(context, 3, RangeKind.Any, RangeDirection.Any, mayWithScores: false, out RangeRequest request)
            || !context.TryRead(context.Args[2], DataType.ZSet, out Entry entry))
        {
            return;
        }

        using SortedSetBuilder result = context.Database.BuildSortedSet();
        if (entry.Exists)
        {
            SortedSetView view = context.Database.ReadSortedSet(entry);
            Fill(context, view, request.In(view), request.Downwards, result.Editor);
        }

        context.StoreSortedSet(context.Args[1], result, "zrangestore"u8);
    }

    private static void Fill(CommandContext context, SortedSetView view, RankRange range, bool downwards, SortedSetEditor result)
    {
        EncodingLimits limits = context.Store.Limits;
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        long left = limits.ZsetMaxListpackEntries;
        for (SortedSetWalk walk = view.Walk(downwards ? range.First + range.Count - 1 : range.First, range.Count, downwards); walk.MoveNext();)
        {
            // Redis begins with a compact one, in which the score -0 is 0.
            left = walk.Member.Length <= limits.ZsetMaxListpackValue ? left - 1 : -1;
            result.Add(walk.Member.AsBytes(scratch), left >= 0 ? walk.Score + 0.0 : walk.Score);
        }
    }

    private static void Answer(CommandContext context, RangeKind kind, RangeDirection direction)
    {
        if (!RangeRequest.TryRead(context, 2, kind, direction, mayWithScores: true, out RangeRequest request)
            || !context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Array(0);
            return;
        }

        SortedSetView view = context.Database.ReadSortedSet(entry);
        context.WriteMembers(view, request.In(view), request.Downwards, request.WithScores);
    }
}

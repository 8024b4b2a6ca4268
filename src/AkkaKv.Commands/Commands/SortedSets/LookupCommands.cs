using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>Questions with a number for an answer: ZCARD, ZSCORE, ZMSCORE, ZCOUNT, ZLEXCOUNT, ZRANK, ZREVRANK.</summary>
internal static class LookupCommands
{
    /// <summary>ZCARD key.</summary>
    public static void Cardinality(CommandContext context)
    {
        if (context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            context.Reply.Integer(entry.Exists ? context.Database.ReadSortedSet(entry).Count : 0);
        }
    }

    /// <summary>ZSCORE key member.</summary>
    public static void Score(CommandContext context)
    {
        if (context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            AnswerScore(context, entry, context.Args[2]);
        }
    }

    /// <summary>ZMSCORE key member [member ...].</summary>
    public static void Scores(CommandContext context)
    {
        if (!context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            return;
        }

        context.Reply.Array(context.Args.Count - 2);
        for (int i = 2; i < context.Args.Count; i++)
        {
            AnswerScore(context, entry, context.Args[i]);
        }
    }

    /// <summary>ZCOUNT key min max.</summary>
    public static void CountByScore(CommandContext context)
    {
        if (context.TryReadScoreRange(2, 3, out ScoreRange range) && context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            context.Reply.Integer(entry.Exists ? context.Database.ReadSortedSet(entry).InRange(range).Count : 0);
        }
    }

    /// <summary>ZLEXCOUNT key min max.</summary>
    public static void CountByMember(CommandContext context)
    {
        if (context.TryReadMemberRange(2, 3, out MemberRange range) && context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            context.Reply.Integer(entry.Exists ? context.Database.ReadSortedSet(entry).InRange(range).Count : 0);
        }
    }

    /// <summary>ZRANK key member.</summary>
    public static void Rank(CommandContext context) => Rank(context, downwards: false);

    /// <summary>ZREVRANK key member.</summary>
    public static void ReverseRank(CommandContext context) => Rank(context, downwards: true);

    private static void Rank(CommandContext context, bool downwards)
    {
        if (!context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            return;
        }

        SortedSetView view = entry.Exists ? context.Database.ReadSortedSet(entry) : default;
        long rank = entry.Exists ? view.RankOf(context.Args[2]) : -1;
        if (rank < 0)
        {
            context.Reply.NullBulk();
            return;
        }

        context.Reply.Integer(downwards ? view.Count - 1 - rank : rank);
    }

    private static void AnswerScore(CommandContext context, Entry entry, ReadOnlySpan<byte> member)
    {
        if (entry.Exists && context.Database.ReadSortedSet(entry).TryGetScore(member, out double score))
        {
            context.Reply.Double(score);
        }
        else
        {
            context.Reply.NullBulk();
        }
    }
}

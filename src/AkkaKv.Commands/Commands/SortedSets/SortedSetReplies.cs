using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>Writes members with or without their scores: with scores one flat array in RESP2, an array of pairs in RESP3.</summary>
internal static class SortedSetReplies
{
    /// <summary>Begins an array of so many members.</summary>
    public static void BeginMembers(this CommandContext context, long count, bool withScores) =>
        context.Reply.Array(withScores && context.Reply.RespVersion == 2 ? count * 2 : count);

    /// <summary>The member at which a walk stands.</summary>
    public static void WriteMember(this CommandContext context, SortedSetWalk element, bool withScores)
    {
        if (withScores && context.Reply.RespVersion > 2)
        {
            context.Reply.Array(2);
        }

        context.Reply.Bulk(element.Member);
        if (withScores)
        {
            context.Reply.Double(element.Score);
        }
    }

    /// <summary>The whole array.</summary>
    public static void WriteMembers(this CommandContext context, SortedSetView view, RankRange range, bool downwards, bool withScores)
    {
        context.BeginMembers(range.Count, withScores);
        long first = downwards ? range.First + range.Count - 1 : range.First;
        for (SortedSetWalk walk = view.Walk(first, range.Count, downwards); walk.MoveNext();)
        {
            context.WriteMember(walk, withScores);
        }
    }
}

using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>ZRANDMEMBER key [count [WITHSCORES]]: with a negative count the same member may come more than once. Drawn are ranks, so each member is equally likely.</summary>
internal static class RandomMemberCommand
{
    // From this part of the sorted set on it is cheaper to walk it once than to draw until enough different ranks have come.
    private const int WalkFromPart = 3;

    public static void Execute(CommandContext context)
    {
        if (context.Args.Count == 2)
        {
            AnswerOne(context);
            return;
        }

        if (!TryReadArguments(context, out long count, out bool withScores)
            || !context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            return;
        }

        if (!entry.Exists || count == 0)
        {
            context.Reply.Array(0);
            return;
        }

        if (Repetitions.Refuse(context, count))
        {
            return;
        }

        SortedSetView view = context.Database.ReadSortedSet(entry);
        if (count < 0)
        {
            context.BeginMembers(-count, withScores);
            for (; count < 0; count++)
            {
                WriteAt(context, view, RandomBelow(context, view.Count), withScores);
            }

            return;
        }

        count = Math.Min(count, view.Count);
        context.BeginMembers(count, withScores);
        if (count > view.Count / WalkFromPart)
        {
            WriteByWalk(context, view, count, withScores);
        }
        else
        {
            WriteByDrawing(context, view, count, withScores);
        }
    }

    private static void AnswerOne(CommandContext context)
    {
        if (!context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            return;
        }

        if (entry.Exists)
        {
            SortedSetView view = context.Database.ReadSortedSet(entry);
            WriteAt(context, view, RandomBelow(context, view.Count), withScores: false);
        }
        else
        {
            context.Reply.NullBulk();
        }
    }

    private static bool TryReadArguments(CommandContext context, out long count, out bool withScores)
    {
        withScores = context.Args.Count > 3;
        if (!context.TryReadInteger(2, out count))
        {
            return false;
        }

        if (count == long.MinValue)
        {
            context.Reply.Error("ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807"u8);
            return false;
        }

        if (context.Args.Count > 4 || (withScores && !context.IsWord(3, "WITHSCORES"u8)))
        {
            context.Reply.Error(ErrorText.Syntax);
            return false;
        }

        if (withScores && count is < -(long.MaxValue / 2) or > long.MaxValue / 2)
        {
            context.Reply.Error("ERR value is out of range"u8);
            return false;
        }

        return true;
    }

    /// <summary>Each member is taken with the probability that as many of the rest are wanted (selection sampling).</summary>
    private static void WriteByWalk(CommandContext context, SortedSetView view, long wanted, bool withScores)
    {
        long left = view.Count;
        for (SortedSetWalk walk = view.GetEnumerator(); wanted > 0 && walk.MoveNext(); left--)
        {
            if (wanted == left || RandomBelow(context, left) < wanted)
            {
                context.WriteMember(walk, withScores);
                wanted--;
            }
        }
    }

    private static void WriteByDrawing(CommandContext context, SortedSetView view, long wanted, bool withScores)
    {
        HashSet<long> drawn = [];
        while (drawn.Count < wanted)
        {
            long rank = RandomBelow(context, view.Count);
            if (drawn.Add(rank))
            {
                WriteAt(context, view, rank, withScores);
            }
        }
    }

    private static void WriteAt(CommandContext context, SortedSetView view, long rank, bool withScores)
    {
        SortedSetWalk walk = view.Walk(rank, 1, downwards: false);
        walk.MoveNext();
        context.WriteMember(walk, withScores);
    }

    private static long RandomBelow(CommandContext context, long limit) => (long)Math.BigMul(context.Engine.NextRandom(), (ulong)limit, out _);
}

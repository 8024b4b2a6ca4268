using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Sets;

namespace AkkaKv.Commands.Commands.Sets;

/// <summary>
/// SRANDMEMBER key [count]: one member, or several: with a positive count different ones, as many as there are at most; with a negative count exactly that many,
/// each drawn anew.
/// </summary>
internal static class RandomMemberCommand
{
    // From a large set few members are drawn one by one; a larger part is faster found by walking the set once.
    private const int WalkFromShare = 3;

    /// <summary>Runs the command.</summary>
    public static void Run(CommandContext context)
    {
        if (context.Args.Count == 3)
        {
            ReplySeveral(context);
        }
        else if (context.Args.Count > 3)
        {
            context.Reply.Error(ErrorText.Syntax);
        }
        else if (context.TryReadSet(context.Args[1], out SetView set, out bool isMissing))
        {
            context.Reply.Bulk(set.Random(context.Engine.NextRandom()));
        }
        else if (isMissing)
        {
            context.Reply.NullBulk();
        }
    }

    private static void ReplySeveral(CommandContext context)
    {
        if (!context.TryReadInteger(2, out long count))
        {
            return;
        }

        if (count == long.MinValue)
        {
            context.Reply.Error("ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807"u8);
            return;
        }

        if (Repetitions.Refuse(context, count))
        {
            return;
        }

        if (!context.TryReadSet(context.Args[1], out SetView set, out bool isMissing))
        {
            if (isMissing)
            {
                context.Reply.Array(0);
            }

            return;
        }

        if (count < 0)
        {
            ReplyWithRepetitions(context, set, -count);
        }
        else
        {
            ReplyDifferent(context, set, Math.Min(count, set.Count));
        }
    }

    private static void ReplyWithRepetitions(CommandContext context, SetView set, long count)
    {
        context.Reply.Array(count);
        for (long i = 0; i < count; i++)
        {
            context.Reply.Bulk(set.Random(context.Engine.NextRandom()));
        }
    }

    private static void ReplyDifferent(CommandContext context, SetView set, long count)
    {
        context.Reply.Array(count);
        if (count == 1)
        {
            context.Reply.Bulk(set.Random(context.Engine.NextRandom()));
        }
        else if (set.IsCompact || count > set.Count / WalkFromShare)
        {
            ReplyPartOfAll(context, set, count);
        }
        else
        {
            DrawDifferent(context, set, count);
        }
    }

    /// <summary>Walks the set and takes each member with the probability that makes all selections of this size equally likely (selection sampling, Knuth 3.4.2 S).</summary>
    private static void ReplyPartOfAll(CommandContext context, SetView set, long count)
    {
        long left = set.Count;
        foreach (Element member in set)
        {
            if (Math.BigMul(context.Engine.NextRandom(), (ulong)left--, out _) < (ulong)count)
            {
                context.Reply.Bulk(member);
                count--;
            }
        }
    }

    /// <summary>Draws members until so many different ones have come; a set in the memory of the database remembers them.</summary>
    private static void DrawDifferent(CommandContext context, SetView set, long count)
    {
        using SetBuilder drawn = context.Database.BuildSet();
        while (count > 0)
        {
            Element member = set.Random(context.Engine.NextRandom());
            if (drawn.Editor.Add(member))
            {
                context.Reply.Bulk(member);
                count--;
            }
        }
    }
}

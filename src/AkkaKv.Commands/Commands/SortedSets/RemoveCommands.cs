using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>ZREM and ZREMRANGEBYRANK, ZREMRANGEBYSCORE, ZREMRANGEBYLEX: how many were removed.</summary>
internal static class RemoveCommands
{
    /// <summary>ZREM key member [member ...].</summary>
    public static void Remove(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!TryOpen(context, key, out Entry entry))
        {
            return;
        }

        SortedSetEditor editor = context.Database.EditSortedSet(entry);
        long removed = 0;
        for (int i = 2; i < context.Args.Count && editor.View.Count > 0; i++)
        {
            removed += editor.Remove(context.Args[i]) ? 1 : 0;
        }

        Complete(context, key, editor.View.Count, removed, "zrem"u8);
    }

    /// <summary>ZREMRANGEBYRANK key start stop.</summary>
    public static void RemoveByRank(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryReadInteger(2, out long start) || !context.TryReadInteger(3, out long stop) || !TryOpen(context, key, out Entry entry))
        {
            return;
        }

        SortedSetEditor editor = context.Database.EditSortedSet(entry);
        Remove(context, key, editor, RangeRequest.Clamp(start, stop, editor.View.Count), "zremrangebyrank"u8);
    }

    /// <summary>ZREMRANGEBYSCORE key min max.</summary>
    public static void RemoveByScore(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (context.TryReadScoreRange(2, 3, out ScoreRange range) && TryOpen(context, key, out Entry entry))
        {
            SortedSetEditor editor = context.Database.EditSortedSet(entry);
            Remove(context, key, editor, editor.View.InRange(range), "zremrangebyscore"u8);
        }
    }

    /// <summary>ZREMRANGEBYLEX key min max.</summary>
    public static void RemoveByMember(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (context.TryReadMemberRange(2, 3, out MemberRange range) && TryOpen(context, key, out Entry entry))
        {
            SortedSetEditor editor = context.Database.EditSortedSet(entry);
            Remove(context, key, editor, editor.View.InRange(range), "zremrangebylex"u8);
        }
    }

    private static bool TryOpen(CommandContext context, ReadOnlySpan<byte> key, out Entry entry)
    {
        if (!context.TryWrite(key, DataType.ZSet, out entry))
        {
            return false;
        }

        if (!entry.Exists)
        {
            context.Reply.Integer(0);
        }

        return entry.Exists;
    }

    private static void Remove(CommandContext context, ReadOnlySpan<byte> key, SortedSetEditor editor, RankRange range, ReadOnlySpan<byte> name)
    {
        editor.Remove(range);
        Complete(context, key, editor.View.Count, range.Count, name);
    }

    private static void Complete(CommandContext context, ReadOnlySpan<byte> key, long left, long removed, ReadOnlySpan<byte> name)
    {
        if (removed > 0)
        {
            context.NotifyKeyspaceEvent(KeyspaceEvents.SortedSet, name, key);
            if (left == 0)
            {
                context.RemoveEmptied(key);
            }

            context.SignalModified(key);
            context.SignalChanged(removed - 1);
        }

        context.Reply.Integer(removed);
    }
}

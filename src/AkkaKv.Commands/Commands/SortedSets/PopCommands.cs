using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.SortedSets;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>ZPOPMIN, ZPOPMAX and ZMPOP: takes the lowest or highest members out.</summary>
internal static class PopCommands
{
    /// <summary>ZPOPMIN key [count].</summary>
    public static void PopLowest(CommandContext context) => Pop(context, fromTop: false);

    /// <summary>ZPOPMAX key [count].</summary>
    public static void PopHighest(CommandContext context) => Pop(context, fromTop: true);

    /// <summary>ZMPOP numkeys key [key ...] MIN|MAX [COUNT count]. Replicas receive a ZPOPMIN or ZPOPMAX of the one key.</summary>
    public static void PopFromFirst(CommandContext context)
    {
        if (!PopRequest.TryRead(context, 1, out PopRequest request)
            || !TryFindFirst(context, request.FirstKey, request.KeyCount, out int key, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.NullArray();
            return;
        }

        BeginKeyedReply(context, context.Args[key]);
        long taken = Take(context, context.Args[key], entry, request.FromTop, request.Count, asPairs: true, withHeader: true);
        Propagate(context, context.Args[key], request.FromTop, taken);
    }

    /// <summary>The first of some keys that exists. False: it holds no sorted set, and the error is written.</summary>
    public static bool TryFindFirst(CommandContext context, int firstKey, int keyCount, out int key, out Entry entry)
    {
        entry = default;
        for (key = firstKey; key < firstKey + keyCount; key++)
        {
            if (!context.TryWrite(context.Args[key], DataType.ZSet, out entry))
            {
                return false;
            }

            if (entry.Exists)
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>Begins the reply of a pop from several keys, which names the key: key, then the array of pairs.</summary>
    public static void BeginKeyedReply(CommandContext context, ReadOnlySpan<byte> key)
    {
        context.Reply.Array(2);
        context.Reply.Bulk(key);
    }

    /// <summary>
    /// Takes members out and writes them, each as a pair or flat; returns how many. The key goes with its last member.
    /// </summary>
    /// <param name="context">The command.</param>
    /// <param name="key">The key.</param>
    /// <param name="entry">Its entry.</param>
    /// <param name="fromTop">Whether the highest are taken.</param>
    /// <param name="count">How many, if there are so many; at least 1.</param>
    /// <param name="asPairs">Whether each is an array of two.</param>
    /// <param name="withHeader">Whether the array's header is written.</param>
    public static long Take(
        CommandContext context, ReadOnlySpan<byte> key, Entry entry, bool fromTop, long count, bool asPairs, bool withHeader)
    {
        SortedSetEditor editor = context.Database.EditSortedSet(entry);
        SortedSetView view = editor.View;
        count = Math.Min(count, view.Count);
        RankRange range = new(fromTop ? view.Count - count : 0, count);
        if (withHeader)
        {
            context.Reply.Array(asPairs ? count : count * 2);
        }

        for (SortedSetWalk walk = view.Walk(fromTop ? view.Count - 1 : 0, count, fromTop); walk.MoveNext();)
        {
            if (asPairs)
            {
                context.Reply.Array(2);
            }

            context.Reply.Bulk(walk.Member);
            context.Reply.Double(walk.Score);
        }

        editor.Remove(range);
        context.NotifyKeyspaceEvent(KeyspaceEvents.SortedSet, fromTop ? "zpopmax"u8 : "zpopmin"u8, key);
        if (editor.View.Count == 0)
        {
            context.RemoveEmptied(key);
        }

        context.SignalModified(key);
        return count;
    }

    /// <summary>Propagates a pop of several members.</summary>
    public static void Propagate(CommandContext context, ReadOnlySpan<byte> key, bool fromTop, long count) =>
        context.PropagateInstead(fromTop ? "ZPOPMAX"u8 : "ZPOPMIN"u8, key, count);

    private static void Pop(CommandContext context, bool fromTop)
    {
        if (context.Args.Count > 3)
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        long count = 1;
        bool hasCount = context.Args.Count == 3;
        if (hasCount && (!DecimalNumber.TryParse(context.Args[2], out count) || count < 0))
        {
            context.Reply.Error(ErrorText.NotPositive);
            return;
        }

        if (!context.TryWrite(context.Args[1], DataType.ZSet, out Entry entry))
        {
            return;
        }

        if (!entry.Exists || count == 0)
        {
            context.Reply.Array(0);
            return;
        }

        Take(context, context.Args[1], entry, fromTop, count, asPairs: hasCount && context.Reply.RespVersion > 2, withHeader: true);
    }
}

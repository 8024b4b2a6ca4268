using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Lists;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>LSET, LINSERT, LREM and LTRIM.</summary>
internal static class ListEditCommands
{
    /// <summary>LSET key index element.</summary>
    public static void Set(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWrite(key, DataType.List, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Error(ErrorText.NoSuchKey);
            return;
        }

        if (!context.TryReadInteger(2, out long index))
        {
            return;
        }

        ListEditor list = context.Database.EditList(entry);
        long length = list.View.Count;
        index = index < 0 ? index + length : index;
        if ((ulong)index >= (ulong)length)
        {
            context.Reply.Error("ERR index out of range"u8);
            return;
        }

        list.Set(index, context.Args[3]);
        context.Reply.Ok();
        context.SignalModified(key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.List, "lset"u8, key);
    }

    /// <summary>LINSERT key BEFORE|AFTER pivot element: the new length, -1 if there is no such pivot.</summary>
    public static void Insert(CommandContext context)
    {
        bool after = context.IsWord(2, "AFTER"u8);
        if (!after && !context.IsWord(2, "BEFORE"u8))
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWrite(key, DataType.List, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Integer(0);
            return;
        }

        ListEditor list = context.Database.EditList(entry);
        long index = IndexOf(list.View, context.Args[3]);
        if (index < 0)
        {
            context.Reply.Integer(-1);
            return;
        }

        list.Insert(after ? index + 1 : index, context.Args[4]);
        context.SignalModified(key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.List, "linsert"u8, key);
        context.Reply.Integer(list.View.Count);
    }

    /// <summary>LREM key count element: how many were removed; a negative count looks from the end, 0 removes all.</summary>
    public static void Remove(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryReadInteger(2, out long count) || !context.TryWrite(key, DataType.List, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Integer(0);
            return;
        }

        ListEditor list = context.Database.EditList(entry);
        long removed = list.RemoveEqual(context.Args[3], count is 0 or long.MinValue ? long.MaxValue : Math.Abs(count), fromEnd: count < 0);
        if (removed > 0)
        {
            context.NotifyKeyspaceEvent(KeyspaceEvents.List, "lrem"u8, key);
            if (list.View.Count == 0)
            {
                context.RemoveEmptied(key);
            }

            context.SignalModified(key);
            context.SignalChanged(removed - 1);
        }

        context.Reply.Integer(removed);
    }

    /// <summary>LTRIM key start stop: keeps only that range.</summary>
    public static void Trim(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryReadInteger(2, out long start) || !context.TryReadInteger(3, out long stop)
            || !context.TryWrite(key, DataType.List, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Ok();
            return;
        }

        ListEditor list = context.Database.EditList(entry);
        long length = list.View.Count;
        start = start < 0 ? Math.Max(start + length, 0) : start;
        stop = Math.Min(stop < 0 ? stop + length : stop, length - 1);
        long removed = start > stop ? length : length - (stop - start + 1);
        context.NotifyKeyspaceEvent(KeyspaceEvents.List, "ltrim"u8, key);
        if (removed == length)
        {
            context.RemoveEmptied(key);
        }
        else if (removed > 0)
        {
            list.RemoveLast(length - 1 - stop);
            list.RemoveFirst(start);
        }

        if (removed > 0)
        {
            context.SignalModified(key);
            context.SignalChanged(removed - 1);
        }
        else
        {
            // Nothing is propagated, but in Redis the key counts as changed for who watches or caches it all the same.
            context.Engine.KeyChanged(context.Session, context.Database, key);
        }

        context.Reply.Ok();
    }

    private static long IndexOf(ListView list, ReadOnlySpan<byte> wanted)
    {
        long index = 0;
        foreach (Element element in list)
        {
            if (element.Equals(wanted))
            {
                return index;
            }

            index++;
        }

        return -1;
    }
}

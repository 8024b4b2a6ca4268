using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Lists;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>LLEN, LRANGE and LINDEX.</summary>
internal static class ListReadCommands
{
    /// <summary>LLEN key.</summary>
    public static void Length(CommandContext context)
    {
        if (context.TryRead(context.Args[1], DataType.List, out Entry entry))
        {
            context.Reply.Integer(entry.Exists ? context.Database.ReadList(entry).Count : 0);
        }
    }

    /// <summary>LRANGE key start stop: negative positions count from the end.</summary>
    public static void Range(CommandContext context)
    {
        if (!context.TryReadInteger(2, out long start) || !context.TryReadInteger(3, out long stop)
            || !context.TryRead(context.Args[1], DataType.List, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Array(0);
            return;
        }

        ListView list = context.Database.ReadList(entry);
        long length = list.Count;
        start = start < 0 ? Math.Max(start + length, 0) : start;
        stop = Math.Min(stop < 0 ? stop + length : stop, length - 1);
        if (start > stop)
        {
            context.Reply.Array(0);
            return;
        }

        context.Reply.Array(stop - start + 1);
        foreach (Element element in list.Range(start, stop - start + 1))
        {
            context.Reply.Bulk(element);
        }
    }

    /// <summary>LINDEX key index.</summary>
    public static void Index(CommandContext context)
    {
        if (!context.TryRead(context.Args[1], DataType.List, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.NullBulk();
        }
        else if (context.TryReadInteger(2, out long index))
        {
            if (context.Database.ReadList(entry).TryGet(index, out Element element))
            {
                context.Reply.Bulk(element);
            }
            else
            {
                context.Reply.NullBulk();
            }
        }
    }
}

using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Lists;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>LPUSH, RPUSH, LPUSHX, RPUSHX: the new length.</summary>
internal static class PushCommands
{
    /// <summary>LPUSH key element…</summary>
    public static void PushFirst(CommandContext context) => Push(context, ListEnd.First, onlyIfThere: false);

    /// <summary>RPUSH key element…</summary>
    public static void PushLast(CommandContext context) => Push(context, ListEnd.Last, onlyIfThere: false);

    /// <summary>LPUSHX key element…: nothing if there is no list.</summary>
    public static void PushFirstIfThere(CommandContext context) => Push(context, ListEnd.First, onlyIfThere: true);

    /// <summary>RPUSHX key element…: nothing if there is no list.</summary>
    public static void PushLastIfThere(CommandContext context) => Push(context, ListEnd.Last, onlyIfThere: true);

    private static void Push(CommandContext context, ListEnd end, bool onlyIfThere)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWrite(key, DataType.List, out Entry entry))
        {
            return;
        }

        if (!entry.Exists && onlyIfThere)
        {
            context.Reply.Integer(0);
            return;
        }

        ListEditor list = context.OpenList(key, entry);
        int count = context.Args.Count - 2;
        for (int i = 0; i < count; i++)
        {
            list.Push(end, context.Args[i + 2]);
        }

        context.Reply.Integer(list.View.Count);
        context.SignalModified(key);
        context.SignalChanged(count - 1);
        context.NotifyKeyspaceEvent(KeyspaceEvents.List, end.PushEvent(), key);
    }
}

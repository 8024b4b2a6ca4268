using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>LPOP, RPOP and LMPOP.</summary>
internal static class PopCommands
{
    /// <summary>LPOP key [count].</summary>
    public static void PopFirst(CommandContext context) => Pop(context, ListEnd.First);

    /// <summary>RPOP key [count].</summary>
    public static void PopLast(CommandContext context) => Pop(context, ListEnd.Last);

    /// <summary>LMPOP numkeys key… LEFT|RIGHT [COUNT n]: takes from the first list that there is.</summary>
    public static void PopFromMany(CommandContext context)
    {
        if (!ManyKeysRequest.TryRead(context, 1, out ManyKeysRequest request))
        {
            return;
        }

        for (int i = request.FirstKey; i < request.FirstKey + request.KeyCount; i++)
        {
            ReadOnlySpan<byte> key = context.Args[i];
            if (!context.TryWrite(key, DataType.List, out Entry entry))
            {
                return;
            }

            if (entry.Exists)
            {
                ListEnds.PopRangeWithKey(context, key, entry, request.End, request.Count);
                return;
            }
        }

        context.Reply.NullArray();
    }

    private static void Pop(CommandContext context, ListEnd end)
    {
        if (context.Args.Count > 3)
        {
            context.WrongArgumentCount();
            return;
        }

        bool hasCount = context.Args.Count == 3;
        long count = 1;
        if (hasCount && !context.TryReadAtLeast(2, 0, ErrorText.NotPositive, out count))
        {
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWrite(key, DataType.List, out Entry entry))
        {
            return;
        }

        if (!entry.Exists && hasCount)
        {
            context.Reply.NullArray();
        }
        else if (!entry.Exists)
        {
            context.Reply.NullBulk();
        }
        else if (!hasCount)
        {
            ListEnds.PopOne(context, key, entry, end);
        }
        else if (count == 0)
        {
            context.Reply.Array(0);
        }
        else
        {
            ListEnds.PopRange(context, key, entry, end, count);
        }
    }
}

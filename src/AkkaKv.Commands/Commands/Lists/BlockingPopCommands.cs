using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>BLPOP, BRPOP and BLMPOP: LPOP, RPOP and LMPOP that wait if there is nothing. They are propagated as what they took.</summary>
internal static class BlockingPopCommands
{
    private static readonly PopWait WaitFirst = new(ListEnd.First);
    private static readonly PopWait WaitLast = new(ListEnd.Last);

    /// <summary>BLPOP key… timeout.</summary>
    public static void PopFirst(CommandContext context) => Pop(context, WaitFirst);

    /// <summary>BRPOP key… timeout.</summary>
    public static void PopLast(CommandContext context) => Pop(context, WaitLast);

    /// <summary>BLMPOP timeout numkeys key… LEFT|RIGHT [COUNT n].</summary>
    public static void PopFromMany(CommandContext context)
    {
        if (!ManyKeysRequest.TryRead(context, 2, out ManyKeysRequest request) || !context.TryReadTimeoutSeconds(1, out long deadlineMs)
            || FailsToFindList(context, request.FirstKey, request.KeyCount, out int index, out Entry entry))
        {
            return;
        }

        if (index > 0)
        {
            ListEnds.PopRangeWithKey(context, context.Args[index], entry, request.End, request.Count);
            return;
        }

        context.WaitForKeys(new PopRangeWait(request.End, request.Count), request.FirstKey, request.KeyCount, deadlineMs);
    }

    private static void Pop(CommandContext context, PopWait wait)
    {
        int last = context.Args.Count - 1;
        if (!context.TryReadTimeoutSeconds(last, out long deadlineMs) || FailsToFindList(context, 1, last - 1, out int index, out Entry entry))
        {
            return;
        }

        if (index > 0)
        {
            ListEnds.PopOneWithKey(context, context.Args[index], entry, wait.End);
            return;
        }

        context.WaitForKeys(wait, 1, last - 1, deadlineMs);
    }

    /// <summary>Looks for the first key that there is, 0 if there is none. True: it is no list, which was answered.</summary>
    private static bool FailsToFindList(CommandContext context, int firstKey, int keyCount, out int index, out Entry entry)
    {
        index = 0;
        entry = default;
        for (int i = firstKey; i < firstKey + keyCount; i++)
        {
            if (!context.TryWrite(context.Args[i], DataType.List, out entry))
            {
                return true;
            }

            if (entry.Exists)
            {
                index = i;
                return false;
            }
        }

        return false;
    }

    private sealed class PopWait(ListEnd end) : KeyWait
    {
        public ListEnd End => end;

        public override DataType Type => DataType.List;

        public override bool Serve(CommandContext context, ReadOnlySpan<byte> key)
        {
            ListEnds.PopOneWithKey(context, key, context.LookupWrite(key), end);
            return true;
        }
    }

    private sealed class PopRangeWait(ListEnd end, long count) : KeyWait
    {
        public override DataType Type => DataType.List;

        public override bool Serve(CommandContext context, ReadOnlySpan<byte> key)
        {
            ListEnds.PopRangeWithKey(context, key, context.LookupWrite(key), end, count);
            return true;
        }
    }
}

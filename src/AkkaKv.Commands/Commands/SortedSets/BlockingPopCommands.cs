using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>BZPOPMIN, BZPOPMAX and BZMPOP: as the commands without B, but they wait while there is nothing. Replicas receive those.</summary>
internal static class BlockingPopCommands
{
    private static readonly PopWait LowestWait = new(fromTop: false);
    private static readonly PopWait HighestWait = new(fromTop: true);

    /// <summary>BZPOPMIN key [key ...] timeout.</summary>
    public static void PopLowest(CommandContext context) => Pop(context, LowestWait);

    /// <summary>BZPOPMAX key [key ...] timeout.</summary>
    public static void PopHighest(CommandContext context) => Pop(context, HighestWait);

    /// <summary>BZMPOP timeout numkeys key [key ...] MIN|MAX [COUNT count].</summary>
    public static void PopFromFirst(CommandContext context)
    {
        if (PopRequest.TryRead(context, 2, out PopRequest request) && context.TryReadTimeoutSeconds(1, out long deadlineMs))
        {
            ServeOrWait(context, new MultiPopWait(request), request.FirstKey, request.KeyCount, deadlineMs);
        }
    }

    private static void Pop(CommandContext context, PopWait wait)
    {
        int last = context.Args.Count - 1;
        if (context.TryReadTimeoutSeconds(last, out long deadlineMs))
        {
            ServeOrWait(context, wait, 1, last - 1, deadlineMs);
        }
    }

    private static void ServeOrWait(CommandContext context, KeyWait wait, int firstKey, int keyCount, long deadlineMs)
    {
        if (!PopCommands.TryFindFirst(context, firstKey, keyCount, out int key, out Entry entry))
        {
            return;
        }

        if (entry.Exists)
        {
            wait.Serve(context, context.Args[key]);
        }
        else
        {
            context.WaitForKeys(wait, firstKey, keyCount, deadlineMs);
        }
    }

    /// <summary>BZPOPMIN and BZPOPMAX: one member; key, member and score in one array.</summary>
    private sealed class PopWait(bool fromTop) : KeyWait
    {
        public override DataType Type => DataType.ZSet;

        public override bool Serve(CommandContext context, ReadOnlySpan<byte> key)
        {
            context.Reply.Array(3);
            context.Reply.Bulk(key);
            PopCommands.Take(context, key, context.LookupWrite(key), fromTop, 1, asPairs: false, withHeader: false);
            context.PropagateInstead(fromTop ? "ZPOPMAX"u8 : "ZPOPMIN"u8, key);
            return true;
        }
    }

    /// <summary>BZMPOP: as many as are wanted of one key.</summary>
    private sealed class MultiPopWait(PopRequest request) : KeyWait
    {
        public override DataType Type => DataType.ZSet;

        public override bool Serve(CommandContext context, ReadOnlySpan<byte> key)
        {
            PopCommands.BeginKeyedReply(context, key);
            long taken = PopCommands.Take(
                context, key, context.LookupWrite(key), request.FromTop, request.Count, asPairs: true, withHeader: true);
            PopCommands.Propagate(context, key, request.FromTop, taken);
            return true;
        }
    }
}

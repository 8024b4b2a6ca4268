using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>DBSIZE, FLUSHDB, FLUSHALL, SWAPDB, TIME.</summary>
internal static class DataSetCommands
{
    public static void DatabaseSize(CommandContext context) => context.Reply.Integer(context.Database.Count);

    public static void Time(CommandContext context)
    {
        long microseconds = context.Engine.Server.UnixTimeMicroseconds;
        context.Reply.Array(2);
        context.Reply.BulkInteger(microseconds / 1_000_000);
        context.Reply.BulkInteger(microseconds % 1_000_000);
    }

    public static void FlushDatabase(CommandContext context)
    {
        if (!TryReadMode(context, out bool inBackground))
        {
            return;
        }

        Database database = context.Database;
        context.Engine.WatchedKeys.TouchAll(database, replacement: null, context.NowMs);
        context.SignalChanged(database.Count);
        context.Engine.LazyFree.Free(database.ClearDetached(), inBackground);
        context.Engine.AwaitedKeys.SignalAll(database);
        context.Engine.Tracking.InvalidateAll();
        Finish(context);
    }

    public static void FlushAll(CommandContext context)
    {
        if (!TryReadMode(context, out bool inBackground))
        {
            return;
        }

        for (int i = 0; i < context.Store.DatabaseCount; i++)
        {
            context.Engine.WatchedKeys.TouchAll(context.Store[i], replacement: null, context.NowMs);
            context.SignalChanged(context.Store[i].Count);
        }

        context.Engine.LazyFree.Free(context.Store.ClearDetached(), inBackground);
        for (int i = 0; i < context.Store.DatabaseCount; i++)
        {
            context.Engine.AwaitedKeys.SignalAll(context.Store[i]);
        }

        context.Engine.Tracking.InvalidateAll();
        context.Engine.Server.DataSetFlushed();
        Finish(context);
    }

    public static void SwapDatabases(CommandContext context)
    {
        if (!TryReadIndex(context, 1, "ERR invalid first DB index"u8, out int first)
            || !TryReadIndex(context, 2, "ERR invalid second DB index"u8, out int second))
        {
            return;
        }

        if ((uint)first >= (uint)context.Store.DatabaseCount || (uint)second >= (uint)context.Store.DatabaseCount)
        {
            context.Reply.Error(ErrorText.DatabaseOutOfRange);
            return;
        }

        if (first != second)
        {
            context.Engine.WatchedKeys.TouchAll(context.Store[first], context.Store[second], context.NowMs);
            context.Engine.WatchedKeys.TouchAll(context.Store[second], context.Store[first], context.NowMs);
            context.Store.Swap(first, second);
            context.Engine.AwaitedKeys.SignalAll(context.Store[first]);
            context.Engine.AwaitedKeys.SignalAll(context.Store[second]);
        }

        context.SignalChanged();
        context.Reply.Ok();
    }

    private static bool TryReadMode(CommandContext context, out bool inBackground)
    {
        inBackground = context.Settings.LazyFreeLazyUserFlush;
        if (context.Args.Count == 1)
        {
            return true;
        }

        inBackground = context.IsWord(1, "ASYNC"u8);
        if (context.Args.Count == 2 && (inBackground || context.IsWord(1, "SYNC"u8)))
        {
            return true;
        }

        context.Reply.Error(ErrorText.Syntax);
        return false;
    }

    /// <summary>A flush is propagated even when nothing was there: a replica may hold what the master has already expired.</summary>
    private static void Finish(CommandContext context)
    {
        context.PropagateVerbatim();
        context.Reply.Ok();
    }

    private static bool TryReadIndex(CommandContext context, int index, ReadOnlySpan<byte> error, out int value)
    {
        bool valid = Protocol.DecimalNumber.TryParse(context.Args[index], out long number) && number is >= int.MinValue and <= int.MaxValue;
        value = (int)number;
        if (!valid)
        {
            context.Reply.Error(error);
        }

        return valid;
    }
}

using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Execution;

/// <summary>
/// Moves keys together when removals have left so many gaps between them that memory is wasted (<c>activedefrag</c>): in slices of half a millisecond between
/// commands, as many of them as the waste is worth, and none while there is little.
/// </summary>
internal sealed class Defragmentation(CommandEngine engine)
{
    private const long NanosecondsPerSlice = 500_000;
    private const long NanosecondsPerCron = 100_000_000;
    private const int BlocksPerLook = 64;

    private int _slices;
    private int _database;
    private long _startedAt;
    private long _nanosecondsBefore;

    /// <summary>The share of time that is spent on it now, in percent; 0: there is no need.</summary>
    public int RunningPercent { get; private set; }

    /// <summary>For how long it has been running now, in milliseconds.</summary>
    public long CurrentMs => RunningPercent == 0 ? 0 : (engine.Server.TimestampNanoseconds - _startedAt) / 1_000_000;

    /// <summary>For how long it was running altogether, in milliseconds.</summary>
    public long TotalMs => (_nanosecondsBefore / 1_000_000) + CurrentMs;

    /// <summary>Blocks that were moved.</summary>
    public long Moves => Sum(database => database.CompactionMoves);

    /// <summary>Blocks that were looked at and stayed.</summary>
    public long Misses => Sum(database => database.CompactionMisses);

    /// <summary>Looks whether there is need, and begins the work of the next tenth of a second.</summary>
    public void Cron()
    {
        int effort = Effort();
        if (effort > 0 != RunningPercent > 0)
        {
            long now = engine.Server.TimestampNanoseconds;
            _nanosecondsBefore += RunningPercent > 0 ? now - _startedAt : 0;
            _startedAt = now;
        }

        RunningPercent = effort;
        _slices = (int)((effort * NanosecondsPerCron / 100 / NanosecondsPerSlice) + (effort > 0 ? 1 : 0));
        Continue();
    }

    /// <summary>One slice, if there is one to be done.</summary>
    public void Continue()
    {
        if (_slices == 0)
        {
            return;
        }

        _slices--;
        long started = engine.Server.TimestampNanoseconds;
        do
        {
            int budget = BlocksPerLook;
            if (engine.Store[_database].Compact(ref budget))
            {
                _database = (_database + 1) % engine.Store.DatabaseCount;
                if (_database == 0)
                {
                    // One way through everything is done: the next cron looks whether there is still need.
                    _slices = 0;
                    return;
                }
            }
        }
        while (engine.Server.TimestampNanoseconds - started < NanosecondsPerSlice);

        if (_slices > 0)
        {
            engine.Server.RequestTurn();
        }
    }

    /// <summary>Redis's rule: from the lower threshold on, the effort grows with the waste up to the upper threshold.</summary>
    private int Effort()
    {
        ServerSettings settings = engine.Settings;
        if (!settings.ActiveDefrag)
        {
            return 0;
        }

        StoreMemory memory = engine.Store.DescribeMemory();
        long waste = memory.Active - memory.Used;
        double percent = memory.Used == 0 ? 0 : 100.0 * waste / memory.Used;
        if (waste < settings.ActiveDefragIgnoreBytes || percent < settings.ActiveDefragThresholdLower)
        {
            return 0;
        }

        double span = Math.Max(settings.ActiveDefragThresholdUpper - settings.ActiveDefragThresholdLower, 1);
        double share = Math.Clamp((percent - settings.ActiveDefragThresholdLower) / span, 0, 1);
        return (int)(settings.ActiveDefragCycleMin + (share * Math.Max(settings.ActiveDefragCycleMax - settings.ActiveDefragCycleMin, 0)));
    }

    private long Sum(Func<Database, long> figure)
    {
        long sum = 0;
        for (int i = 0; i < engine.Store.DatabaseCount; i++)
        {
            sum += figure(engine.Store[i]);
        }

        return sum;
    }
}

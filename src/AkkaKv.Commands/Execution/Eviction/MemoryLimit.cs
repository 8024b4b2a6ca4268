using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Execution.Eviction;

/// <summary>
/// Keeps the memory below <c>maxmemory</c>: before every command, and between commands when one command's share of time was not enough. The rules are
/// those of Redis 7.0's performEvictions.
/// </summary>
internal sealed class MemoryLimit
{
    private const int KeysBetweenChecks = 16;
    private const int LinearTenacity = 10;
    private const int EndlessTenacity = 100;
    private const long NanosecondsPerTenacity = 50_000;
    private const double GrowthPerTenacity = 1.15;

    private readonly CommandEngine _engine;
    private readonly VictimSearch _victims;
    private readonly CountedMemory _counted;
    private long _exceededSince;
    private bool _isExceeded;
    private long _exceededNanoseconds;
    private bool _isContinuing;

    public MemoryLimit(CommandEngine engine)
    {
        _engine = engine;
        _victims = new VictimSearch(engine);
        _counted = new CountedMemory(engine);
    }

    /// <summary>Whether memory was short when the running command passed its gate, and nothing could be done: what deny-oom commands are refused for.</summary>
    public bool IsOutOfMemory { get; private set; }

    /// <summary>Bytes that the limit is about.</summary>
    public long CountedBytes => _counted.Bytes;

    /// <summary>For how long the memory was above the limit, altogether, in milliseconds; also while it is being evicted for.</summary>
    public long ExceededMs => (_exceededNanoseconds + CurrentNanoseconds) / 1_000_000;

    /// <summary>For how long it has been above the limit now, in milliseconds; 0 if it is not.</summary>
    public long CurrentlyExceededMs => CurrentNanoseconds / 1_000_000;

    private long CurrentNanoseconds => _isExceeded ? _engine.Server.TimestampNanoseconds - _exceededSince : 0;

    /// <summary>
    /// Evicts until the memory fits, or the time of one command is used up: then eviction goes on between commands, and the answer is yes, because it
    /// does make progress. False: the memory does not fit, and there is nothing to evict.
    /// </summary>
    /// <param name="nowMs">Unix milliseconds.</param>
    /// <param name="requestBytes">Memory that the command's request holds and no figure includes yet.</param>
    public bool Keep(long nowMs, long requestBytes = 0)
    {
        ServerSettings settings = _engine.Settings;
        if (settings.MaxMemory == 0)
        {
            // A limit that was lifted is not exceeded any more.
            Finish(EvictionState.Kept);
            return true;
        }

        EvictionState state = Excess(requestBytes) <= 0 || !MayEvict(nowMs) ? EvictionState.Kept
            : settings.MaxMemoryPolicy.Order == EvictionOrder.None ? EvictionState.Exhausted
            : Evict(nowMs, requestBytes);
        Finish(state);
        return state != EvictionState.Exhausted;
    }

    /// <summary>Carries on with what <see cref="Keep"/> had no time for.</summary>
    public void Continue(long nowMs)
    {
        if (_isContinuing)
        {
            _isContinuing = false;
            Keep(nowMs);
        }
    }

    /// <summary>To be called about ten times a second.</summary>
    public void Cron(long nowMs)
    {
        _counted.Refresh();
        Continue(nowMs);
    }

    /// <summary>The limit has been changed: evicts without waiting for a command.</summary>
    public void LimitChanged()
    {
        _counted.Refresh();
        if (!_isContinuing && Excess(0) > 0)
        {
            ContinueLater();
        }
    }

    /// <summary>CONFIG RESETSTAT.</summary>
    public void ResetStatistics()
    {
        _exceededNanoseconds = 0;
        _exceededSince = _engine.Server.TimestampNanoseconds;
    }

    /// <summary>Bytes above the limit. Large values that were removed and are being freed bit by bit are as good as gone.</summary>
    private long Excess(long requestBytes)
    {
        long excess = _engine.Settings.MaxMemory == 0 ? 0 : _counted.Bytes + requestBytes - _engine.Settings.MaxMemory;
        return excess > 0 ? excess - _engine.Store.ReclaimBytes : excess;
    }

    /// <summary>A replica leaves it to its master; what is being loaded is let in; a pause wants the data untouched.</summary>
    private bool MayEvict(long nowMs) =>
        _engine.Server.Loading is null
        && !(_engine.Replication.IsReplica && _engine.Settings.ReplicaIgnoreMaxMemory)
        && !_engine.Pause.IsActive(nowMs);

    private EvictionState Evict(long nowMs, long requestBytes)
    {
        long toFree = Excess(requestBytes);
        long started = _engine.Server.TimestampNanoseconds;
        long limit = TimeLimit();
        long freed = 0;
        for (int keys = 1; freed < toFree; keys++)
        {
            EvictionCandidate? victim = _victims.Find(nowMs);
            if (victim is null)
            {
                return EvictionState.Exhausted;
            }

            freed += Evict(victim);
            if (keys % KeysBetweenChecks == 0 && _engine.Server.TimestampNanoseconds - started > limit && freed < toFree)
            {
                ContinueLater();
                return EvictionState.Continuing;
            }
        }

        return EvictionState.Kept;
    }

    /// <summary>Removes a key as DEL would, and has that propagated as a command of its own.</summary>
    /// <returns>The bytes that the removal freed; what it made others remember (replicas, listeners) does not count against it.</returns>
    private long Evict(EvictionCandidate victim)
    {
        bool inBackground = _engine.Settings.LazyFreeLazyEviction;
        Database database = _engine.Store[victim.Database];
        long before = _engine.Store.UsedMemory - _engine.Store.ReclaimBytes;
        _engine.LazyFree.Remove(database, victim.Key, inBackground);
        long freed = before - (_engine.Store.UsedMemory - _engine.Store.ReclaimBytes);
        _engine.Statistics.EvictedKeys++;
        _engine.KeyChanged(by: null, database, victim.Key);
        if ((_engine.Settings.NotifyKeyspaceEvents & KeyspaceEvents.Evicted) != 0)
        {
            _engine.PubSub.PublishKeyspaceEvent(_engine.Settings.NotifyKeyspaceEvents, "evicted"u8, victim.Key, database.Index);
        }

        _engine.Propagation.Add(database.Index, 2);
        _engine.Propagation.AddArgument(inBackground ? "UNLINK"u8 : "DEL"u8);
        _engine.Propagation.AddArgument(victim.Key);
        _engine.Propagation.Flush();
        return freed;
    }

    /// <summary>Redis's scale: up to 10 linear to half a millisecond, then each step 15 % more, and at 100 without end.</summary>
    private long TimeLimit()
    {
        int tenacity = _engine.Settings.MaxMemoryEvictionTenacity;
        return tenacity switch
        {
            <= LinearTenacity => NanosecondsPerTenacity * tenacity,
            < EndlessTenacity => (long)(NanosecondsPerTenacity * LinearTenacity * Math.Pow(GrowthPerTenacity, tenacity - LinearTenacity)),
            _ => long.MaxValue,
        };
    }

    private void ContinueLater()
    {
        _isContinuing = true;
        _engine.Server.RequestTurn();
    }

    private void Finish(EvictionState state)
    {
        IsOutOfMemory = state == EvictionState.Exhausted;
        bool exceeded = state != EvictionState.Kept;
        if (exceeded == _isExceeded)
        {
            return;
        }

        if (exceeded)
        {
            _exceededSince = _engine.Server.TimestampNanoseconds;
        }
        else
        {
            _exceededNanoseconds += CurrentNanoseconds;
        }

        _isExceeded = exceeded;
    }

    private enum EvictionState
    {
        /// <summary>The memory is below the limit, or this server does not evict now.</summary>
        Kept,

        /// <summary>Above it, and more will be evicted between commands.</summary>
        Continuing,

        /// <summary>Above it, and no key may go.</summary>
        Exhausted,
    }
}

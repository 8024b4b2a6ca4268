using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Execution.Eviction;

/// <summary>
/// Finds the key that the policy evicts next. LRU and LFU look at <c>maxmemory-samples</c> keys of every database and take the best that any sample so
/// far has shown; the key that expires next is known exactly.
/// </summary>
internal sealed class VictimSearch(CommandEngine engine)
{
    private readonly EvictionPool _pool = new();
    private readonly EvictionCandidate _single = new();
    private EvictionPolicy _policy = EvictionPolicy.NoEviction;
    private int _nextDatabase;

    /// <summary>The next victim; null if no key may be evicted. Valid until the next search.</summary>
    public EvictionCandidate? Find(long nowMs)
    {
        EvictionPolicy policy = engine.Settings.MaxMemoryPolicy;
        if (policy != _policy)
        {
            _policy = policy;
            _pool.Clear();
        }

        return policy.Order switch
        {
            EvictionOrder.None => null,
            EvictionOrder.Random => FindAny(),
            EvictionOrder.EarliestExpiry => FindEarliest(),
            _ => FindBest(nowMs),
        };
    }

    /// <summary>The candidates of samples are copies of keys: what was removed or used since is passed over.</summary>
    private EvictionCandidate? FindBest(long nowMs)
    {
        while (Sample(nowMs))
        {
            while (_pool.TryTake(out EvictionCandidate? candidate))
            {
                Entry entry = engine.Store[candidate.Database].Find(candidate.Key);
                if (entry.Exists && MayGo(entry) && Score(entry, nowMs) >= candidate.Score)
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    /// <summary>Offers a sample of each database to the pool. False: there is no key to evict in any.</summary>
    private bool Sample(long nowMs)
    {
        bool found = false;
        for (int i = 0; i < engine.Store.DatabaseCount; i++)
        {
            Database database = engine.Store[i];
            if (CountOf(database) == 0)
            {
                continue;
            }

            found = true;
            for (int sample = 0; sample < engine.Settings.MaxMemorySamples; sample++)
            {
                Entry entry = RandomOf(database);
                _pool.Offer(i, entry.Key, Score(entry, nowMs));
            }
        }

        return found;
    }

    /// <summary>Takes the databases in turn, so that each loses keys at the same pace.</summary>
    private EvictionCandidate? FindAny()
    {
        for (int i = 0; i < engine.Store.DatabaseCount; i++)
        {
            _nextDatabase = (_nextDatabase + 1) % engine.Store.DatabaseCount;
            Database database = engine.Store[_nextDatabase];
            if (CountOf(database) > 0)
            {
                _single.Set(_nextDatabase, RandomOf(database).Key, score: 0);
                return _single;
            }
        }

        return null;
    }

    private EvictionCandidate? FindEarliest()
    {
        Database? earliest = null;
        for (int i = 0; i < engine.Store.DatabaseCount; i++)
        {
            Database database = engine.Store[i];
            if (database.ExpiringCount > 0 && (earliest is null || database.NextExpireAtMs < earliest.NextExpireAtMs))
            {
                earliest = database;
            }
        }

        if (earliest is null)
        {
            return null;
        }

        _single.Set(earliest.Index, earliest.NextExpiringEntry.Key, score: 0);
        return _single;
    }

    private long Score(Entry entry, long nowMs) =>
        _policy.CountsUses
            ? byte.MaxValue - UseCounter.At(entry.AccessClock, nowMs, engine.Settings.LfuDecayMinutes)
            : AccessClock.IdleSeconds(entry.AccessClock, nowMs);

    private bool MayGo(Entry entry) => !_policy.OnlyExpiring || entry.ExpireAtMs != Database.NoExpiry;

    private long CountOf(Database database) => _policy.OnlyExpiring ? database.ExpiringCount : database.Count;

    private Entry RandomOf(Database database) =>
        _policy.OnlyExpiring ? database.RandomExpiringEntry(engine.NextRandom()) : database.RandomEntry(engine.NextRandom());
}

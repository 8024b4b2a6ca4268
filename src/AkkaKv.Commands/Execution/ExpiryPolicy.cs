using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Execution;

/// <summary>
/// Removes what has expired, on a master: on access, and bit by bit in the background. The removal is propagated as DEL, so replicas follow the
/// master's clock and not their own.
/// </summary>
public sealed class ExpiryPolicy
{
    /// <summary>How many expired keys are removed in one go, so that a go stays far below a millisecond.</summary>
    private const int KeysPerRound = 200;

    /// <summary>How many goes one cron call makes per database while expired keys remain.</summary>
    private const int RoundsPerCron = 25;

    private readonly CommandEngine _engine;
    private byte[] _key = new byte[256];

    internal ExpiryPolicy(CommandEngine engine) => _engine = engine;

    /// <summary>Removes an expired key, tells replicas, watchers and listeners.</summary>
    internal void Remove(Database database, ReadOnlySpan<byte> key)
    {
        // The span may lie in the entry that is about to be freed.
        if (_key.Length < key.Length)
        {
            _key = new byte[Math.Max(key.Length, _key.Length * 2)];
        }

        key.CopyTo(_key);
        ReadOnlySpan<byte> name = _key.AsSpan(0, key.Length);
        _engine.LazyFree.Remove(database, name, _engine.Settings.LazyFreeLazyExpire);
        _engine.Statistics.ExpiredKeys++;
        _engine.Propagation.Changes++;
        _engine.Propagation.Add(database.Index, 2);
        _engine.Propagation.AddArgument(_engine.Settings.LazyFreeLazyExpire ? "UNLINK"u8 : "DEL"u8);
        _engine.Propagation.AddArgument(name);
        _engine.KeyChanged(by: null, database, name);
        if ((_engine.Settings.NotifyKeyspaceEvents & KeyspaceEvents.Expired) != 0)
        {
            _engine.PubSub.PublishKeyspaceEvent(_engine.Settings.NotifyKeyspaceEvents, "expired"u8, name, database.Index);
        }

        if (_key.Length > 64 * 1024)
        {
            _key = new byte[256];
        }
    }

    /// <summary>Removes expired keys that nobody reads. Each goes out as a command of its own: nothing ties them together.</summary>
    internal void Cycle(long nowMs)
    {
        if (!_engine.Settings.ActiveExpire || !_engine.ExpiresKeys(nowMs))
        {
            return;
        }

        for (int i = 0; i < _engine.Store.DatabaseCount; i++)
        {
            Database database = _engine.Store[i];
            if (database.ExpiringCount == 0)
            {
                continue;
            }

            var round = new Round(this, database);
            int rounds = 0;
            while (database.ExpireSome(nowMs, KeysPerRound, ref round, static (ref Round state, Entry entry) => state.Remove(entry)) == KeysPerRound)
            {
                if (++rounds == RoundsPerCron)
                {
                    _engine.Statistics.ExpiryCyclesCutShort++;
                    break;
                }
            }
        }
    }

    /// <summary>The share of keys past their expiry that are still there, in percent of all keys with one: an estimate from a few of each database.</summary>
    internal double EstimateStalePercent(long nowMs)
    {
        const int samplesPerDatabase = 20;
        double stale = 0;
        long expiring = 0;
        for (int i = 0; i < _engine.Store.DatabaseCount; i++)
        {
            Database database = _engine.Store[i];
            if (database.ExpiringCount == 0)
            {
                continue;
            }

            int found = 0;
            for (int n = 0; n < samplesPerDatabase; n++)
            {
                found += database.RandomExpiringEntry(_engine.NextRandom()).IsExpired(nowMs) ? 1 : 0;
            }

            stale += (double)found / samplesPerDatabase * database.ExpiringCount;
            expiring += database.ExpiringCount;
        }

        return expiring == 0 ? 0 : 100 * stale / expiring;
    }

    private readonly struct Round(ExpiryPolicy policy, Database database)
    {
        public void Remove(Entry entry)
        {
            policy.Remove(database, entry.Key);
            policy._engine.Propagation.Flush();
        }
    }
}

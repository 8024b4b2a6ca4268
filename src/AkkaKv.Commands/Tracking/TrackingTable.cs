using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;

namespace AkkaKv.Commands.Tracking;

/// <summary>
/// Server-assisted client-side caching: which connections may have which keys in their caches, and the messages that tell them when one changes. Keys are known by
/// name alone, whatever their database, as in Redis (tracking.c).
/// </summary>
public sealed class TrackingTable
{
    // How many keys one cron call drops that are more than tracking-table-max-keys.
    private const int DropsPerCron = 1000;

    private readonly SessionRegistry _sessions;
    private readonly Dictionary<byte[], HashSet<long>> _readers = new(ByteKeyComparer.Instance);
    private readonly BroadcastPrefixes _broadcasts = new();
    private readonly List<byte[]?> _ownKeys = [];

    internal TrackingTable(SessionRegistry sessions) => _sessions = sessions;

    /// <summary>Connections that track.</summary>
    public int ClientCount { get; private set; }

    /// <summary>Keys that somebody may have cached.</summary>
    public long KeyCount => _readers.Count;

    /// <summary>Pairs of a key and a connection that may have it cached.</summary>
    public long ItemCount { get; private set; }

    /// <summary>Prefixes that somebody listens to.</summary>
    public long PrefixCount => _broadcasts.Count;

    /// <summary>The connection whose command runs: it gets its messages behind the command's reply.</summary>
    internal ClientSession? Current { get; set; }

    /// <summary>The connection tracks from now on, as it says; what was remembered for it stays.</summary>
    internal void Enable(ClientSession session, SessionTracking tracking)
    {
        if (session.Tracking is { } old)
        {
            // Prefixes add up until tracking is switched off.
            tracking.Prefixes.InsertRange(0, old.Prefixes);
        }
        else
        {
            ClientCount++;
        }

        session.Tracking = tracking;
        foreach (byte[] prefix in tracking.Prefixes)
        {
            _broadcasts.Add(session, prefix);
        }
    }

    /// <summary>The connection tracks no longer. Keys remembered for it are forgotten when they change.</summary>
    internal void Disable(ClientSession session)
    {
        if (session.Tracking is not { } tracking)
        {
            return;
        }

        foreach (byte[] prefix in tracking.Prefixes)
        {
            _broadcasts.Remove(session, prefix);
        }

        session.Tracking = null;
        ClientCount--;
    }

    /// <summary>The connection has read the key and may keep it.</summary>
    internal void Remember(ClientSession session, ReadOnlySpan<byte> key)
    {
        Dictionary<byte[], HashSet<long>>.AlternateLookup<ReadOnlySpan<byte>> lookup = _readers.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(key, out HashSet<long>? readers))
        {
            lookup[key] = readers = [];
        }

        if (readers.Add(session.Id))
        {
            ItemCount++;
        }
    }

    /// <summary>A key was changed or removed by <paramref name="by"/>; null: by nobody's command (it expired or was evicted).</summary>
    internal void Invalidate(ClientSession? by, ReadOnlySpan<byte> key)
    {
        if (ClientCount == 0 && _readers.Count == 0)
        {
            return;
        }

        _broadcasts.Changed(by, key);
        if (!_readers.GetAlternateLookup<ReadOnlySpan<byte>>().Remove(key, out byte[]? name, out HashSet<long>? readers))
        {
            return;
        }

        ItemCount -= readers.Count;
        foreach (long id in readers)
        {
            if (_sessions.Find(id) is { Tracking: { IsBroadcast: false } tracking } session && !(tracking.IsNoLoop && session == by))
            {
                Tell(session, name);
            }
        }
    }

    /// <summary>All keys are gone: whoever tracks drops all that it has.</summary>
    internal void InvalidateAll()
    {
        _readers.Clear();
        ItemCount = 0;
        if (ClientCount == 0)
        {
            return;
        }

        foreach (ClientSession session in _sessions.All)
        {
            if (session.Tracking is not null)
            {
                Tell(session, null);
            }
        }
    }

    /// <summary>A command is done and its reply written: sends what had to wait for that.</summary>
    internal void EndCommand()
    {
        if (Current is { } current)
        {
            Current = null;
            foreach (byte[]? key in _ownKeys)
            {
                TrackingMessages.Send(_sessions, current, key is null ? null : [key]);
            }

            _ownKeys.Clear();
        }

        if (_broadcasts.HasChanges)
        {
            _broadcasts.Flush((session, keys) => TrackingMessages.Send(_sessions, session, keys));
        }
    }

    /// <summary>Drops keys until there are no more than <paramref name="keysMax"/> (0: no limit), telling their readers to drop them too.</summary>
    internal void Limit(long keysMax)
    {
        for (int dropped = 0; keysMax > 0 && KeyCount > keysMax && dropped < DropsPerCron; dropped++)
        {
            using Dictionary<byte[], HashSet<long>>.Enumerator any = _readers.GetEnumerator();
            any.MoveNext();
            Invalidate(null, any.Current.Key);
        }
    }

    private void Tell(ClientSession session, byte[]? key)
    {
        if (session == Current)
        {
            _ownKeys.Add(key);
        }
        else
        {
            TrackingMessages.Send(_sessions, session, key is null ? null : [key]);
        }
    }
}

using AkkaKv.Commands.Sessions;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Execution;

/// <summary>One session's watched keys.</summary>
public sealed class WatchList
{
    internal List<WatchedKey> Keys { get; } = [];

    /// <summary>How many keys are watched.</summary>
    public int Count => Keys.Count;

    /// <summary>Whether a watched key was changed since WATCH.</summary>
    public bool IsDirty { get; internal set; }
}

/// <summary>A key that a session watches.</summary>
internal sealed class WatchedKey(ClientSession session, int database, byte[] key, bool wasExpired)
{
    public ClientSession Session { get; } = session;

    public int Database { get; } = database;

    public byte[] Key { get; } = key;

    /// <summary>It was already expired when WATCH came: its removal is no change then.</summary>
    public bool WasExpired { get; set; } = wasExpired;
}

/// <summary>
/// Which sessions watch which keys. While nobody watches anything, telling it of a change costs one comparison.
/// </summary>
public sealed class WatchedKeys
{
    private readonly Dictionary<byte[], List<WatchedKey>>[] _byDatabase;
    private int _count;

    internal WatchedKeys(int databaseCount)
    {
        _byDatabase = new Dictionary<byte[], List<WatchedKey>>[databaseCount];
        for (int i = 0; i < databaseCount; i++)
        {
            _byDatabase[i] = new Dictionary<byte[], List<WatchedKey>>(ByteKeyComparer.Instance);
        }
    }

    /// <summary>Whether anybody watches anything.</summary>
    public bool Any => _count > 0;

    internal void Watch(ClientSession session, Database database, ReadOnlySpan<byte> key, long nowMs)
    {
        foreach (WatchedKey watched in session.Watched.Keys)
        {
            if (watched.Database == database.Index && key.SequenceEqual(watched.Key))
            {
                return;
            }
        }

        Entry entry = database.Find(key);
        var added = new WatchedKey(session, database.Index, key.ToArray(), entry.Exists && entry.IsExpired(nowMs));
        session.Watched.Keys.Add(added);
        Dictionary<byte[], List<WatchedKey>> keys = _byDatabase[database.Index];
        if (!keys.TryGetValue(added.Key, out List<WatchedKey>? watchers))
        {
            keys.Add(added.Key, watchers = []);
        }

        watchers.Add(added);
        _count++;
    }

    /// <summary>Ends all watching of <paramref name="session"/> and forgets whether its keys were changed.</summary>
    internal void Unwatch(ClientSession session)
    {
        foreach (WatchedKey watched in session.Watched.Keys)
        {
            Dictionary<byte[], List<WatchedKey>> keys = _byDatabase[watched.Database];
            List<WatchedKey> watchers = keys[watched.Key];
            watchers.Remove(watched);
            if (watchers.Count == 0)
            {
                keys.Remove(watched.Key);
            }

            _count--;
        }

        session.Watched.Keys.Clear();
        session.Watched.IsDirty = false;
    }

    /// <summary>The key was changed or removed.</summary>
    internal void Touch(Database database, ReadOnlySpan<byte> key)
    {
        if (_count == 0
            || !_byDatabase[database.Index].GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out List<WatchedKey>? watchers))
        {
            return;
        }

        foreach (WatchedKey watched in watchers)
        {
            if (watched.WasExpired)
            {
                // Removing what had expired already changes nothing; what is created afterwards does.
                watched.WasExpired = false;
                if (!database.Find(key).Exists)
                {
                    continue;
                }
            }

            watched.Session.Watched.IsDirty = true;
        }
    }

    /// <summary>All keys of <paramref name="database"/> vanish, or are exchanged for those of <paramref name="replacement"/>.</summary>
    internal void TouchAll(Database database, Database? replacement, long nowMs)
    {
        if (_count == 0)
        {
            return;
        }

        foreach (List<WatchedKey> watchers in _byDatabase[database.Index].Values)
        {
            foreach (WatchedKey watched in watchers)
            {
                bool existed = database.Find(watched.Key).Exists;
                Entry other = replacement?.Find(watched.Key) ?? default;
                if (watched.WasExpired && (replacement is null || !other.Exists || other.IsExpired(nowMs)))
                {
                    watched.WasExpired = replacement is not null && other.Exists;
                    continue;
                }

                if (existed || other.Exists)
                {
                    watched.Session.Watched.IsDirty = true;
                }
            }
        }
    }

    /// <summary>Whether a key of <paramref name="session"/> has expired since it was watched.</summary>
    internal static bool HasExpired(ClientSession session, Store store, long nowMs)
    {
        foreach (WatchedKey watched in session.Watched.Keys)
        {
            if (watched.WasExpired)
            {
                continue;
            }

            Entry entry = store[watched.Database].Find(watched.Key);
            if (entry.Exists && entry.IsExpired(nowMs))
            {
                return true;
            }
        }

        return false;
    }
}

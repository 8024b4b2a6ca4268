using AkkaKv.Commands.Sessions;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Execution;

/// <summary>A key that sessions wait for, first come first.</summary>
internal sealed class AwaitedKey(int databaseIndex, byte[] key)
{
    public int DatabaseIndex { get; } = databaseIndex;

    public byte[] Key { get; } = key;

    public LinkedList<ClientSession> Queue { get; } = [];

    /// <summary>It stands among those that became ready.</summary>
    public bool IsReady { get; set; }
}

/// <summary>
/// Which sessions wait for which keys, and the keys that became ready, in that order (blocked.c of Redis 7.0). While nobody waits, telling it of a change costs
/// one comparison.
/// </summary>
/// <remarks>
/// A key is ready when it holds a type that somebody waits for it to hold; it is served after the command, or the whole transaction, that made it so. Serving may make
/// other keys ready: they come behind.
/// </remarks>
internal sealed class AwaitedKeys
{
    private readonly Dictionary<byte[], AwaitedKey>[] _byDatabase;
    private readonly Queue<AwaitedKey> _ready = new();
    private int _count;

    public AwaitedKeys(int databaseCount)
    {
        _byDatabase = new Dictionary<byte[], AwaitedKey>[databaseCount];
        for (int i = 0; i < databaseCount; i++)
        {
            _byDatabase[i] = new Dictionary<byte[], AwaitedKey>(ByteKeyComparer.Instance);
        }
    }

    /// <summary>Whether keys wait to be served.</summary>
    public bool HasReady => _ready.Count > 0;

    /// <summary>The session waits for one key more; naming it twice changes nothing.</summary>
    public void Add(ClientSession session, BlockedOnKeys blocked, ReadOnlySpan<byte> key)
    {
        Dictionary<byte[], AwaitedKey> keys = _byDatabase[blocked.DatabaseIndex];
        if (!keys.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out AwaitedKey? awaited))
        {
            awaited = new AwaitedKey(blocked.DatabaseIndex, key.ToArray());
            keys.Add(awaited.Key, awaited);
            _count++;
        }

        if (awaited.Queue.Last?.Value != session)
        {
            blocked.Keys.Add(awaited);
            blocked.Queued.Add(awaited.Queue.AddLast(session));
        }
    }

    /// <summary>The session waits no longer.</summary>
    public void Remove(BlockedOnKeys blocked)
    {
        for (int i = 0; i < blocked.Keys.Count; i++)
        {
            AwaitedKey awaited = blocked.Keys[i];
            awaited.Queue.Remove(blocked.Queued[i]);
            if (awaited.Queue.Count == 0)
            {
                _byDatabase[awaited.DatabaseIndex].Remove(awaited.Key);
                _count--;
            }
        }

        blocked.Keys.Clear();
        blocked.Queued.Clear();
    }

    /// <summary>The key was created, changed or removed.</summary>
    public void Signal(Database database, ReadOnlySpan<byte> key)
    {
        if (_count != 0 && _byDatabase[database.Index].GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out AwaitedKey? awaited))
        {
            Signal(database, awaited);
        }
    }

    /// <summary>The database has other contents now.</summary>
    public void SignalAll(Database database)
    {
        foreach (AwaitedKey awaited in _byDatabase[database.Index].Values)
        {
            Signal(database, awaited);
        }
    }

    /// <summary>Takes the key that became ready first.</summary>
    public bool TryTakeReady(out AwaitedKey awaited)
    {
        if (!_ready.TryDequeue(out awaited!))
        {
            return false;
        }

        awaited.IsReady = false;
        return true;
    }

    private void Signal(Database database, AwaitedKey awaited)
    {
        if (!awaited.IsReady && Concerns(awaited, database.Find(awaited.Key)))
        {
            awaited.IsReady = true;
            _ready.Enqueue(awaited);
        }
    }

    private static bool Concerns(AwaitedKey awaited, Entry entry)
    {
        foreach (ClientSession session in awaited.Queue)
        {
            KeyWait wait = ((BlockedOnKeys)session.Blocked!).Wait;
            if (wait.HearsOfLoss || (entry.Exists && entry.Type == wait.Type))
            {
                return true;
            }
        }

        return false;
    }
}

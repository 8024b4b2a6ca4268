using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace;

/// <summary>
/// Has the processor load what lookups of several keys will touch, all at the same time, before they are made one after the other: on a database that is larger
/// than the caches a lookup is little else than waiting for memory. Add the keys, then load; results depend on it in no way.
/// </summary>
public sealed class KeyPrefetch
{
    /// <summary>How many keys are worth loading together: their lines must still be in the first cache when they are used.</summary>
    public const int KeysMax = 32;

    // Below this a database is in the caches anyway.
    private const long KeysWorthLoading = 2048;

    private readonly ulong[] _hashes = new ulong[KeysMax];
    private int _count;

    /// <summary>Whether looking ahead is worth its cost.</summary>
    public static bool IsWorthwhile(Database database) => database.Count >= KeysWorthLoading;

    /// <summary>Begins to load the bucket of a key. False, and nothing done, when there are <see cref="KeysMax"/> already.</summary>
    public bool TryAdd(Database database, ReadOnlySpan<byte> key)
    {
        if (_count == _hashes.Length)
            return false;
        var table = database.Contents.Table;
        var hash = table.Hash(key);
        _hashes[_count++] = hash;
        table.PrefetchBucket(hash);
        return true;
    }

    /// <summary>Begins to load the entries of all keys that were added, and forgets them.</summary>
    public void Load(Database database)
    {
        var table = database.Contents.Table;
        foreach (var hash in _hashes.AsSpan(0, _count))
            table.PrefetchEntry(hash);
        _count = 0;
    }
}

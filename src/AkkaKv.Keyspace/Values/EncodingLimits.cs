namespace AkkaKv.Keyspace.Values;

/// <summary>
/// Up to where values are kept in one compact buffer: Redis's parameters with Redis 7.0's defaults. A change concerns values that grow from then on; what has been
/// turned into a large structure stays one.
/// </summary>
public sealed class EncodingLimits
{
    /// <summary><c>hash-max-listpack-entries</c>: fields of a compact hash.</summary>
    public long HashMaxListpackEntries { get; set; } = 512;

    /// <summary><c>hash-max-listpack-value</c>: bytes of a field or value in it.</summary>
    public long HashMaxListpackValue { get; set; } = 64;

    /// <summary><c>set-max-intset-entries</c>: members of a set of integers.</summary>
    public long SetMaxIntsetEntries { get; set; } = 512;

    /// <summary><c>zset-max-listpack-entries</c>: members of a compact sorted set.</summary>
    public long ZsetMaxListpackEntries { get; set; } = 128;

    /// <summary><c>zset-max-listpack-value</c>: bytes of a member in it.</summary>
    public long ZsetMaxListpackValue { get; set; } = 64;

    /// <summary><c>list-max-listpack-size</c>: elements of a list's node if positive; -1 to -5: 4, 8, 16, 32, 64 KB.</summary>
    public int ListMaxListpackSize { get; set; } = -2;

    /// <summary><c>stream-node-max-bytes</c>; 0: no limit.</summary>
    public long StreamNodeMaxBytes { get; set; } = 4096;

    /// <summary><c>stream-node-max-entries</c>; 0: no limit.</summary>
    public long StreamNodeMaxEntries { get; set; } = 100;

    /// <summary>Takes over all limits of <paramref name="other"/>.</summary>
    public void CopyFrom(EncodingLimits other)
    {
        HashMaxListpackEntries = other.HashMaxListpackEntries;
        HashMaxListpackValue = other.HashMaxListpackValue;
        SetMaxIntsetEntries = other.SetMaxIntsetEntries;
        ZsetMaxListpackEntries = other.ZsetMaxListpackEntries;
        ZsetMaxListpackValue = other.ZsetMaxListpackValue;
        ListMaxListpackSize = other.ListMaxListpackSize;
        StreamNodeMaxBytes = other.StreamNodeMaxBytes;
        StreamNodeMaxEntries = other.StreamNodeMaxEntries;
    }
}

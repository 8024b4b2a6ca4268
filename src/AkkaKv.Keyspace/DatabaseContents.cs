using AkkaKv.Keyspace.Expiry;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace;

/// <summary>All that a database holds, in one piece, so that it can be swapped, handed over and freed without looking at its keys.</summary>
internal sealed class DatabaseContents : IDisposable
{
    public DatabaseContents(KeyHasher hasher, bool guarded)
    {
        Heap = new NativeHeap(guarded);
        Table = new HashTable(Heap, hasher);
        Expiry = new ExpiryIndex(Heap);
    }

    public NativeHeap Heap { get; }

    public HashTable Table { get; }

    public ExpiryIndex Expiry { get; }

    /// <summary>Bytes of native memory in use.</summary>
    public long UsedBytes => Heap.UsedBytes + Table.OwnBytes + Expiry.OwnBytes;

    /// <summary>Bytes of native memory taken from the operating system.</summary>
    public long ReservedBytes => Heap.ReservedBytes + Table.OwnBytes + Expiry.OwnBytes;

    public void Dispose()
    {
        Table.Dispose();
        Expiry.Dispose();
        Heap.Dispose();
    }
}

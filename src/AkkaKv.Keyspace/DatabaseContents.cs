using AkkaKv.Keyspace.Expiry;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Snapshots;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace;

/// <summary>
/// All that a database holds, in one piece, so that it can be swapped, handed over and freed without looking at its keys. It is freed when its owner
/// and every snapshot of it have disposed it.
/// </summary>
internal sealed class DatabaseContents : IDisposable
{
    private int _owners = 1;

    public DatabaseContents(KeyHasher hasher, bool guarded)
    {
        IsGuarded = guarded;
        Heap = new NativeHeap(guarded);
        Table = new HashTable(Heap, hasher);
        Expiry = new ExpiryIndex(Heap);
        Marks = new SnapshotMarks(Heap);
    }

    public bool IsGuarded { get; }

    public NativeHeap Heap { get; }

    public HashTable Table { get; }

    public ExpiryIndex Expiry { get; }

    /// <summary>The snapshots that walk these contents.</summary>
    public SnapshotMarks Marks { get; }

    /// <summary>Bytes of native memory in use.</summary>
    public long UsedBytes => Heap.UsedBytes + Table.OwnBytes + Expiry.OwnBytes;

    /// <summary>Bytes of native memory taken from the operating system.</summary>
    public long ReservedBytes => Heap.ReservedBytes + Table.OwnBytes + Expiry.OwnBytes;

    /// <summary>One more must dispose the contents before they are freed.</summary>
    public void Retain() => Interlocked.Increment(ref _owners);

    public void Dispose()
    {
        // The owner may do it on a thread of its own, beside that of a snapshot.
        if (Interlocked.Decrement(ref _owners) > 0)
            return;
        Table.Dispose();
        Expiry.Dispose();
        Heap.Dispose();
    }
}

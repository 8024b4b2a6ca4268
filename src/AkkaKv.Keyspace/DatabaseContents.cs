using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Expiry;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Snapshots;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace;

/// <summary>
/// All that a database holds, in one piece, so that it can be swapped, handed over and freed without looking at its keys. It is freed when its owner
/// and every snapshot of it have disposed it.
/// </summary>
internal sealed unsafe class DatabaseContents : IDisposable
{
    private readonly TableRoot* _root;
    private int _owners = 1;

    public DatabaseContents(KeyHasher hasher, EncodingLimits limits, HeapContext heaps, bool guarded)
    {
        IsGuarded = guarded;
        Hasher = hasher;
        Limits = limits;
        Heap = new NativeHeap(heaps, guarded);
        _root = (TableRoot*)NativeMemory.AllocZeroed((nuint)sizeof(TableRoot));
        Table = new HashTable(_root, Heap, hasher);
        Expiry = new ExpiryIndex(Heap);
        Marks = new SnapshotMarks(Heap, hasher);
        Reclaimer = new Reclaimer(Heap);
    }

    public bool IsGuarded { get; }

    public KeyHasher Hasher { get; }

    /// <summary>Those of the store that the contents belong to.</summary>
    public EncodingLimits Limits { get; set; }

    public NativeHeap Heap { get; }

    public HashTable Table { get; }

    public ExpiryIndex Expiry { get; }

    /// <summary>All entries, each once, while nothing changes.</summary>
    public TableEnumerator Entries => new(_root);

    /// <summary>The snapshots that walk these contents.</summary>
    public SnapshotMarks Marks { get; }

    /// <summary>Values that were taken out and are not freed yet.</summary>
    public Reclaimer Reclaimer { get; }

    /// <summary>Bytes of native memory in use.</summary>
    public long UsedBytes => Heap.UsedBytes;

    /// <summary>Bytes of native memory taken from the operating system.</summary>
    public long ReservedBytes => Heap.ReservedBytes;

    /// <summary>One more must dispose the contents before they are freed.</summary>
    public void Retain() => Interlocked.Increment(ref _owners);

    public void Dispose()
    {
        // The owner may do it on a thread of its own, beside that of a snapshot.
        if (Interlocked.Decrement(ref _owners) != 0)
            return;
        Expiry.Dispose();
        Heap.Dispose();
        NativeMemory.Free(_root);
    }
}

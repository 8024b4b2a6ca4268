using System.Diagnostics;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Sets;

/// <summary>
/// A set that no key has yet, in the memory of its database: the result of an operation on sets, which may be stored when it is complete. Whoever began it disposes it.
/// </summary>
public unsafe ref struct SetBuilder
{
    private const byte AnyTag = 1;

    private readonly Database _database;
    private readonly DatabaseContents _contents;

    // Stands for the table of a database: editors move the block and leave its new address there.
    private readonly Bucket* _bucket;
    private readonly byte _bucketClass;
    private bool _isStored;

    internal SetBuilder(Database database)
    {
        _database = database;
        _contents = database.Contents;
        Span<byte> empty = stackalloc byte[Intset.EmptySize];
        Intset.Initialize(empty);
        var block = EntryBlock.Create(_contents.Heap, [], empty.Length, empty.Length, expirySpace: false);
        block.SetNature(DataType.Set, ValueLayout.Integers);
        empty.CopyTo(block.Value);
        _bucket = (Bucket*)_contents.Heap.Allocate(Bucket.Size, out _bucketClass);
        *_bucket = default;
        _bucket->Set(0, AnyTag, block.Address);
    }

    /// <summary>Changes the set.</summary>
    public readonly SetEditor Editor => new(new ValuePlace(_contents, Slot));

    /// <summary>Reads the set.</summary>
    public readonly SetView View => Editor.View;

    private readonly Slot Slot => new(_bucket, 0);

    /// <summary>Gives a key this set as its value, whatever it had before, without an expiry. The set is not there any more afterwards.</summary>
    public void Store(ReadOnlySpan<byte> key)
    {
        Debug.Assert(!_isStored && ReferenceEquals(_contents, _database.Contents) && View.Count > 0);
        _database.Remove(key);
        var block = Slot.Entry;

        // A root goes over with its bytes, and with it what it points to.
        _database.Create(key, DataType.Set, block.Layout, block.Value);
        block.FreeBlocks(_contents.Heap);
        _isStored = true;
    }

    /// <summary>Frees the set unless it was stored; a large one little by little.</summary>
    public void Dispose()
    {
        if (!_isStored)
            _contents.Reclaimer.Free(Slot.Entry);
        _contents.Heap.Free((byte*)_bucket, _bucketClass);
    }
}

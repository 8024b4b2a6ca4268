using System.Diagnostics;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>
/// A sorted set that no key has yet, in the memory of its database: the result of a command, which may be stored when it is complete. Until then it is a large one
/// whatever its size, as in Redis: a compact one could not hold the score -0. Whoever began it disposes it.
/// </summary>
public readonly unsafe ref struct SortedSetBuilder
{
    private const byte AnyTag = 1;

    private readonly Database _database;
    private readonly DatabaseContents _contents;

    // Stands for the table of a database: the editor moves the block and leaves its new address there. Empty once the value is stored: all copies of this struct see it.
    private readonly Bucket* _bucket;
    private readonly byte _bucketClass;

    internal SortedSetBuilder(Database database)
    {
        _database = database;
        _contents = database.Contents;
        var root = default(SortedSetRoot);
        var block = EntryBlock.Create(_contents.Heap, [], sizeof(SortedSetRoot), sizeof(SortedSetRoot), expirySpace: false);
        block.SetNature(DataType.ZSet, ValueLayout.Structured);
        new ReadOnlySpan<byte>(&root, sizeof(SortedSetRoot)).CopyTo(block.Value);
        _bucket = (Bucket*)_contents.Heap.Allocate(Bucket.Size, out _bucketClass);
        *_bucket = default;
        _bucket->Set(0, AnyTag, block.Address);
    }

    /// <summary>Changes the sorted set.</summary>
    public SortedSetEditor Editor => new(new ValuePlace(_contents, Slot));

    /// <summary>Reads the sorted set.</summary>
    public SortedSetView View => Editor.View;

    private Slot Slot => new(_bucket, 0);

    private bool IsStored => _bucket->Count == 0;

    /// <summary>Gives a key this sorted set as its value, whatever it had before, without an expiry. It is not there any more afterwards.</summary>
    public void Store(ReadOnlySpan<byte> key)
    {
        Debug.Assert(!IsStored && ReferenceEquals(_contents, _database.Contents) && View.Count > 0);
        _database.Remove(key);
        if (FitsPacked())
        {
            var packed = _database.CreateSortedSet(key);
            Span<byte> scratch = stackalloc byte[Element.ScratchSize];
            foreach (var element in View)
                packed.Add(element.Member.AsBytes(scratch), element.Score);
            return;
        }

        // The root goes over with its bytes, and with it what it points to.
        var block = Slot.Entry;
        _database.Create(key, DataType.ZSet, block.Layout, block.Value);
        block.FreeBlocks(_contents.Heap);
        _bucket->Clear(0);
    }

    /// <summary>Frees the sorted set unless it was stored; a large one little by little.</summary>
    public void Dispose()
    {
        if (!IsStored)
            _contents.Reclaimer.Free(Slot.Entry);
        _contents.Heap.Free((byte*)_bucket, _bucketClass);
    }

    private bool FitsPacked()
    {
        if (View.Count > _contents.Limits.ZsetMaxListpackEntries)
            return false;
        foreach (var element in View)
        {
            if (element.Member.Length > _contents.Limits.ZsetMaxListpackValue)
                return false;
        }

        return true;
    }
}

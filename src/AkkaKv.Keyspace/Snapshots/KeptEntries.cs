using System.Diagnostics;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace.Snapshots;

/// <summary>
/// Copies of entries as they were when a snapshot began, kept until the snapshot hands them out. They lie in the snapshot's heap, as do their
/// addresses: a stack of blocks of which each begins with the address of the one below it.
/// </summary>
internal sealed unsafe class KeptEntries(NativeHeap heap)
{
    private const int BlockSize = 1024;
    private const int AddressesPerBlock = BlockSize / 8;

    private static readonly byte BlockClass = SizeClasses.ClassOf(BlockSize);

    private nint* _block;
    private int _used;

    /// <summary>Number of copies.</summary>
    public long Count { get; private set; }

    /// <summary>The copy that was kept last; there must be one. It stays until <see cref="Pop"/>.</summary>
    public EntryBlock Last => new((byte*)_block[_used - 1]);

    /// <summary>Keeps a copy of an entry: key, value, type, form, expiry.</summary>
    public void Push(EntryBlock entry, KeyHasher hasher)
    {
        if (_block == null || _used == AddressesPerBlock)
        {
            var block = (nint*)heap.Allocate(BlockSize, out var sizeClass);
            Debug.Assert(sizeClass == BlockClass);
            block[0] = (nint)_block;
            _block = block;
            _used = 1;
        }

        try
        {
            var copy = CopyOf(entry, entry.ValueLength, heap);
            entry.Value.CopyTo(copy.Value);
            if (entry.IsStructured)
                StructuredValues.Copy(entry, copy, heap, hasher);
            _block[_used] = (nint)copy.Address;
        }
        catch (OutOfMemoryException)
        {
            if (_used == 1)
                FreeBlock();
            throw;
        }

        _used++;
        Count++;
    }

    /// <summary>A copy of an entry without its value: key, type, expiry. It is the caller's to free.</summary>
    public static EntryBlock CopyKey(EntryBlock entry, NativeHeap heap)
    {
        var copy = CopyOf(entry, 0, heap);
        copy.SetNature(entry.Type, ValueLayout.Packed);
        return copy;
    }

    /// <summary>Frees the copy that was kept last.</summary>
    public void Pop()
    {
        var last = Last;
        var unlimited = int.MaxValue;
        if (last.IsStructured)
            StructuredValues.FreeSome(last, heap, ref unlimited);
        last.FreeBlocks(heap);
        Count--;
        if (--_used == 1)
            FreeBlock();
    }

    private void FreeBlock()
    {
        var below = (nint*)_block[0];
        heap.Free((byte*)_block, BlockClass);
        _block = below;
        _used = AddressesPerBlock;
    }

    private static EntryBlock CopyOf(EntryBlock entry, int valueLength, NativeHeap heap)
    {
        var copy = EntryBlock.Create(heap, entry.Key, valueLength, valueLength, entry.HasExpiry);
        copy.TakeNature(entry);
        if (entry.HasExpiry)
            copy.ExpireAtMs = entry.ExpireAtMs;
        return copy;
    }
}

using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace.Snapshots;

/// <summary>
/// Copies of entries as they were when a snapshot began, kept until the snapshot hands them out. They lie in a heap of their own, as do their
/// addresses: a stack of pages of which each begins with the address of the one below it.
/// </summary>
internal sealed unsafe class KeptEntries(bool guarded) : IDisposable
{
    private const int AddressesPerPage = PagePool.PageSize / 8;

    private readonly NativeHeap _heap = new(guarded);
    private nint* _page;
    private int _used;

    /// <summary>Number of copies.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of native memory in use.</summary>
    public long UsedBytes => _heap.UsedBytes;

    /// <summary>Keeps a copy of an entry: key, value, type, form, expiry.</summary>
    public void Push(EntryBlock entry, KeyHasher hasher)
    {
        var expireAtMs = entry.ExpireAtMs;
        var copy = EntryBlock.Create(_heap, entry.Key, entry.ValueLength, entry.ValueLength, expireAtMs != Database.NoExpiry);
        copy.TakeNature(entry);
        entry.Value.CopyTo(copy.Value);
        if (entry.IsStructured)
            StructuredValues.Copy(entry, copy, _heap, hasher);
        if (expireAtMs != Database.NoExpiry)
            copy.ExpireAtMs = expireAtMs;
        if (_page == null || _used == AddressesPerPage)
        {
            var page = (nint*)_heap.AllocatePage();
            page[0] = (nint)_page;
            _page = page;
            _used = 1;
        }

        _page[_used++] = (nint)copy.Address;
        Count++;
    }

    /// <summary>The copy that was kept last; there must be one. It stays until <see cref="Pop"/>.</summary>
    public EntryBlock Last => new((byte*)_page[_used - 1]);

    /// <summary>Frees the copy that was kept last.</summary>
    public void Pop()
    {
        var last = Last;
        var unlimited = int.MaxValue;
        if (last.IsStructured)
            StructuredValues.FreeSome(last, _heap, ref unlimited);
        last.FreeBlocks(_heap);
        Count--;
        if (--_used > 1)
            return;
        var below = (nint*)_page[0];
        _heap.FreePage((byte*)_page);
        _page = below;
        _used = AddressesPerPage;
    }

    /// <summary>Frees all copies.</summary>
    public void Dispose()
    {
        _heap.Dispose();
        _page = null;
        Count = 0;
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Expiry;

/// <summary>
/// All entries that have an expiry, as a heap with four children to a node, the next one to expire at the top: so expired keys are found at once,
/// without sampling, and a key with a late expiry is added in constant time. Entries know their place, so that changing or removing one needs no
/// search. The heap lies in pages, so growing it copies nothing beyond the first page.
/// </summary>
internal sealed unsafe class ExpiryIndex(NativeHeap heap) : IDisposable
{
    /// <summary>Bytes that each entry takes here.</summary>
    public const int BytesPerEntry = 16;

    private const int PageShift = 12;
    private const int EntriesPerPage = 1 << PageShift;
    private const int FirstCapacity = 16;
    private const int Children = 4;

    private readonly List<nint> _pages = [];
    private int _firstPageCapacity;

    static ExpiryIndex()
    {
        Debug.Assert(EntriesPerPage * sizeof(Node) == PagePool.PageSize && sizeof(Node) == BytesPerEntry);
    }

    /// <summary>Number of entries that have an expiry.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of native memory that the index takes.</summary>
    public long Bytes => _pages.Count == 0 ? 0
        : LargeBlock.CostOf((long)_firstPageCapacity * BytesPerEntry) + ((_pages.Count - 1L) * PagePool.PageSize);

    /// <summary>When the next entry expires, Unix milliseconds; only if there is one.</summary>
    public long NextExpireAtMs => At(0)->ExpireAtMs;

    /// <summary>Adds an entry, which has room for an expiry but none yet.</summary>
    public void Add(EntryBlock entry, long expireAtMs)
    {
        Debug.Assert(expireAtMs != Database.NoExpiry && entry.ExpireAtMs == Database.NoExpiry);
        if (Count == uint.MaxValue)
            throw new InvalidOperationException("A database cannot have more than 4294967295 keys with an expiry.");
        EnsureRoom();
        entry.ExpireAtMs = expireAtMs;
        var place = (uint)Count++;
        SiftUp(place, new Node { ExpireAtMs = expireAtMs, Entry = entry });
    }

    /// <summary>Changes the expiry of an entry that has one.</summary>
    public void Change(EntryBlock entry, long expireAtMs)
    {
        Debug.Assert(expireAtMs != Database.NoExpiry);
        AssertHas(entry);
        entry.ExpireAtMs = expireAtMs;
        Place(entry.ExpiryPlace, new Node { ExpireAtMs = expireAtMs, Entry = entry });
    }

    /// <summary>Removes an entry and takes its expiry away.</summary>
    public void Remove(EntryBlock entry)
    {
        AssertHas(entry);
        var place = entry.ExpiryPlace;
        entry.ExpireAtMs = Database.NoExpiry;
        var last = (uint)--Count;
        if (place != last)
            Place(place, *At(last));
        GiveBackRoom();
    }

    /// <summary>Puts <paramref name="successor"/>, with room for an expiry, where <paramref name="entry"/> is.</summary>
    public void Replace(EntryBlock entry, EntryBlock successor)
    {
        AssertHas(entry);
        var place = entry.ExpiryPlace;
        successor.ExpireAtMs = entry.ExpireAtMs;
        successor.ExpiryPlace = place;
        At(place)->Entry = successor;
    }

    /// <summary>The entry at a place lies somewhere else now, and is otherwise unchanged.</summary>
    public void Moved(uint place, EntryBlock entry)
    {
        At(place)->Entry = entry;
        AssertHas(entry);
    }

    /// <summary>Collects entries that are past their expiry, at most as many as the span holds, an earlier one mostly before a later one.</summary>
    public int CollectExpired(long nowMs, Span<EntryBlock> expired)
    {
        // Below a node that has not expired nothing has; what is collected serves as the queue of a breadth-first walk.
        var found = 0;
        if (Count > 0 && expired.Length > 0 && nowMs > At(0)->ExpireAtMs)
            expired[found++] = At(0)->Entry;
        for (var visited = 0; visited < found; visited++)
        {
            var child = ((ulong)expired[visited].ExpiryPlace * Children) + 1;
            for (var i = 0; i < Children && child < (ulong)Count && found < expired.Length; i++, child++)
            {
                var node = At((uint)child);
                if (nowMs > node->ExpireAtMs)
                    expired[found++] = node->Entry;
            }
        }

        return found;
    }

    /// <summary>An entry with an expiry, for sampling: any number below <see cref="Count"/>.</summary>
    public EntryBlock ElementAt(long number) => At((uint)number)->Entry;

    /// <summary>Frees the index, but not the entries.</summary>
    public void Dispose()
    {
        Count = 0;
        while (_pages.Count > 1)
            RemoveLastPage();
        FreeFirstPage();
    }

    private Node* At(uint place)
    {
        Debug.Assert(place >> PageShift < _pages.Count);
        return (Node*)_pages[(int)(place >> PageShift)] + (place & (EntriesPerPage - 1));
    }

    private void Place(uint place, Node node)
    {
        if (place > 0 && node.ExpireAtMs < At((place - 1) / Children)->ExpireAtMs)
            SiftUp(place, node);
        else
            SiftDown(place, node);
    }

    private void SiftUp(uint place, Node node)
    {
        while (place > 0)
        {
            var parent = (place - 1) / Children;
            if (At(parent)->ExpireAtMs <= node.ExpireAtMs)
                break;
            Put(place, *At(parent));
            place = parent;
        }

        Put(place, node);
    }

    private void SiftDown(uint place, Node node)
    {
        while (true)
        {
            var child = ((ulong)place * Children) + 1;
            if (child >= (ulong)Count)
                break;
            var end = Math.Min(child + Children, (ulong)Count);
            var earliest = (uint)child;
            for (child++; child < end; child++)
            {
                if (At((uint)child)->ExpireAtMs < At(earliest)->ExpireAtMs)
                    earliest = (uint)child;
            }

            if (At(earliest)->ExpireAtMs >= node.ExpireAtMs)
                break;
            Put(place, *At(earliest));
            place = earliest;
        }

        Put(place, node);
    }

    private void Put(uint place, Node node)
    {
        *At(place) = node;
        var entry = node.Entry;
        entry.ExpiryPlace = place;
    }

    /// <summary>Takes the memory for one more entry, so that the next <see cref="Add"/> cannot fail.</summary>
    /// <exception cref="OutOfMemoryException">There is no more; nothing has changed.</exception>
    public void EnsureRoom()
    {
        if (Count < _firstPageCapacity)
            return;
        if (_firstPageCapacity < EntriesPerPage)
        {
            var capacity = Math.Max(FirstCapacity, _firstPageCapacity * 2);
            var size = (long)capacity * BytesPerEntry;
            if (_pages.Count == 0)
                _pages.Add((nint)heap.AllocateLarge(size));
            else
                _pages[0] = (nint)heap.ResizeLarge((byte*)_pages[0], size);
            _firstPageCapacity = capacity;
        }
        else if (Count == (long)_pages.Count << PageShift)
        {
            _pages.Add((nint)heap.AllocatePage());
        }
    }

    private void GiveBackRoom()
    {
        // Half a page stays, so that a database that swings around a page's edge does not take and give back all the time.
        if (_pages.Count > 1 && Count < ((long)(_pages.Count - 1) << PageShift) - (EntriesPerPage / 2))
            RemoveLastPage();
        if (Count == 0)
            Dispose();
    }

    private void RemoveLastPage()
    {
        heap.FreePage((byte*)_pages[^1]);
        _pages.RemoveAt(_pages.Count - 1);
    }

    private void FreeFirstPage()
    {
        if (_pages.Count == 0)
            return;
        heap.FreeLarge((byte*)_pages[0]);
        _pages.Clear();
        _firstPageCapacity = 0;
    }

    [Conditional("DEBUG")]
    private void AssertHas(EntryBlock entry) =>
        Debug.Assert(entry.ExpiryPlace < Count && At(entry.ExpiryPlace)->Entry.Address == entry.Address, "The entry is not at its place.");

    [StructLayout(LayoutKind.Sequential)]
    private struct Node
    {
        public long ExpireAtMs;
        public EntryBlock Entry;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// The native memory of one database: slab blocks for entries, pages for tables, large blocks for what fits neither. It counts every byte it
/// gives out, and frees everything at once without visiting it. Used by one thread at a time; it may move to another thread as a whole.
/// </summary>
internal sealed unsafe class NativeHeap : IDisposable
{
    private readonly PagePool _pages;
    private readonly PartialPages _partialPages = new();
    private readonly nint[] _currentPages = new nint[SizeClasses.Count];
    private readonly long[] _pageCounts = new long[SizeClasses.Count];
    private readonly long[] _usedBlocks = new long[SizeClasses.Count];
    private readonly BlockGuard? _guard;
    private LargeBlock* _largeBlocks;
    private long _largeBytes;
    private HeapContext _context;
    private bool _disposed;

    /// <param name="context">What the heap has in common with the others of its store.</param>
    /// <param name="guarded">Poisons freed blocks and checks every free: for tests, at a large cost.</param>
    public NativeHeap(HeapContext context, bool guarded = false)
    {
        _context = context;
        _pages = new PagePool(context);
        _guard = guarded ? new BlockGuard() : null;
    }

    /// <summary>A heap that belongs to no store.</summary>
    public NativeHeap(bool guarded = false)
        : this(new HeapContext(SystemMemory.Instance), guarded)
    {
    }

    /// <summary>Bytes in use: blocks at their full size, heads of pages and blocks, tables.</summary>
    public long UsedBytes { get; private set; }

    /// <summary>The snapshot marks that a new entry gets: those of one that no snapshot waits for.</summary>
    public byte EntryMarks { get; set; }

    /// <summary>The access clock that a new entry gets.</summary>
    public uint NewEntryClock => _context.NewEntryClock;

    /// <summary>
    /// What the heap has in common with others. It is exchanged when the heap changes its store, or leaves it to be freed on another thread: what it
    /// uses goes with it.
    /// </summary>
    public HeapContext Context
    {
        get => _context;
        set
        {
            _context.UsedBytes -= UsedBytes;
            _context = value;
            _context.UsedBytes += UsedBytes;
            _pages.Context = value;
        }
    }

    /// <summary>The snapshots that walk large values of this heap.</summary>
    public Snapshots.ValueWalks Walks { get; } = new();

    /// <summary>Bytes taken from the operating system, in use or not.</summary>
    public long ReservedBytes => _pages.ReservedBytes + _largeBytes;

    /// <summary>Bytes of pages and large blocks of which at least a part is in use.</summary>
    public long ActiveBytes => _pages.ActiveBytes + _largeBytes;

    /// <summary>Bytes behind which there is memory of the system: active ones, and pages that are kept for reuse.</summary>
    public long ResidentBytes => ActiveBytes + (_pages.IdlePages * PagePool.PageSize);

    /// <summary>Bytes of blocks of their own.</summary>
    public long LargeBytes => _largeBytes;

    /// <summary>Bytes of free pages that are kept for reuse.</summary>
    public long IdleBytes => _pages.IdlePages * PagePool.PageSize;

    /// <summary>Pages that are cut into blocks of a class.</summary>
    public long PageCount(int sizeClass) => _pageCounts[sizeClass];

    /// <summary>Blocks of a class that are in use.</summary>
    public long UsedBlocks(int sizeClass) => _usedBlocks[sizeClass];

    /// <summary>
    /// To be called before blocks are moved together: they go to the fullest pages, and not to the one that happens to be filled just now.
    /// </summary>
    public void BeginMoving()
    {
        for (var sizeClass = 0; sizeClass < SizeClasses.Count; sizeClass++)
        {
            var page = (SlabPage*)_currentPages[sizeClass];
            if (page == null)
                continue;
            _currentPages[sizeClass] = 0;
            _partialPages.Add(page, (byte)sizeClass);
        }
    }

    /// <summary>
    /// Whether a slab block should move to another page: its own is sparse, there is another one with room, and the class would need a page less if all were
    /// full.
    /// </summary>
    public bool ShouldMove(byte* block, byte sizeClass)
    {
        if (sizeClass == SizeClasses.Large)
            return false;
        var page = SlabPage.Of(block);
        if (page->IsFull || (nint)page == _currentPages[sizeClass] || !IsSparse(page, sizeClass))
            return false;
        if ((_pageCounts[sizeClass] * page->Capacity) - _usedBlocks[sizeClass] < page->Capacity)
            return false;
        return _currentPages[sizeClass] != 0 || _partialPages.Fullest(sizeClass) != page;
    }

    /// <summary>Moves a slab block to a fuller page and returns where it is now; whoever has its address must learn of it.</summary>
    public byte* Move(byte* block, byte sizeClass)
    {
        var moved = AllocateSlab(sizeClass);
        var size = SizeClasses.SizeOf(sizeClass);
        Buffer.MemoryCopy(block, moved, size, size);
        FreeSlab(block, sizeClass);
        return moved;
    }

    /// <summary>
    /// Gives some of the memory behind free pages back to the system: an eighth of what is more than a reserve for the next allocations, but no more
    /// pages than <paramref name="pagesMax"/>. So called regularly, the process follows what is in use, and a short dip costs little.
    /// </summary>
    public long ReleaseSomeIdle(long pagesMax)
    {
        const int reservePages = 16;
        const int releaseShare = 8;
        var excess = _pages.IdlePages - reservePages;
        return excess <= 0 ? 0 : _pages.ReleaseIdle(Math.Min((excess + releaseShare - 1) / releaseShare, pagesMax));
    }

    /// <summary>Gives all memory behind free pages back to the system.</summary>
    public long ReleaseAllIdle() => _pages.ReleaseIdle(long.MaxValue);

    /// <summary>Takes a block of at least <paramref name="size"/> bytes with undefined content.</summary>
    /// <exception cref="OutOfMemoryException">The system has no more memory.</exception>
    public byte* Allocate(long size, out byte sizeClass)
    {
        Debug.Assert(size > 0 && !_disposed);
        if (size > SizeClasses.MaxSize)
        {
            sizeClass = SizeClasses.Large;
            return AllocateLarge(size);
        }

        sizeClass = SizeClasses.ClassOf((int)size);
        return AllocateSlab(sizeClass);
    }

    /// <summary>Gives back a block from <see cref="Allocate"/>.</summary>
    public void Free(byte* block, byte sizeClass)
    {
        if (sizeClass == SizeClasses.Large)
            FreeLarge(block);
        else
            FreeSlab(block, sizeClass);
    }

    /// <summary>Bytes that a block can hold.</summary>
    public static long CapacityOf(byte* block, byte sizeClass) =>
        sizeClass == SizeClasses.Large ? LargeBlock.Of(block)->Capacity : SizeClasses.SizeOf(sizeClass);

    /// <summary>Bytes that a block costs.</summary>
    public static long CostOf(byte* block, byte sizeClass) =>
        sizeClass == SizeClasses.Large ? LargeBlock.CostOf(LargeBlock.Of(block)->Capacity) : SizeClasses.SizeOf(sizeClass);

    /// <summary>Takes a whole page, zeroed.</summary>
    public byte* AllocatePage()
    {
        var page = _pages.Rent();
        NativeMemory.Clear(page, PagePool.PageSize);
        Count(PagePool.PageSize);
        return page;
    }

    /// <summary>Gives back a page from <see cref="AllocatePage"/>.</summary>
    public void FreePage(byte* page)
    {
        _pages.Return(page);
        Count(-PagePool.PageSize);
    }

    /// <summary>Takes a block of its own, with undefined content.</summary>
    public byte* AllocateLarge(long capacity)
    {
        var block = LargeBlock.Create(capacity, _context.Source);
        Link(block);
        return LargeBlock.Content(block);
    }

    /// <summary>Gives back a block from <see cref="AllocateLarge"/>.</summary>
    public void FreeLarge(byte* content)
    {
        Unlink(LargeBlock.Of(content));
        _context.Source.Free((byte*)LargeBlock.Of(content));
    }

    /// <summary>Changes a large block's capacity; content up to the smaller one stays. Returns where it is now.</summary>
    public byte* ResizeLarge(byte* content, long capacity)
    {
        var block = LargeBlock.Of(content);
        Unlink(block);
        try
        {
            block = (LargeBlock*)_context.Source.Resize((byte*)block, (nuint)capacity + LargeBlock.HeaderSize);
            block->Capacity = capacity;
        }
        finally
        {
            Link(block);
        }

        return LargeBlock.Content(block);
    }

    /// <summary>Takes a large block out of this heap; whoever gets it links it into another heap or frees it.</summary>
    public LargeBlock* DetachLarge(byte* content)
    {
        var block = LargeBlock.Of(content);
        Unlink(block);
        return block;
    }

    /// <summary>Takes over a large block that another heap detached.</summary>
    public byte* AttachLarge(LargeBlock* block)
    {
        Link(block);
        return LargeBlock.Content(block);
    }

    /// <summary>Frees everything, whether given back or not. All addresses become invalid.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        while (_largeBlocks != null)
        {
            var block = _largeBlocks;
            _largeBlocks = block->Next;
            _context.Source.Free((byte*)block);
        }

        _largeBytes = 0;
        _pages.Dispose();
        _partialPages.Clear();
        Array.Clear(_currentPages);
        Array.Clear(_pageCounts);
        Array.Clear(_usedBlocks);
        Count(-UsedBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(long bytes)
    {
        UsedBytes += bytes;
        _context.UsedBytes += bytes;
    }

    private byte* AllocateSlab(byte sizeClass)
    {
        var page = (SlabPage*)_currentPages[sizeClass];
        if (page == null)
            page = ChoosePage(sizeClass);
        var block = page->Take(out var wasUsedBefore);
        if (page->IsFull)
            _currentPages[sizeClass] = 0;
        var size = SizeClasses.SizeOf(sizeClass);
        _usedBlocks[sizeClass]++;
        Count(size);
        _guard?.Taken(block, size, wasUsedBefore);
        return block;
    }

    private void FreeSlab(byte* block, byte sizeClass)
    {
        var size = SizeClasses.SizeOf(sizeClass);
        _guard?.Freed(block, size);
        _usedBlocks[sizeClass]--;
        Count(-size);
        var page = SlabPage.Of(block);
        var wasFull = page->IsFull;
        page->PutBack(block);
        if ((nint)page == _currentPages[sizeClass])
        {
            if (page->IsEmpty)
            {
                _currentPages[sizeClass] = 0;
                RemoveSlabPage(page, sizeClass);
            }

            return;
        }

        if (wasFull)
        {
            if (page->IsEmpty)
                RemoveSlabPage(page, sizeClass);
            else
                _partialPages.Add(page, sizeClass);
        }
        else if (page->IsEmpty)
        {
            _partialPages.Remove(page, sizeClass);
            RemoveSlabPage(page, sizeClass);
        }
        else if (page->IsBelowBand)
        {
            _partialPages.Remove(page, sizeClass);
            _partialPages.Add(page, sizeClass);
        }
    }

    /// <summary>
    /// Whether a page should run empty. Where pages are more than half full on average, those below the average can give their blocks to those above it;
    /// otherwise all that is not nearly full moves once, which is less than moving half of it several times.
    /// </summary>
    private bool IsSparse(SlabPage* page, int sizeClass)
    {
        var isHalfFull = _usedBlocks[sizeClass] * 2 >= _pageCounts[sizeClass] * page->Capacity;
        return isHalfFull ? page->Used * _pageCounts[sizeClass] <= _usedBlocks[sizeClass] : page->Used * 8 < page->Capacity * 7;
    }

    /// <summary>The page from which the next blocks of a class come: the fullest, or a new one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private SlabPage* ChoosePage(byte sizeClass)
    {
        var page = _partialPages.Fullest(sizeClass);
        if (page != null)
        {
            _partialPages.Remove(page, sizeClass);
        }
        else
        {
            page = SlabPage.Format(_pages.Rent(), SizeClasses.SizeOf(sizeClass));
            _pageCounts[sizeClass]++;
            Count(SlabPage.HeaderSize);
        }

        _currentPages[sizeClass] = (nint)page;
        return page;
    }

    private void RemoveSlabPage(SlabPage* page, byte sizeClass)
    {
        _pageCounts[sizeClass]--;
        Count(-SlabPage.HeaderSize);
        _pages.Return((byte*)page);
    }

    private void Link(LargeBlock* block)
    {
        var cost = LargeBlock.CostOf(block->Capacity);
        Count(cost);
        _largeBytes += cost;
        block->Previous = null;
        block->Next = _largeBlocks;
        if (_largeBlocks != null)
            _largeBlocks->Previous = block;
        _largeBlocks = block;
    }

    private void Unlink(LargeBlock* block)
    {
        var cost = LargeBlock.CostOf(block->Capacity);
        Count(-cost);
        _largeBytes -= cost;
        if (block->Previous != null)
            block->Previous->Next = block->Next;
        else
            _largeBlocks = block->Next;
        if (block->Next != null)
            block->Next->Previous = block->Previous;
    }
}

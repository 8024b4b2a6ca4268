using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// The head of a page that is cut into blocks of one size class; it lies at the page's start, so that a block finds it by masking its own
/// address. Blocks never used are handed out from the front, so a new page is touched only as far as it is filled; freed ones form a list
/// through their first eight bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SlabPage
{
    /// <summary>Bytes before the first block: one cache line, so that blocks of 64 bytes are cache lines themselves.</summary>
    public const int HeaderSize = 64;

    /// <summary>Bytes of a page that are for blocks.</summary>
    public const int PayloadSize = PagePool.PageSize - HeaderSize;

    public SlabPage* Previous;
    public SlabPage* Next;
    private byte* _freed;
    private ushort _blockSize;
    private ushort _capacity;
    private ushort _untouched;
    private ushort _used;
    private ushort _bandFloor;

    /// <summary>Whether no block is left to take.</summary>
    public readonly bool IsFull => _used == _capacity;

    /// <summary>Whether no block is in use.</summary>
    public readonly bool IsEmpty => _used == 0;

    /// <summary>How full the page was when it entered its band: 0 to <see cref="PartialPages.Bands"/> - 1.</summary>
    public byte Band { get; private set; }

    /// <summary>Whether so many blocks were freed that the page belongs into a lower band.</summary>
    public readonly bool IsBelowBand => _used < _bandFloor;

    /// <summary>Number of blocks in use.</summary>
    public readonly int Used => _used;

    /// <summary>Number of blocks.</summary>
    public readonly int Capacity => _capacity;

    /// <summary>The page that a slab block lies in.</summary>
    public static SlabPage* Of(byte* block) => (SlabPage*)((nuint)block & ~(nuint)(PagePool.PageSize - 1));

    /// <summary>Makes an empty slab page of raw memory.</summary>
    public static SlabPage* Format(byte* page, int blockSize)
    {
        var slab = (SlabPage*)page;
        *slab = default;
        slab->_blockSize = (ushort)blockSize;
        slab->_capacity = (ushort)(PayloadSize / blockSize);
        return slab;
    }

    /// <summary>Takes a block; <paramref name="wasUsedBefore"/> tells whether it was freed earlier.</summary>
    public byte* Take(out bool wasUsedBefore)
    {
        Debug.Assert(!IsFull);
        _used++;
        var block = _freed;
        wasUsedBefore = block != null;
        if (block != null)
        {
            _freed = *(byte**)block;
            return block;
        }

        // A page is always in native memory, so nothing needs to be pinned.
        return (byte*)Unsafe.AsPointer(ref this) + HeaderSize + (_untouched++ * (nuint)_blockSize);
    }

    /// <summary>Finds the band for as many blocks as are in use.</summary>
    public void EnterBand()
    {
        Band = (byte)(_used * PartialPages.Bands / (_capacity + 1));
        _bandFloor = (ushort)(((Band * (_capacity + 1)) + PartialPages.Bands - 1) / PartialPages.Bands);
    }

    /// <summary>Puts a block back.</summary>
    public void PutBack(byte* block)
    {
        Debug.Assert(_used > 0 && ((nuint)block - HeaderSize & (PagePool.PageSize - 1)) % _blockSize == 0, "Not a block of this page.");
        *(byte**)block = _freed;
        _freed = block;
        _used--;
    }
}

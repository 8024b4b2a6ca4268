using System.Diagnostics;
using System.Numerics;

namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// Hands out 64 KB pages, each at a multiple of its size, cut from 2 MB chunks that come from the operating system. A chunk whose
/// pages are all free goes back to the system, except one that is kept so that a database which swings around a chunk's edge does not
/// map and unmap all the time. Of other chunks the memory behind free pages goes back when the owner says so (<see cref="ReleaseIdle"/>): they stay
/// mapped and are zero when they are next used. Used by one thread; may move to another with its owner.
/// </summary>
internal sealed unsafe class PagePool(HeapContext context) : IDisposable
{
    /// <summary>Bytes of a page, and its alignment.</summary>
    public const int PageSize = 64 * 1024;

    /// <summary>Bytes that are taken from the system at a time.</summary>
    public const int ChunkSize = PagesPerChunk * PageSize;

    private const int PagesPerChunk = 32;

    private readonly Dictionary<nint, Chunk> _chunks = [];
    private Chunk? _available;
    private int _emptyChunks;
    private long _rentedPages;

    /// <summary>Where chunks come from.</summary>
    public HeapContext Context { get; set; } = context;

    /// <summary>Bytes taken from the operating system, resident or not.</summary>
    public long ReservedBytes => (long)_chunks.Count * ChunkSize;

    /// <summary>Bytes of the pages that are handed out.</summary>
    public long ActiveBytes => _rentedPages * PageSize;

    /// <summary>Free pages that were used before, so that there is still memory behind them.</summary>
    public long IdlePages { get; private set; }

    /// <summary>Takes a page; its content is whatever was there before.</summary>
    /// <exception cref="OutOfMemoryException">The system has no more memory.</exception>
    public byte* Rent()
    {
        var chunk = _available ?? AddChunk();
        if (chunk.FreePages == uint.MaxValue)
            _emptyChunks--;
        var idle = chunk.FreePages & chunk.BackedPages;
        var index = BitOperations.TrailingZeroCount(idle != 0 ? idle : chunk.FreePages);
        var bit = 1u << index;
        chunk.FreePages &= ~bit;
        chunk.BackedPages |= bit;
        if (idle != 0)
            IdlePages--;
        _rentedPages++;
        if (chunk.FreePages == 0)
            Unlink(chunk);
        return chunk.Start + ((nuint)index * PageSize);
    }

    /// <summary>Gives a page back.</summary>
    public void Return(byte* page)
    {
        var start = (nint)page & ~(nint)(ChunkSize - 1);
        var chunk = _chunks[start];
        var bit = 1u << (int)((page - chunk.Start) / PageSize);
        Debug.Assert((chunk.FreePages & bit) == 0, "The page was given back twice.");
        if (chunk.FreePages == 0)
            Link(chunk);
        chunk.FreePages |= bit;
        IdlePages++;
        _rentedPages--;
        if (chunk.FreePages != uint.MaxValue)
            return;

        if (++_emptyChunks > 1)
        {
            _emptyChunks--;
            Unlink(chunk);
            _chunks.Remove(start);
            IdlePages -= BitOperations.PopCount(chunk.BackedPages);
            Context.Source.Unmap(chunk.Start, ChunkSize);
        }
    }

    /// <summary>Gives the memory behind free pages back to the system, of <paramref name="pages"/> at most; returns of how many.</summary>
    public long ReleaseIdle(long pages)
    {
        var released = 0L;
        for (var chunk = _available; chunk != null && released < pages && IdlePages > 0; chunk = chunk.Next)
        {
            // Neighbours go together: one call for each run of ones.
            for (var idle = chunk.FreePages & chunk.BackedPages; idle != 0 && released < pages;)
            {
                var first = BitOperations.TrailingZeroCount(idle);
                var count = (int)Math.Min(BitOperations.TrailingZeroCount(~(idle >> first)), pages - released);
                var run = (uint)(((1ul << count) - 1) << first);
                Context.Source.Release(chunk.Start + ((nuint)first * PageSize), (nuint)count * PageSize);
                idle &= ~run;
                chunk.BackedPages &= ~run;
                IdlePages -= count;
                released += count;
            }
        }

        return released;
    }

    /// <summary>Gives everything back to the system, pages in use included.</summary>
    public void Dispose()
    {
        foreach (var chunk in _chunks.Values)
            Context.Source.Unmap(chunk.Start, ChunkSize);
        _chunks.Clear();
        _available = null;
        _emptyChunks = 0;
        _rentedPages = 0;
        IdlePages = 0;
    }

    private Chunk AddChunk()
    {
        var chunk = new Chunk(Context.MapChunk());
        _chunks.Add((nint)chunk.Start, chunk);
        _emptyChunks++;
        Link(chunk);
        return chunk;
    }

    private void Link(Chunk chunk)
    {
        chunk.Previous = null;
        chunk.Next = _available;
        if (_available != null)
            _available.Previous = chunk;
        _available = chunk;
    }

    private void Unlink(Chunk chunk)
    {
        if (chunk.Previous != null)
            chunk.Previous.Next = chunk.Next;
        else
            _available = chunk.Next;
        if (chunk.Next != null)
            chunk.Next.Previous = chunk.Previous;
        chunk.Previous = chunk.Next = null;
    }

    private sealed class Chunk(byte* start)
    {
        public readonly byte* Start = start;
        public uint FreePages = uint.MaxValue;

        // Pages that were used since the chunk was mapped or their memory was released.
        public uint BackedPages;
        public Chunk? Previous;
        public Chunk? Next;
    }
}

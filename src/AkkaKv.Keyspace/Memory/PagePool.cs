using System.Diagnostics;
using System.Numerics;

namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// Hands out 64 KB pages, each at a multiple of its size, cut from 2 MB chunks that come from the operating system. A chunk whose
/// pages are all free goes back to the system, except one that is kept so that a database which swings around a chunk's edge does not
/// map and unmap all the time. Used by one thread; may move to another with its owner.
/// </summary>
internal sealed unsafe class PagePool : IDisposable
{
    /// <summary>Bytes of a page, and its alignment.</summary>
    public const int PageSize = 64 * 1024;

    private const int PagesPerChunk = 32;
    private const int ChunkSize = PagesPerChunk * PageSize;

    private readonly Dictionary<nint, Chunk> _chunks = [];
    private Chunk? _available;
    private int _emptyChunks;

    /// <summary>Bytes taken from the operating system.</summary>
    public long ReservedBytes => (long)_chunks.Count * ChunkSize;

    /// <summary>Takes a page; its content is whatever was there before.</summary>
    /// <exception cref="OutOfMemoryException">The system has no more memory.</exception>
    public byte* Rent()
    {
        var chunk = _available ?? AddChunk();
        if (chunk.FreePages == uint.MaxValue)
            _emptyChunks--;
        var index = BitOperations.TrailingZeroCount(chunk.FreePages);
        chunk.FreePages &= chunk.FreePages - 1;
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
        if (chunk.FreePages != uint.MaxValue)
            return;

        if (++_emptyChunks > 1)
        {
            _emptyChunks--;
            Unlink(chunk);
            _chunks.Remove(start);
            SystemMemory.Unmap(chunk.Start, ChunkSize);
        }
    }

    /// <summary>Gives everything back to the system, pages in use included.</summary>
    public void Dispose()
    {
        foreach (var chunk in _chunks.Values)
            SystemMemory.Unmap(chunk.Start, ChunkSize);
        _chunks.Clear();
        _available = null;
        _emptyChunks = 0;
    }

    private Chunk AddChunk()
    {
        var chunk = new Chunk(SystemMemory.Map(ChunkSize));
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
        public Chunk? Previous;
        public Chunk? Next;
    }
}

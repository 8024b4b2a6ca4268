namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// Chunks that are mapped in advance, for the moment when the system gives no more: so a command that has begun to change something gets the small
/// blocks that it needs to finish. Nothing is written to them before that, so they take address space and no memory. Once one is used, whoever
/// decides about commands is to refuse those that take memory until the reserve is whole again.
/// </summary>
internal sealed unsafe class MemoryReserve(MemorySource source) : IDisposable
{
    private const int Chunks = 2;

    private readonly Stack<nint> _chunks = new(Chunks);
    private bool _isStarted;

    /// <summary>Whether a chunk is missing and cannot be replaced. Tries to.</summary>
    public bool IsBroken
    {
        get
        {
            if (_isStarted && _chunks.Count < Chunks)
                Fill();
            return _isStarted && _chunks.Count < Chunks;
        }
    }

    /// <summary>A chunk from the system, or from the reserve if that refuses.</summary>
    /// <exception cref="OutOfMemoryException">The reserve is used up, too.</exception>
    public byte* Take()
    {
        if (!_isStarted)
        {
            _isStarted = true;
            Fill();
        }

        try
        {
            return source.Map(PagePool.ChunkSize);
        }
        catch (OutOfMemoryException) when (_chunks.Count > 0)
        {
            return (byte*)_chunks.Pop();
        }
    }

    /// <summary>Gives the reserve back.</summary>
    public void Dispose()
    {
        while (_chunks.TryPop(out var chunk))
            source.Unmap((byte*)chunk, PagePool.ChunkSize);
        _isStarted = false;
    }

    private void Fill()
    {
        try
        {
            while (_chunks.Count < Chunks)
                _chunks.Push((nint)source.Map(PagePool.ChunkSize));
        }
        catch (OutOfMemoryException)
        {
            // It stays broken; the next question tries again.
        }
    }
}

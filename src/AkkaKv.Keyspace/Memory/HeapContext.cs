namespace AkkaKv.Keyspace.Memory;

/// <summary>What the heaps of one store have in common. Used by the store's thread; a heap that leaves the store gets a context of its own.</summary>
/// <param name="source">Where memory comes from.</param>
/// <param name="reserve">What is there when it gives no more; null: nothing.</param>
internal sealed class HeapContext(MemorySource source, MemoryReserve? reserve = null)
{
    /// <summary>Where memory comes from.</summary>
    public MemorySource Source => source;

    /// <summary>Bytes in use in all heaps of the context.</summary>
    public long UsedBytes { get; set; }

    /// <summary>The access clock that new entries begin with.</summary>
    public uint NewEntryClock { get; set; }

    /// <summary>Maps a chunk of pages.</summary>
    /// <exception cref="OutOfMemoryException">There is no more.</exception>
    public unsafe byte* MapChunk() => reserve == null ? source.Map(PagePool.ChunkSize) : reserve.Take();
}

namespace AkkaKv.Keyspace.Memory;

/// <summary>What the heaps of one store have in common. Used by the store's thread; a heap that leaves the store gets a context of its own.</summary>
internal sealed class HeapContext
{
    /// <summary>Bytes in use in all heaps of the context.</summary>
    public long UsedBytes { get; set; }

    /// <summary>The access clock that new entries begin with.</summary>
    public uint NewEntryClock { get; set; }
}

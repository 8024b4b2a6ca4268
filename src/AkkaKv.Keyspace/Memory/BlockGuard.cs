namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// Finds wrong uses of slab blocks in tests: a block freed twice or never taken, and a write to a block after it was freed. A freed block
/// is filled with a pattern, so that reading it shows nonsense instead of plausible old content.
/// </summary>
internal sealed unsafe class BlockGuard
{
    private const byte Poison = 0xDD;

    private readonly Dictionary<nint, int> _inUse = [];

    /// <summary>Records that a block was given out; throws if something wrote to it while it was free.</summary>
    public void Taken(byte* block, int size, bool wasUsedBefore)
    {
        var content = new Span<byte>(block, size);
        // The first eight bytes of a free block are the free list's link.
        if (wasUsedBefore && content[sizeof(long)..].ContainsAnyExcept(Poison))
            throw new InvalidOperationException("A freed block was written to.");
        if (!_inUse.TryAdd((nint)block, size))
            throw new InvalidOperationException("A block was given out twice.");
        content.Fill(Poison);
    }

    /// <summary>Records that a block came back; throws if it was not in use.</summary>
    public void Freed(byte* block, int size)
    {
        if (!_inUse.Remove((nint)block, out var taken) || taken != size)
            throw new InvalidOperationException("A block was freed that was not in use, or with another size.");
        new Span<byte>(block, size).Fill(Poison);
    }
}

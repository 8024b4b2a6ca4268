namespace AkkaKv.Keyspace.Memory;

/// <summary>Where heaps have their memory from. Its members may be called on any thread.</summary>
internal abstract unsafe class MemorySource
{
    /// <summary>Maps <paramref name="size"/> bytes of zeroed memory at a multiple of <paramref name="size"/>, a power of two.</summary>
    /// <exception cref="OutOfMemoryException">There is no more.</exception>
    public abstract byte* Map(nuint size);

    /// <summary>Gives back a block from <see cref="Map"/>.</summary>
    public abstract void Unmap(byte* block, nuint size);

    /// <summary>Gives the memory behind whole system pages of a mapped block back; they stay mapped, and are zero when they are used next.</summary>
    public abstract void Release(byte* block, nuint size);

    /// <summary>Takes a block of any size with undefined content, at a multiple of 16.</summary>
    /// <exception cref="OutOfMemoryException">There is no more.</exception>
    public abstract byte* Allocate(nuint size);

    /// <summary>Changes the size of a block from <see cref="Allocate"/> and returns where it is now; its content stays up to the smaller size.</summary>
    /// <exception cref="OutOfMemoryException">There is no more; the block is as it was.</exception>
    public abstract byte* Resize(byte* block, nuint size);

    /// <summary>Gives back a block from <see cref="Allocate"/>.</summary>
    public abstract void Free(byte* block);

    /// <summary>Gives back to the operating system what is kept of freed blocks.</summary>
    public abstract void Trim();
}

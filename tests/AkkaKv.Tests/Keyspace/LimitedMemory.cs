using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Tests.Keyspace;

/// <summary>A system that has no more than a test allows, and knows what was not given back.</summary>
internal sealed unsafe class LimitedMemory : MemorySource
{
    private readonly Dictionary<nint, nuint> _blocks = [];

    /// <summary>Bytes that are out.</summary>
    public long Taken { get; private set; }

    /// <summary>How many may be out.</summary>
    public long Limit { get; set; } = long.MaxValue;

    /// <summary>How often something was refused.</summary>
    public int Refusals { get; private set; }

    public override byte* Map(nuint size) => Take((byte*)NativeMemory.AlignedAlloc(Check(size), size), size, zeroed: true);

    public override void Unmap(byte* block, nuint size)
    {
        Assert.Equal(size, GiveBack(block));
        NativeMemory.AlignedFree(block);
    }

    public override void Release(byte* block, nuint size) => NativeMemory.Clear(block, size);

    public override byte* Allocate(nuint size) => Take((byte*)NativeMemory.Alloc(Check(size)), size, zeroed: false);

    public override byte* Resize(byte* block, nuint size)
    {
        var old = _blocks[(nint)block];
        if (size > old)
            Check(size - old);
        GiveBack(block);
        return Take((byte*)NativeMemory.Realloc(block, size), size, zeroed: false);
    }

    public override void Free(byte* block)
    {
        GiveBack(block);
        NativeMemory.Free(block);
    }

    public override void Trim()
    {
    }

    private nuint Check(nuint size)
    {
        if (Taken + (long)size <= Limit)
            return size;
        Refusals++;
        throw new OutOfMemoryException("The test allows no more.");
    }

    private byte* Take(byte* block, nuint size, bool zeroed)
    {
        if (zeroed)
            NativeMemory.Clear(block, size);
        _blocks.Add((nint)block, size);
        Taken += (long)size;
        return block;
    }

    private nuint GiveBack(byte* block)
    {
        Assert.True(_blocks.Remove((nint)block, out var size), "A block was freed that was not out.");
        Taken -= (long)size;
        return size;
    }
}

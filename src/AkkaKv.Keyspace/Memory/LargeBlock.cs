using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// The head in front of a block that is too large for a slab page. It links the large blocks of one heap, so that a heap can be freed without
/// walking its keys. Callers hold the address of the bytes behind the head.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LargeBlock
{
    /// <summary>Bytes of the head; keeps the content at malloc's alignment of 16.</summary>
    public const int HeaderSize = 32;

    /// <summary>From this size malloc maps a block of its own, in whole pages; see <see cref="SystemMemory"/>.</summary>
    public const int MappedFrom = 128 * 1024;
    private const long SystemPageSize = 4096;

    public LargeBlock* Previous;
    public LargeBlock* Next;

    /// <summary>Bytes of content.</summary>
    public long Capacity;

    /// <summary>The head of the block whose content starts at <paramref name="content"/>.</summary>
    public static LargeBlock* Of(byte* content) => (LargeBlock*)(content - HeaderSize);

    /// <summary>The content behind a head.</summary>
    public static byte* Content(LargeBlock* block) => (byte*)block + HeaderSize;

    /// <summary>What a block of this capacity costs: the head, malloc's own word, and its rounding.</summary>
    public static long CostOf(long capacity)
    {
        var size = capacity + HeaderSize + sizeof(long);
        return size >= MappedFrom
            ? (size + sizeof(long) + SystemPageSize - 1) & -SystemPageSize
            : (size + 15) & -16;
    }

    /// <summary>Allocates an unlinked block with undefined content.</summary>
    /// <exception cref="OutOfMemoryException">The system has no more memory.</exception>
    public static LargeBlock* Create(long capacity, MemorySource source)
    {
        Debug.Assert(capacity > 0);
        var block = (LargeBlock*)source.Allocate((nuint)capacity + HeaderSize);
        *block = new LargeBlock { Capacity = capacity };
        return block;
    }
}

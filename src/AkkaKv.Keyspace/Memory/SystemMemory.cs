using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// Takes large aligned blocks from the operating system and gives them back. On Linux it maps them itself: malloc would keep
/// freed blocks, and waste one alignment for each; elsewhere the runtime's aligned allocation does.
/// </summary>
internal sealed unsafe partial class SystemMemory : MemorySource
{
    /// <summary>The one there is.</summary>
    public static readonly SystemMemory Instance = new();

    private const int ProtectReadWrite = 0x3;
    private const int MapPrivateAnonymous = 0x22;

    // glibc's M_MMAP_THRESHOLD. Set, it stays where it is: otherwise it grows with what is freed, and large blocks would stay with malloc.
    private const int MallocMapThreshold = -3;
    private const int AdviseDontNeed = 4;
    private const int AdviseHugePages = 14;

    private SystemMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetMallocOption(MallocMapThreshold, LargeBlock.MappedFrom);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library other than glibc.
        }
    }

    /// <inheritdoc/>
    public override byte* Map(nuint size)
    {
        Debug.Assert(nuint.IsPow2(size));
        if (!OperatingSystem.IsLinux())
        {
            var block = (byte*)NativeMemory.AlignedAlloc(size, size);
            NativeMemory.Clear(block, size);
            return block;
        }

        // Mappings are usually placed next to each other, so once one is aligned the following ones are too.
        var first = MapOrThrow(size);
        if (((nuint)first & (size - 1)) == 0)
            return first;

        Check(UnmapMemory(first, size));
        var wide = MapOrThrow(size * 2);
        var aligned = (byte*)(((nuint)wide + size - 1) & ~(size - 1));
        var before = (nuint)(aligned - wide);
        if (before != 0)
            Check(UnmapMemory(wide, before));
        Check(UnmapMemory(aligned + size, size - before));
        return aligned;
    }

    /// <inheritdoc/>
    public override void Unmap(byte* block, nuint size)
    {
        if (OperatingSystem.IsLinux())
            Check(UnmapMemory(block, size));
        else
            NativeMemory.AlignedFree(block);
    }

    /// <summary>Elsewhere than on Linux it does nothing, and the memory stays until it is unmapped.</summary>
    public override void Release(byte* block, nuint size)
    {
        if (OperatingSystem.IsLinux())
            _ = AdviseMemory(block, size, AdviseDontNeed);
    }

    /// <inheritdoc/>
    public override byte* Allocate(nuint size) => (byte*)NativeMemory.Alloc(size);

    /// <inheritdoc/>
    public override byte* Resize(byte* block, nuint size) => (byte*)NativeMemory.Realloc(block, size);

    /// <inheritdoc/>
    public override void Free(byte* block) => NativeMemory.Free(block);

    /// <inheritdoc/>
    public override void Trim()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = TrimHeap(0);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library other than glibc; musl gives back by itself.
        }
    }

    /// <summary>Tells the system that the block may use huge pages: fewer TLB misses on a large database. A wish, not a demand.</summary>
    public static void PreferHugePages(byte* block, nuint size)
    {
        if (OperatingSystem.IsLinux())
            _ = AdviseMemory(block, size, AdviseHugePages);
    }

    private static byte* MapOrThrow(nuint size)
    {
        var block = MapMemory(null, size, ProtectReadWrite, MapPrivateAnonymous, -1, 0);
        if ((nint)block == -1)
            throw new OutOfMemoryException($"The system refused {size} bytes of memory (errno {Marshal.GetLastPInvokeError()}).");
        return block;
    }

    private static void Check(int result)
    {
        if (result != 0)
            throw new InvalidOperationException($"munmap failed (errno {Marshal.GetLastPInvokeError()}): the heap is corrupt.");
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* MapMemory(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int UnmapMemory(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMallocOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint pad);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int AdviseMemory(void* address, nuint length, int advice);
}

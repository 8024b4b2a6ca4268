using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// Takes large aligned blocks from the operating system and gives them back. On Linux it maps them itself: malloc would keep
/// freed blocks, and waste one alignment for each; elsewhere the runtime's aligned allocation does.
/// </summary>
internal static unsafe partial class SystemMemory
{
    private const int ProtectReadWrite = 0x3;
    private const int MapPrivateAnonymous = 0x22;
    private const int AdviseDontNeed = 4;
    private const int AdviseHugePages = 14;

    /// <summary>Maps <paramref name="size"/> bytes of zeroed memory at a multiple of <paramref name="size"/>, a power of two.</summary>
    /// <exception cref="OutOfMemoryException">The system has no more.</exception>
    public static byte* Map(nuint size)
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

    /// <summary>Gives back a block from <see cref="Map"/>.</summary>
    public static void Unmap(byte* block, nuint size)
    {
        if (OperatingSystem.IsLinux())
            Check(UnmapMemory(block, size));
        else
            NativeMemory.AlignedFree(block);
    }

    /// <summary>
    /// Gives the memory behind whole system pages back; they stay mapped. Elsewhere than on Linux it does nothing, and the memory stays until it is unmapped.
    /// </summary>
    public static void Release(byte* block, nuint size)
    {
        if (OperatingSystem.IsLinux())
            _ = AdviseMemory(block, size, AdviseDontNeed);
    }

    /// <summary>Has malloc give back what it keeps of freed blocks, as far as whole system pages are free.</summary>
    public static void TrimMalloc()
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

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint pad);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int AdviseMemory(void* address, nuint length, int advice);
}

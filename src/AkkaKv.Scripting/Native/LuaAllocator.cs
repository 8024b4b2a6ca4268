using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AkkaKv.Scripting.Native;

/// <summary>
/// The memory of one Lua state: counted, and limited while a script runs, so that a script which takes too much fails with "not enough memory" and nothing else
/// does. While managed code works for the script there is no limit: a failure there would be raised across managed frames.
/// </summary>
internal sealed unsafe class LuaAllocator : IDisposable
{
    private GCHandle _self;

    public LuaAllocator() => _self = GCHandle.Alloc(this);

    /// <summary>What Lua calls for memory.</summary>
    public static delegate* unmanaged[Cdecl]<nint, void*, nuint, nuint, void*> Function => &Reallocate;

    /// <summary>What <see cref="Function"/> needs to find this object.</summary>
    public nint UserData => GCHandle.ToIntPtr(_self);

    /// <summary>Bytes in use.</summary>
    public long UsedBytes { get; private set; }

    /// <summary>The most bytes that a running script may cause to be in use.</summary>
    public long LimitBytes { get; set; } = long.MaxValue;

    /// <summary>Whether the limit holds: Lua itself is running.</summary>
    public bool IsLimited { get; set; }

    public void Dispose()
    {
        Debug.Assert(UsedBytes == 0, "The Lua state was closed and left memory behind.");
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Reallocate(nint userData, void* block, nuint oldSize, nuint newSize)
    {
        var allocator = (LuaAllocator)GCHandle.FromIntPtr(userData).Target!;

        // For a new block the old size says what kind of object it is for.
        long released = block is null ? 0 : (long)oldSize;
        if (newSize == 0)
        {
            NativeMemory.Free(block);
            allocator.UsedBytes -= released;
            return null;
        }

        // Shrinking must not fail, says Lua's manual.
        long used = allocator.UsedBytes - released + (long)newSize;
        if (allocator.IsLimited && used > allocator.LimitBytes && (long)newSize > released)
        {
            return null;
        }

        void* moved;
        try
        {
            moved = NativeMemory.Realloc(block, newSize);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }

        allocator.UsedBytes = used;
        return moved;
    }
}

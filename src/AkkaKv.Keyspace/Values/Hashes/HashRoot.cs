using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Values.Hashes;

/// <summary>The root of a large hash: a table whose elements are the fields with their values.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HashRoot
{
    /// <summary>The fields.</summary>
    public TableRoot Fields;

    /// <summary>Bytes of the heap that fields and table take.</summary>
    public long Bytes;

    /// <summary>See <see cref="StructuredValues.FreeSome"/>.</summary>
    public static bool FreeSome(HashRoot* root, NativeHeap heap, ref int budget) => ElementTable.FreeSome(&root->Fields, heap, ref budget);

    /// <summary>See <see cref="StructuredValues.Copy"/>.</summary>
    public static void Copy(HashRoot* source, HashRoot* target, NativeHeap heap, KeyHasher hasher)
    {
        *target = default;
        var before = heap.UsedBytes;
        new ElementTable(&target->Fields, heap, hasher).CopyFrom(&source->Fields);
        target->Bytes = heap.UsedBytes - before;
    }
}

using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Values.Sets;

/// <summary>The root of a large set: a table whose elements are the members, with nothing beside them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SetRoot
{
    /// <summary>The members.</summary>
    public TableRoot Members;

    /// <summary>Bytes of the heap that members and table take.</summary>
    public long Bytes;

    /// <summary>See <see cref="StructuredValues.FreeSome"/>.</summary>
    public static bool FreeSome(SetRoot* root, NativeHeap heap, ref int budget) => ElementTable.FreeSome(&root->Members, heap, ref budget);

    /// <summary>See <see cref="StructuredValues.Copy"/>.</summary>
    public static void Copy(SetRoot* source, SetRoot* target, NativeHeap heap, KeyHasher hasher)
    {
        *target = default;
        var before = heap.UsedBytes;
        new ElementTable(&target->Members, heap, hasher).CopyFrom(&source->Members);
        target->Bytes = heap.UsedBytes - before;
    }
}

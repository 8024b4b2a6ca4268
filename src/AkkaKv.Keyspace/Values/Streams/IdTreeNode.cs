using System.Diagnostics;
using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>
/// A node of an <see cref="IdTree"/> in native memory: this head, then ids in order, then as many addresses. In a leaf those are the values, in a branch the children,
/// whose ids all are at least the one beside the child and, but for the last, less than the next one.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IdTreeNode
{
    /// <summary>Ids of a node, but for the first leaf of a small tree.</summary>
    public const int MaxCapacity = 32;

    private const int FirstCapacity = 4;
    private const int SecondCapacity = 12;

    /// <summary>The leaves before and behind this one.</summary>
    public IdTreeNode* Previous;
    public IdTreeNode* Next;

    public ushort Count;
    public ushort Capacity;

    /// <summary>0 in a leaf, otherwise one more than in the children.</summary>
    public byte Level;

    public byte SizeClass;

    public readonly bool IsFull => Count == Capacity;

    /// <summary>Makes an empty node.</summary>
    public static IdTreeNode* Create(NativeHeap heap, int level, int capacity = MaxCapacity)
    {
        var node = (IdTreeNode*)heap.Allocate(sizeof(IdTreeNode) + (capacity * (sizeof(StreamId) + sizeof(nint))), out var sizeClass);
        *node = new IdTreeNode { Level = (byte)level, Capacity = (ushort)capacity, SizeClass = sizeClass };
        return node;
    }

    /// <summary>Makes the only leaf of a small tree.</summary>
    public static IdTreeNode* CreateFirst(NativeHeap heap) => Create(heap, 0, FirstCapacity);

    /// <summary>A larger leaf instead of the only one, which is freed.</summary>
    public static IdTreeNode* Enlarge(IdTreeNode* leaf, NativeHeap heap)
    {
        Debug.Assert(leaf->Level == 0 && leaf->Capacity < MaxCapacity && leaf->Next == null && leaf->Previous == null);
        var larger = Create(heap, 0, leaf->Capacity < SecondCapacity ? SecondCapacity : MaxCapacity);
        Move(leaf, 0, larger, leaf->Count);
        Free(leaf, heap);
        return larger;
    }

    public static void Free(IdTreeNode* node, NativeHeap heap) => heap.Free((byte*)node, node->SizeClass);

    public static StreamId* Ids(IdTreeNode* node) => (StreamId*)(node + 1);

    public static nint* Values(IdTreeNode* node) => (nint*)(Ids(node) + node->Capacity);

    /// <summary>Number of ids less than this one.</summary>
    public static int CountBelow(IdTreeNode* node, StreamId id)
    {
        var ids = Ids(node);
        var low = 0;
        var high = (int)node->Count;

        // Most ids are added at the end.
        if (high > 0 && ids[high - 1] < id)
            return high;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (ids[middle] < id)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Which child of a branch an id belongs to.</summary>
    public static int ChildOf(IdTreeNode* branch, StreamId id)
    {
        var below = CountBelow(branch, id);
        return below < branch->Count && Ids(branch)[below] == id ? below : Math.Max(below - 1, 0);
    }

    /// <summary>Puts an id at a place; the node is not full.</summary>
    public static void Insert(IdTreeNode* node, int index, StreamId id, nint value)
    {
        Debug.Assert(!node->IsFull && index <= node->Count);
        var ids = Ids(node);
        var values = Values(node);
        var behind = node->Count - index;
        new Span<StreamId>(ids + index, behind).CopyTo(new Span<StreamId>(ids + index + 1, behind));
        new Span<nint>(values + index, behind).CopyTo(new Span<nint>(values + index + 1, behind));
        ids[index] = id;
        values[index] = value;
        node->Count++;
    }

    /// <summary>Takes an id out.</summary>
    public static void Remove(IdTreeNode* node, int index)
    {
        var ids = Ids(node);
        var values = Values(node);
        var behind = node->Count - index - 1;
        new Span<StreamId>(ids + index + 1, behind).CopyTo(new Span<StreamId>(ids + index, behind));
        new Span<nint>(values + index + 1, behind).CopyTo(new Span<nint>(values + index, behind));
        node->Count--;
    }

    /// <summary>Moves the last ids of a node, from an index on, to the end of another.</summary>
    public static void Move(IdTreeNode* from, int index, IdTreeNode* to, int count)
    {
        Debug.Assert(index + count == from->Count && to->Count + count <= to->Capacity);
        new Span<StreamId>(Ids(from) + index, count).CopyTo(new Span<StreamId>(Ids(to) + to->Count, count));
        new Span<nint>(Values(from) + index, count).CopyTo(new Span<nint>(Values(to) + to->Count, count));
        to->Count += (ushort)count;
        from->Count = (ushort)index;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>
/// A node of the tree: a head and an ordered row of slots, <see cref="TreeSlot"/> in a leaf, <see cref="BranchSlot"/> in a branch. Leaves are
/// linked in order.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TreeNode
{
    /// <summary>Slots of a leaf that is not the only node: with the head exactly a slab block of 920 bytes.</summary>
    public const int LeafCapacity = 64;

    /// <summary>Children of a branch: the same block.</summary>
    public const int BranchCapacity = 32;

    private const int HeaderSize = 24;

    /// <summary>The leaf before this one.</summary>
    public TreeNode* Previous;

    /// <summary>The leaf behind this one.</summary>
    public TreeNode* Next;

    private ushort _count;
    private ushort _capacity;
    private byte _slotSize;
    private byte _sizeClass;

    /// <summary>Number of slots in use.</summary>
    public readonly int Count => _count;

    /// <summary>Number of slots.</summary>
    public readonly int Capacity => _capacity;

    public readonly bool IsFull => _count == _capacity;

    public readonly bool IsLeaf => _slotSize == TreeSlot.Size;

    // Nodes are always in native memory, so nothing needs to be pinned.
    private byte* Slots => (byte*)Unsafe.AsPointer(ref this) + HeaderSize;

    /// <summary>Allocates an empty leaf, linked to nothing.</summary>
    public static TreeNode* CreateLeaf(NativeHeap heap, int capacity) => Create(heap, capacity, TreeSlot.Size);

    /// <summary>Allocates an empty branch.</summary>
    public static TreeNode* CreateBranch(NativeHeap heap) => Create(heap, BranchCapacity, BranchSlot.Size);

    /// <summary>Frees the node, but nothing below it.</summary>
    public void Free(NativeHeap heap) => heap.Free((byte*)Unsafe.AsPointer(ref this), _sizeClass);

    /// <summary>A slot; in a branch the first element below a child.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TreeSlot* At(int index)
    {
        Debug.Assert((uint)index < _count);
        return (TreeSlot*)(Slots + (index * _slotSize));
    }

    /// <summary>A child of a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BranchSlot* ChildAt(int index)
    {
        Debug.Assert((uint)index < _count && !IsLeaf);
        return (BranchSlot*)(Slots + (index * BranchSlot.Size));
    }

    /// <summary>Number of slots that a bound follows.</summary>
    public int Below<TBound>(TBound bound, int from = 0)
        where TBound : struct, ITreeBound, allows ref struct
    {
        int low = from, high = _count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (bound.Follows(At(middle)))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The child of a branch that has the last element which a bound follows; the first one if it follows none.</summary>
    public int ChildFor<TBound>(TBound bound)
        where TBound : struct, ITreeBound, allows ref struct =>
        Below(bound, from: 1) - 1;

    /// <summary>Puts a slot into a leaf that is not full.</summary>
    public void Insert(int index, TreeSlot slot)
    {
        Debug.Assert(IsLeaf);
        Open(index, 1);
        *At(index) = slot;
    }

    /// <summary>Puts a child into a branch that is not full.</summary>
    public void Insert(int index, BranchSlot slot)
    {
        Open(index, 1);
        *ChildAt(index) = slot;
    }

    /// <summary>Takes a slot out.</summary>
    public void Remove(int index) => Close(index, 1);

    /// <summary>Number of elements in or below a run of slots.</summary>
    public long ElementsIn(int index, int count)
    {
        if (IsLeaf)
            return count;
        var sum = 0L;
        for (var i = index; i < index + count; i++)
            sum += ChildAt(i)->Count;
        return sum;
    }

    /// <summary>Moves a run of slots to another node of the same kind; returns how many elements that are.</summary>
    public long MoveTo(TreeNode* target, int index, int count, int targetIndex)
    {
        Debug.Assert(target->_slotSize == _slotSize);
        var moved = ElementsIn(index, count);
        target->Open(targetIndex, count);
        Unsafe.CopyBlockUnaligned(target->At(targetIndex), At(index), (uint)(count * _slotSize));
        Close(index, count);
        return moved;
    }

    /// <summary>Puts this leaf behind another one.</summary>
    public void LinkBehind(TreeNode* leaf)
    {
        var self = (TreeNode*)Unsafe.AsPointer(ref this);
        Previous = leaf;
        Next = leaf->Next;
        leaf->Next = self;
        if (Next != null)
            Next->Previous = self;
    }

    /// <summary>Takes this leaf out of the row of leaves.</summary>
    public readonly void Unlink()
    {
        if (Previous != null)
            Previous->Next = Next;
        if (Next != null)
            Next->Previous = Previous;
    }

    private static TreeNode* Create(NativeHeap heap, int capacity, int slotSize)
    {
        var node = (TreeNode*)heap.Allocate(HeaderSize + (capacity * slotSize), out var sizeClass);
        *node = new TreeNode { _capacity = (ushort)capacity, _slotSize = (byte)slotSize, _sizeClass = sizeClass };
        return node;
    }

    private void Open(int index, int count)
    {
        Debug.Assert(index >= 0 && index <= _count && _count + count <= _capacity);
        var from = Slots + (index * _slotSize);
        var bytes = (_count - index) * _slotSize;
        new Span<byte>(from, bytes).CopyTo(new Span<byte>(from + (count * _slotSize), bytes));
        _count += (ushort)count;
    }

    private void Close(int index, int count)
    {
        Debug.Assert(index >= 0 && index + count <= _count);
        var to = Slots + (index * _slotSize);
        var bytes = (_count - index - count) * _slotSize;
        new Span<byte>(to + (count * _slotSize), bytes).CopyTo(new Span<byte>(to, bytes));
        _count -= (ushort)count;
    }
}

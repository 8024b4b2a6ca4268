using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>
/// An element in a leaf of the tree: its score, and the address of the block that holds its member. The score stands here so that most
/// comparisons need not touch the block.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal unsafe struct TreeSlot
{
    /// <summary>Bytes of a slot.</summary>
    public const int Size = 14;

    public double Score;
    private readonly uint _elementLow;
    private readonly ushort _elementHigh;

    public TreeSlot(double score, EntryBlock element)
    {
        Debug.Assert((ulong)element.Address >> 48 == 0 && !double.IsNaN(score), "Addresses of user space have 48 bits.");
        Score = score;
        _elementLow = (uint)(nuint)element.Address;
        _elementHigh = (ushort)((ulong)element.Address >> 32);
    }

    /// <summary>The block whose key is the member.</summary>
    public readonly EntryBlock Element => new((byte*)(((nuint)_elementHigh << 32) | _elementLow));

    /// <summary>The member.</summary>
    public readonly ReadOnlySpan<byte> Member => Element.Key;
}

/// <summary>
/// A child in a branch of the tree: a copy of the first slot below it, its address, and how many elements are below it. It begins like a
/// <see cref="TreeSlot"/>, so that both kinds of nodes are searched by the same code.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal unsafe struct BranchSlot
{
    /// <summary>Bytes of a slot.</summary>
    public const int Size = 28;

    public TreeSlot Least;
    private readonly ushort _childHigh;
    private readonly uint _childLow;

    /// <summary>Number of elements below the child.</summary>
    public long Count;

    public BranchSlot(TreeNode* child, long count)
    {
        Debug.Assert((ulong)child >> 48 == 0 && child->Count > 0);
        Least = *child->At(0);
        _childLow = (uint)(nuint)child;
        _childHigh = (ushort)((ulong)child >> 32);
        Count = count;
    }

    public readonly TreeNode* Child => (TreeNode*)(((nuint)_childHigh << 32) | _childLow);
}

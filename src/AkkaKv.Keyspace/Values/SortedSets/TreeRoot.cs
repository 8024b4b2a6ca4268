using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>What there is of a <see cref="CountedTree"/> beside its nodes; nothing points at it, so it may move. All zero is an empty tree.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TreeRoot
{
    /// <summary>The topmost node, a leaf or a branch; null if there is no element.</summary>
    public TreeNode* Top;

    /// <summary>Number of elements.</summary>
    public long Count;
}

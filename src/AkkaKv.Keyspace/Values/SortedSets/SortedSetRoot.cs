using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>The value of a key that holds a large sorted set: elements by member and in order. Nothing points at it, so it may move.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SortedSetRoot
{
    /// <summary>The elements by member: blocks whose key is the member and whose value is the score, 8 bytes.</summary>
    public TableRoot Table;

    /// <summary>The same elements in order.</summary>
    public TreeRoot Tree;

    /// <summary>Bytes of native memory that elements, table and tree take.</summary>
    public long Bytes;
}

using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Values.Lists;

namespace AkkaKv.Keyspace.Snapshots;

/// <summary>
/// A snapshot's way through a large list, node by node. Order matters, and nodes come and go, so the walk begins by noting where every node is: 8 bytes for each, of which
/// most hold some kilobytes. A node that is about to change and was not seen is copied.
/// </summary>
internal sealed unsafe class ListWalk : ValueWalk
{
    private readonly nint[] _nodes;
    private readonly Dictionary<nint, ListNode> _changed = [];
    private int _next;

    public ListWalk(DatabaseContents contents, EntryBlock entry, byte bit, NativeHeap heap)
        : base(contents, entry, bit, heap)
    {
        var root = (ListRoot*)entry.ValueAddress;
        _nodes = new nint[root->NodeCount];
        var node = root->First;
        for (var i = 0; i < _nodes.Length; i++, node = node.Next)
            _nodes[i] = (nint)node.Address;
        Count = _nodes.Length;
    }

    /// <summary>Copies a node that is about to change or to be freed, if the walk has not seen it.</summary>
    public void BeforeChange(ListNode node)
    {
        if (!IsUnseen(node.SnapshotMarks))
            return;
        var copy = ListNode.Create(Heap, node.Length);
        copy.Append(node.Entries, node.Count);
        _changed.Add((nint)node.Address, copy);
        node.SnapshotMarks ^= Bit;
    }

    /// <inheritdoc/>
    /// <remarks>One node.</remarks>
    public override bool Step<TState>(int database, ref TState state, SnapshotPartVisitor<TState>? visit)
    {
        if (_next == _nodes.Length)
            return true;

        // If there is a copy, the block at this address is another node by now, or none.
        var address = _nodes[_next++];
        var isCopy = _changed.Remove(address, out var node);
        if (!isCopy)
            node = ListNode.At((byte*)address);
        visit?.Invoke(ref state, database, Part(node.Entries, node.Count));
        if (isCopy)
            node.Free(Heap);
        else
            node.SnapshotMarks ^= Bit;
        return _next == _nodes.Length;
    }
}

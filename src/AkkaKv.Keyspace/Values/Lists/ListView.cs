using System.Diagnostics;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Lists;

/// <summary>A list to read, where it lies: a listpack, or a chain of nodes. Valid until the next change to its database.</summary>
public readonly unsafe ref struct ListView
{
    private readonly EntryBlock _block;

    internal ListView(EntryBlock block)
    {
        Debug.Assert(block.Type == DataType.List);
        _block = block;
    }

    /// <summary>Number of elements.</summary>
    public long Count => IsPacked ? Listpack.Count(Pack) : Root->Count;

    /// <summary>Whether the list is a listpack.</summary>
    public bool IsPacked => !_block.IsStructured;

    /// <summary>The listpack; only if the list is one.</summary>
    public ReadOnlySpan<byte> Pack
    {
        get
        {
            Debug.Assert(IsPacked);
            return _block.Value;
        }
    }

    /// <summary>The pieces that the list lies in, the only one of a listpack too: for writing it out.</summary>
    public ListPieces Pieces => IsPacked ? new ListPieces(Pack) : new ListPieces(Root->First);

    private ListRoot* Root => (ListRoot*)_block.ValueAddress;

    /// <summary>The element with this number, from 0 on, or from -1 on backwards from the end. False if there is none.</summary>
    public bool TryGet(long index, out Element element)
    {
        element = default;
        var count = Count;
        if (index < 0)
            index += count;
        if ((ulong)index >= (ulong)count)
            return false;
        if (IsPacked)
        {
            var pack = Pack;
            element = Listpack.Get(pack, Listpack.Seek(pack, (int)index));
        }
        else
        {
            var node = FindNode(Root, ref index);
            element = node.Get(node.Seek((int)index));
        }

        return true;
    }

    /// <summary>Goes through all elements.</summary>
    public ListEnumerator GetEnumerator() => Range(0, Count);

    /// <summary>Goes through <paramref name="count"/> elements from a number on, which all exist.</summary>
    public ListEnumerator Range(long first, long count)
    {
        Debug.Assert(first >= 0 && count >= 0 && first + count <= Count);
        if (count == 0)
            return default;
        if (IsPacked)
            return new ListEnumerator(_block.ValueAddress + Listpack.Seek(Pack, (int)first), count);
        var node = FindNode(Root, ref first);
        return new ListEnumerator(node, node.Seek((int)first), count);
    }

    /// <summary>Goes through <paramref name="count"/> elements backwards, beginning with a number; all of them exist.</summary>
    public ListReverseEnumerator Reverse(long first, long count)
    {
        Debug.Assert(count >= 0 && first >= count - 1 && first < Count);
        if (count == 0)
            return default;
        if (IsPacked)
        {
            var pack = Pack;
            return new ListReverseEnumerator(_block.ValueAddress + Listpack.Behind(pack, Listpack.Seek(pack, (int)first)), count);
        }

        var node = FindNode(Root, ref first);
        return new ListReverseEnumerator(node, node.Seek((int)first + 1), count);
    }

    /// <summary>The node with an element's number, sought from the nearer end; the number becomes one within the node.</summary>
    internal static ListNode FindNode(ListRoot* root, ref long index)
    {
        if (index <= root->Count / 2)
        {
            var node = root->First;
            for (; index >= node.Count; node = node.Next)
                index -= node.Count;
            return node;
        }

        var fromEnd = root->Count - index;
        var last = root->Last;
        for (; fromEnd > last.Count; last = last.Previous)
            fromEnd -= last.Count;
        index = last.Count - fromEnd;
        return last;
    }
}

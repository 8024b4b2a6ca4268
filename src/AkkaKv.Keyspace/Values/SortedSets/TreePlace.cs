using System.Diagnostics;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>An element's place in the tree, from which one can walk in both directions; valid until the tree changes. <c>default</c> is nowhere.</summary>
internal unsafe struct TreePlace
{
    private TreeNode* _leaf;
    private int _index;

    public TreePlace(TreeNode* leaf, int index)
    {
        Debug.Assert(leaf->IsLeaf && (uint)index < leaf->Count);
        _leaf = leaf;
        _index = index;
    }

    /// <summary>Whether there is an element.</summary>
    public readonly bool Exists => _leaf != null;

    public readonly double Score => _leaf->At(_index)->Score;

    public readonly EntryBlock Element => _leaf->At(_index)->Element;

    /// <summary>To the next element, or nowhere behind the last one.</summary>
    public void MoveNext()
    {
        if (++_index < _leaf->Count)
            return;
        _leaf = _leaf->Next;
        _index = 0;
    }

    /// <summary>To the previous element, or nowhere before the first one.</summary>
    public void MovePrevious()
    {
        if (--_index >= 0)
            return;
        _leaf = _leaf->Previous;
        if (_leaf != null)
            _index = _leaf->Count - 1;
    }
}

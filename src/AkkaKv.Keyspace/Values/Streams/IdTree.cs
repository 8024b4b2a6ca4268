using System.Diagnostics;
using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>What an <see cref="IdTree"/> remembers. All zero stands for an empty one.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IdTreeRoot
{
    public IdTreeNode* Top;
    public long Count;
}

/// <summary>
/// Addresses by id, in order: a B+ tree in native memory. Streams find their nodes in one, groups and consumers what is pending. Ids that come in order fill the nodes;
/// a node that has become scarce is joined with one beside it. The tree does not own what the addresses point to.
/// </summary>
/// <param name="root">What the tree remembers.</param>
/// <param name="heap">Where its nodes lie; may be null for one that is only read.</param>
internal readonly unsafe struct IdTree(IdTreeRoot* root, NativeHeap? heap)
{
    // 8 ids at least in every node but the last ones: more levels than any memory holds.
    private const int MaxHeight = 24;
    private const int ScarceCount = IdTreeNode.MaxCapacity / 4;
    private const int JoinedCount = IdTreeNode.MaxCapacity * 3 / 4;

    /// <summary>Number of ids.</summary>
    public long Count => root->Count;

    /// <summary>The smallest id.</summary>
    public IdPlace First => root->Top == null ? default : new IdPlace(Edge(last: false), 0);

    /// <summary>The largest id.</summary>
    public IdPlace Last
    {
        get
        {
            if (root->Top == null)
                return default;
            var leaf = Edge(last: true);
            return new IdPlace(leaf, leaf->Count - 1);
        }
    }

    /// <summary>Finds an id.</summary>
    public IdPlace Find(StreamId id)
    {
        var place = Seek(id);
        return place.Exists && place.Id == id ? place : default;
    }

    /// <summary>The smallest id that is at least this one.</summary>
    public IdPlace Seek(StreamId id)
    {
        if (root->Top == null)
            return default;
        var leaf = LeafOf(id);
        var index = IdTreeNode.CountBelow(leaf, id);
        return index < leaf->Count ? new IdPlace(leaf, index)
            : leaf->Next == null ? default
            : new IdPlace(leaf->Next, 0);
    }

    /// <summary>The largest id that is at most this one.</summary>
    public IdPlace SeekBack(StreamId id)
    {
        var place = Seek(id);
        return !place.Exists ? Last : place.Id == id ? place : place.Previous;
    }

    /// <summary>Adds an id that is not there.</summary>
    public void Insert(StreamId id, byte* value)
    {
        Debug.Assert(!Find(id).Exists);
        root->Count++;
        if (root->Top == null)
            root->Top = IdTreeNode.CreateFirst(heap!);
        var branches = stackalloc IdTreeNode*[MaxHeight];
        var indexes = stackalloc int[MaxHeight];
        var leaf = Descend(id, branches, indexes, out var height);
        for (var level = 0; level < height; level++)
        {
            // A branch's first id stays the bound of what is below.
            if (indexes[level] == 0 && id < IdTreeNode.Ids(branches[level])[0])
                IdTreeNode.Ids(branches[level])[0] = id;
        }

        if (leaf->IsFull && leaf->Capacity < IdTreeNode.MaxCapacity)
            root->Top = leaf = IdTreeNode.Enlarge(leaf, heap!);
        InsertAt(leaf, IdTreeNode.CountBelow(leaf, id), id, (nint)value, branches, indexes, height);
    }

    /// <summary>Removes an id. False if it is not there.</summary>
    public bool Remove(StreamId id)
    {
        if (root->Top == null)
            return false;
        var branches = stackalloc IdTreeNode*[MaxHeight];
        var indexes = stackalloc int[MaxHeight];
        var node = Descend(id, branches, indexes, out var height);
        var index = IdTreeNode.CountBelow(node, id);
        if (index == node->Count || IdTreeNode.Ids(node)[index] != id)
            return false;
        root->Count--;
        IdTreeNode.Remove(node, index);
        while (height > 0 && node->Count <= ScarceCount)
        {
            var branch = branches[--height];
            if (!TryJoin(branch, indexes[height]))
                break;
            node = branch;
        }

        LowerTop();
        return true;
    }

    private void InsertAt(IdTreeNode* node, int index, StreamId id, nint value, IdTreeNode** branches, int* indexes, int height)
    {
        while (node->IsFull)
        {
            // At the end of the tree the full node stays full.
            var right = IdTreeNode.Create(heap!, node->Level);
            var kept = index == node->Count ? node->Count : node->Count / 2;
            IdTreeNode.Move(node, kept, right, node->Count - kept);
            if (node->Level == 0)
                LinkBehind(node, right);
            if (index > kept || right->Count == 0)
                IdTreeNode.Insert(right, index - kept, id, value);
            else
                IdTreeNode.Insert(node, index, id, value);

            // Now the new node has to be put into the branch above.
            id = IdTreeNode.Ids(right)[0];
            value = (nint)right;
            if (height == 0)
            {
                var top = IdTreeNode.Create(heap!, node->Level + 1);
                IdTreeNode.Insert(top, 0, IdTreeNode.Ids(node)[0], (nint)node);
                IdTreeNode.Insert(top, 1, id, value);
                root->Top = top;
                return;
            }

            node = branches[--height];
            index = indexes[height] + 1;
        }

        IdTreeNode.Insert(node, index, id, value);
    }

    /// <summary>Joins a child that has become scarce with a neighbour, or takes an empty one out. False if neither is possible.</summary>
    private bool TryJoin(IdTreeNode* branch, int index)
    {
        var child = ChildAt(branch, index);
        if (child->Count == 0)
        {
            TakeOut(branch, index);
            return true;
        }

        if (index + 1 < branch->Count && child->Count + ChildAt(branch, index + 1)->Count <= JoinedCount)
            index++;
        else if (index == 0 || child->Count + ChildAt(branch, index - 1)->Count > JoinedCount)
            return false;

        var right = ChildAt(branch, index);
        IdTreeNode.Move(right, 0, ChildAt(branch, index - 1), right->Count);
        TakeOut(branch, index);
        return true;
    }

    private void TakeOut(IdTreeNode* branch, int index)
    {
        var child = ChildAt(branch, index);
        if (child->Level == 0)
            Unlink(child);
        IdTreeNode.Free(child, heap!);
        IdTreeNode.Remove(branch, index);
    }

    private void LowerTop()
    {
        while (root->Top != null && (root->Top->Count == 0 || (root->Top->Level > 0 && root->Top->Count == 1)))
        {
            var top = root->Top;
            root->Top = top->Count == 0 ? null : ChildAt(top, 0);
            IdTreeNode.Free(top, heap!);
        }
    }

    private IdTreeNode* Edge(bool last)
    {
        var node = root->Top;
        while (node->Level > 0)
            node = ChildAt(node, last ? node->Count - 1 : 0);
        return node;
    }

    private IdTreeNode* LeafOf(StreamId id)
    {
        var node = root->Top;
        while (node->Level > 0)
            node = ChildAt(node, IdTreeNode.ChildOf(node, id));
        return node;
    }

    private IdTreeNode* Descend(StreamId id, IdTreeNode** branches, int* indexes, out int height)
    {
        height = 0;
        var node = root->Top;
        for (; node->Level > 0; height++)
        {
            branches[height] = node;
            indexes[height] = IdTreeNode.ChildOf(node, id);
            node = ChildAt(node, indexes[height]);
        }

        return node;
    }

    private static IdTreeNode* ChildAt(IdTreeNode* branch, int index) => (IdTreeNode*)IdTreeNode.Values(branch)[index];

    private static void LinkBehind(IdTreeNode* leaf, IdTreeNode* right)
    {
        right->Previous = leaf;
        right->Next = leaf->Next;
        if (leaf->Next != null)
            leaf->Next->Previous = right;
        leaf->Next = right;
    }

    private static void Unlink(IdTreeNode* leaf)
    {
        if (leaf->Previous != null)
            leaf->Previous->Next = leaf->Next;
        if (leaf->Next != null)
            leaf->Next->Previous = leaf->Previous;
    }
}

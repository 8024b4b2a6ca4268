using System.Diagnostics;
using System.Runtime.CompilerServices;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>
/// The elements of a large sorted set in order: a B+ tree whose branches count what is below them, so that an element by rank and the rank of
/// an element cost O(log n) like everything else. It holds addresses of the elements' blocks and does not own them.
/// </summary>
/// <remarks>
/// On the way down a change sees to it that the node it goes into has room, or something left to spare: so there is no way back up, and nodes
/// need not know their parents. Elements added in order fill the nodes to the brim; in random order they fill them to about four fifths.
/// </remarks>
internal readonly unsafe struct CountedTree(TreeRoot* root, NativeHeap heap)
{
    // 32 to the 12th power is far more than any memory holds.
    private const int MaxHeight = 12;

    // The only leaf of a small tree grows in these steps, each with its head just a slab block (192, 416 and 920 bytes).
    private const int FirstCapacity = 12;
    private const int SecondCapacity = 28;

    /// <summary>Number of elements.</summary>
    public long Count => root->Count;

    /// <summary>Number of elements that a bound follows.</summary>
    public long Rank<TBound>(TBound bound)
        where TBound : struct, ITreeBound, allows ref struct
    {
        var node = root->Top;
        if (node == null)
            return 0;
        var rank = 0L;
        while (!node->IsLeaf)
        {
            var index = node->ChildFor(bound);
            rank += node->ElementsIn(0, index);
            node = node->ChildAt(index)->Child;
        }

        return rank + node->Below(bound);
    }

    /// <summary>The element with so many before it; nowhere if there are not so many.</summary>
    public TreePlace At(long rank)
    {
        if ((ulong)rank >= (ulong)root->Count)
            return default;
        var node = root->Top;
        while (!node->IsLeaf)
        {
            var index = 0;
            for (; rank >= node->ChildAt(index)->Count; index++)
                rank -= node->ChildAt(index)->Count;
            node = node->ChildAt(index)->Child;
        }

        return new TreePlace(node, (int)rank);
    }

    /// <summary>Adds an element that is not there.</summary>
    public void Insert(double score, EntryBlock element) =>
        Insert(new ElementBound(score, element.Key, behind: false), new TreeSlot(score, element));

    /// <summary>Adds an element that is behind all others; nothing is compared.</summary>
    public void Append(double score, EntryBlock element) => Insert(default(EndBound), new TreeSlot(score, element));

    /// <summary>Removes an element that is there.</summary>
    /// <exception cref="InvalidOperationException">It is not: the tree is corrupt.</exception>
    public void Remove(double score, EntryBlock element)
    {
        var bound = new ElementBound(score, element.Key, behind: true);
        var firsts = stackalloc BranchSlot*[MaxHeight];
        var firstCount = 0;
        TreeBalance.LowerTop(root, heap);
        var node = root->Top;
        while (!node->IsLeaf)
        {
            var index = node->ChildFor(bound);
            if (TreeBalance.IsScarce(node->ChildAt(index)->Child))
            {
                TreeBalance.Refill(node, index, heap);
                index = node->ChildFor(bound);
            }

            var branch = node->ChildAt(index);
            branch->Count--;
            if (branch->Least.Element.Address == element.Address)
                firsts[firstCount++] = branch;
            node = branch->Child;
        }

        var place = node->Below(bound) - 1;
        Expect(place >= 0 && node->At(place)->Element.Address == element.Address);
        node->Remove(place);
        root->Count--;
        if (node->Count == 0)
        {
            Expect(root->Count == 0);
            node->Free(heap);
            root->Top = null;
            return;
        }

        while (firstCount > 0)
            firsts[--firstCount]->Least = *node->At(0);
    }

    /// <summary>Gives an element that is there another score.</summary>
    /// <exception cref="InvalidOperationException">It is not there: the tree is corrupt.</exception>
    public void ChangeScore(double score, EntryBlock element, double newScore)
    {
        if (TryChangeInPlace(score, element, newScore))
            return;
        Remove(score, element);
        Insert(newScore, element);
    }

    /// <summary>
    /// Frees the elements' blocks and the nodes from the end until nothing is left (then the result is true) or the budget of elements is used up;
    /// after that the tree may only be freed further.
    /// </summary>
    public bool FreeSome(ref int budget)
    {
        var branches = stackalloc TreeNode*[MaxHeight];
        while (root->Top != null && budget > 0)
        {
            var height = 0;
            var node = root->Top;
            for (; !node->IsLeaf; node = node->ChildAt(node->Count - 1)->Child)
                branches[height++] = node;
            for (; budget > 0 && node->Count > 0; budget--)
            {
                node->At(node->Count - 1)->Element.FreeBlocks(heap);
                node->Remove(node->Count - 1);
            }

            // A branch that has lost its last child goes with it.
            while (node != null && node->Count == 0)
            {
                node->Free(heap);
                node = height == 0 ? null : branches[--height];
                if (node == null)
                    root->Top = null;
                else
                    node->Remove(node->Count - 1);
            }
        }

        return root->Top == null;
    }

    private void Insert<TBound>(TBound bound, TreeSlot slot)
        where TBound : struct, ITreeBound, allows ref struct
    {
        if (root->Top == null || root->Top->IsFull)
            RaiseTop();
        var node = root->Top;
        while (!node->IsLeaf)
        {
            var index = node->ChildFor(bound);
            if (node->ChildAt(index)->Child->IsFull)
            {
                TreeBalance.MakeRoom(node, index, bound, heap);
                index = node->ChildFor(bound);
            }

            var branch = node->ChildAt(index);
            branch->Count++;
            if (index == 0 && !bound.Follows(&branch->Least))
                branch->Least = slot;
            node = branch->Child;
        }

        node->Insert(node->Below(bound), slot);
        root->Count++;
    }

    /// <summary>Most changes of a score are small beside the distance to the neighbours.</summary>
    private bool TryChangeInPlace(double score, EntryBlock element, double newScore)
    {
        var bound = new ElementBound(score, element.Key, behind: true);
        var node = root->Top;
        while (!node->IsLeaf)
            node = node->ChildAt(node->ChildFor(bound))->Child;
        var place = node->Below(bound) - 1;
        Expect(place >= 0 && node->At(place)->Element.Address == element.Address);

        // Branches have a copy of a leaf's first slot.
        if (place == 0)
            return false;
        var newBound = new ElementBound(newScore, element.Key, behind: false);
        var next = place + 1 < node->Count ? node->At(place + 1) : node->Next == null ? null : node->Next->At(0);
        if (!newBound.Follows(node->At(place - 1)) || (next != null && newBound.Follows(next)))
            return false;
        node->At(place)->Score = newScore;
        return true;
    }

    private void RaiseTop()
    {
        var old = root->Top;
        if (old == null)
        {
            root->Top = TreeNode.CreateLeaf(heap, FirstCapacity);
        }
        else if (old->IsLeaf && old->Capacity < TreeNode.LeafCapacity)
        {
            root->Top = TreeNode.CreateLeaf(heap, old->Capacity == FirstCapacity ? SecondCapacity : TreeNode.LeafCapacity);
            old->MoveTo(root->Top, 0, old->Count, 0);
            old->Free(heap);
        }
        else
        {
            root->Top = TreeNode.CreateBranch(heap);
            root->Top->Insert(0, new BranchSlot(old, root->Count));
        }
    }

    /// <summary>Stays on in Release: going on would lose data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expect(bool condition)
    {
        if (!condition)
            throw new InvalidOperationException("The tree of a sorted set is corrupt.");
    }
}

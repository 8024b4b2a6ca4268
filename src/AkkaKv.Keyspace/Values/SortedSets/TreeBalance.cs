using System.Diagnostics;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>Keeps the nodes of a <see cref="CountedTree"/> neither full nor nearly empty: splits, joins and levels neighbours below one branch.</summary>
internal static unsafe class TreeBalance
{
    /// <summary>Makes room in a full child of a branch that is not full itself; <paramref name="bound"/>: where something is to be added.</summary>
    public static void MakeRoom<TBound>(TreeNode* parent, int index, TBound bound, NativeHeap heap)
        where TBound : struct, ITreeBound, allows ref struct
    {
        var child = parent->ChildAt(index)->Child;
        Debug.Assert(!parent->IsFull && child->IsFull);
        if (index == parent->Count - 1 && bound.Follows(child->At(child->Count - 1)))
        {
            // Added at the end, probably one of many: what is left behind stays full.
            Split(parent, index, child->Count - 1, heap);
        }
        else if (index == 0 && !bound.Follows(child->At(0)))
        {
            Split(parent, index, 1, heap);
        }
        else if (index > 0 && IsRoomy(parent->ChildAt(index - 1)->Child))
        {
            Level(parent, index - 1);
        }
        else if (index + 1 < parent->Count && IsRoomy(parent->ChildAt(index + 1)->Child))
        {
            Level(parent, index);
        }
        else
        {
            Split(parent, index, child->Count / 2, heap);
        }
    }

    /// <summary>Whether a node has so few slots left that it should get some before one is taken away.</summary>
    public static bool IsScarce(TreeNode* node) => node->Count <= node->Capacity / 4;

    /// <summary>Gives a scarce child slots of a neighbour, or joins the two.</summary>
    public static void Refill(TreeNode* parent, int index, NativeHeap heap)
    {
        if (parent->Count == 1)
            return;
        var left = index + 1 < parent->Count ? index : index - 1;
        var first = parent->ChildAt(left)->Child;
        var second = parent->ChildAt(left + 1)->Child;

        // Joined nodes keep a quarter free, so that they are not split again soon.
        if (first->Count + second->Count > first->Capacity * 3 / 4)
        {
            Level(parent, left);
            return;
        }

        parent->ChildAt(left)->Count += second->MoveTo(first, 0, second->Count, first->Count);
        parent->Remove(left + 1);
        if (second->IsLeaf)
            second->Unlink();
        second->Free(heap);
    }

    /// <summary>Takes branches with a single child off the top.</summary>
    public static void LowerTop(TreeRoot* root, NativeHeap heap)
    {
        while (!root->Top->IsLeaf && root->Top->Count == 1)
        {
            var top = root->Top;
            root->Top = top->ChildAt(0)->Child;
            top->Free(heap);
        }
    }

    // A neighbour with less room than an eighth would soon have to be relieved again.
    private static bool IsRoomy(TreeNode* node) => node->Count <= node->Capacity - (node->Capacity / 8);

    /// <summary>Moves the slots from <paramref name="at"/> on to a new node behind.</summary>
    private static void Split(TreeNode* parent, int index, int at, NativeHeap heap)
    {
        var left = parent->ChildAt(index)->Child;
        var right = left->IsLeaf ? TreeNode.CreateLeaf(heap, TreeNode.LeafCapacity) : TreeNode.CreateBranch(heap);
        if (right->IsLeaf)
            right->LinkBehind(left);
        var moved = left->MoveTo(right, at, left->Count - at, 0);
        parent->ChildAt(index)->Count -= moved;
        parent->Insert(index + 1, new BranchSlot(right, moved));
    }

    /// <summary>Shares the slots of a child and the next one equally between them.</summary>
    private static void Level(TreeNode* parent, int index)
    {
        var left = parent->ChildAt(index);
        var right = parent->ChildAt(index + 1);
        var surplus = (left->Child->Count - right->Child->Count) / 2;
        var moved = surplus >= 0
            ? left->Child->MoveTo(right->Child, left->Child->Count - surplus, surplus, 0)
            : -right->Child->MoveTo(left->Child, 0, -surplus, left->Child->Count);
        left->Count -= moved;
        right->Count += moved;
        right->Least = *right->Child->At(0);
    }
}

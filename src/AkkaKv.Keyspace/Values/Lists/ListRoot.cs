using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Values.Lists;

/// <summary>The root of a large list: a chain of nodes, each with some consecutive elements.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ListRoot
{
    /// <summary>The node of the first elements.</summary>
    public ListNode First;

    /// <summary>The node of the last elements.</summary>
    public ListNode Last;

    /// <summary>Number of elements.</summary>
    public long Count;

    /// <summary>Number of nodes.</summary>
    public long NodeCount;

    /// <summary>Bytes of the heap that the nodes take.</summary>
    public long Bytes;

    /// <summary>While snapshots walk the list: its number among <see cref="Snapshots.ValueWalks"/>; else 0.</summary>
    public uint SnapshotLink;

    /// <summary>See <see cref="StructuredValues.FreeSome"/>. A node costs as much as one element: freeing it does not look at its elements.</summary>
    public static bool FreeSome(ListRoot* root, NativeHeap heap, ref int budget)
    {
        while (!root->First.IsNull)
        {
            if (budget-- <= 0)
                return false;
            var node = root->First;
            root->First = node.Next;
            node.Free(heap);
        }

        return true;
    }

    /// <summary>See <see cref="StructuredValues.Copy"/>.</summary>
    public static void Copy(ListRoot* source, ListRoot* target, NativeHeap heap)
    {
        *target = default;
        var before = heap.UsedBytes;
        for (var node = source->First; !node.IsNull; node = node.Next)
        {
            var copy = ListNode.Create(heap, node.Length);
            copy.Place(roomBefore: 0);
            copy.Append(node.Entries, node.Count);
            target->LinkLast(copy);
        }

        target->Count = source->Count;
        target->Bytes = heap.UsedBytes - before;
    }

    /// <summary>Puts a node behind the last one.</summary>
    public void LinkLast(ListNode node) => LinkBetween(Last, node, default);

    /// <summary>Puts a node between two neighbours, of which one or both may be missing.</summary>
    public void LinkBetween(ListNode previous, ListNode node, ListNode next)
    {
        node.Previous = previous;
        node.Next = next;
        LinkAround(node);
        NodeCount++;
    }

    /// <summary>Puts a node where another one is.</summary>
    public void Exchange(ListNode old, ListNode node)
    {
        node.Previous = old.Previous;
        node.Next = old.Next;
        LinkAround(node);
    }

    /// <summary>Takes a node out.</summary>
    public void Unlink(ListNode node)
    {
        var (previous, next) = (node.Previous, node.Next);
        if (previous.IsNull)
            First = next;
        else
            previous.Next = next;
        if (next.IsNull)
            Last = previous;
        else
            next.Previous = previous;
        NodeCount--;
    }

    private void LinkAround(ListNode node)
    {
        var (previous, next) = (node.Previous, node.Next);
        if (previous.IsNull)
            First = node;
        else
            previous.Next = node;
        if (next.IsNull)
            Last = node;
        else
            next.Previous = node;
    }
}

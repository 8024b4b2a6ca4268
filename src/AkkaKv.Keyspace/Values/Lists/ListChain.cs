using System.Diagnostics;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Lists;

/// <summary>
/// Changes the chain of nodes of a large list. Pushing and popping at an end touch the end's node alone, and move its entries only when the room there is used up while
/// half of the node is free.
/// </summary>
internal readonly unsafe ref struct ListChain(ListRoot* root, NativeHeap heap, ListNodeLimit limit)
{
    // The smallest room for entries that a node begins with.
    private const int FirstLength = 512;

    // A node at an end begins with this part of what the whole list takes, so that little is wasted on a list that stays small.
    private const int NewNodeShare = 4;

    // A list of one node gives memory back when less than this part of it is used.
    private const int ShrinkShare = 8;

    /// <summary>Adds an element behind the last one.</summary>
    public void PushLast(Element element)
    {
        var before = heap.UsedBytes;
        var size = ListpackEntry.Size(element);
        var node = root->Last;
        if (node.IsNull || !Admits(node, size) || (node.RoomBehind < size && !TryMakeRoom(ref node, size, behind: true)))
        {
            node = NewNode(size);
            root->LinkLast(node);
        }

        BeforeChange(node);
        node.Append(element, size);
        root->Count++;
        root->Bytes += heap.UsedBytes - before;
    }

    /// <summary>Adds an element before the first one.</summary>
    public void PushFirst(Element element)
    {
        var before = heap.UsedBytes;
        var size = ListpackEntry.Size(element);
        var node = root->First;
        if (node.IsNull || !Admits(node, size) || (node.RoomBefore < size && !TryMakeRoom(ref node, size, behind: false)))
        {
            node = NewNode(size);
            node.Place(node.RoomBehind);
            root->LinkBetween(default, node, root->First);
        }

        BeforeChange(node);
        node.Prepend(element, size);
        root->Count++;
        root->Bytes += heap.UsedBytes - before;
    }

    /// <summary>Adds entries that lie encoded elsewhere, at most <see cref="ListNodeLimit.Length"/> bytes of them, as a node of their own.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="count">Their number, not 0.</param>
    /// <param name="roomBefore">Bytes to leave free before them.</param>
    /// <param name="roomBehind">Bytes to leave free behind them.</param>
    public void AddLast(ReadOnlySpan<byte> entries, int count, int roomBefore, int roomBehind)
    {
        var before = heap.UsedBytes;
        var node = ListNode.Create(heap, entries.Length + roomBefore + roomBehind);
        node.Place(roomBefore);
        node.Append(entries, count);
        root->LinkLast(node);
        root->Count += count;
        root->Bytes += heap.UsedBytes - before;
    }

    /// <summary>Removes elements from the front, at most as many as there are.</summary>
    public void RemoveFirst(long count)
    {
        var before = heap.UsedBytes;
        root->Count -= count;
        while (count > 0)
        {
            var node = root->First;
            if (count < node.Count)
            {
                BeforeChange(node);
                node.RemoveFirst((int)count);
                break;
            }

            count -= node.Count;
            Drop(node);
        }

        Shrink();
        root->Bytes += heap.UsedBytes - before;
    }

    /// <summary>Removes elements from the end, at most as many as there are.</summary>
    public void RemoveLast(long count)
    {
        var before = heap.UsedBytes;
        root->Count -= count;
        while (count > 0)
        {
            var node = root->Last;
            if (count < node.Count)
            {
                BeforeChange(node);
                node.RemoveLast((int)count);
                break;
            }

            count -= node.Count;
            Drop(node);
        }

        Shrink();
        root->Bytes += heap.UsedBytes - before;
    }

    /// <summary>Adds an element before the entry or node's end at a place.</summary>
    public void Insert(ListNode node, int at, Element element)
    {
        var before = heap.UsedBytes;
        InsertAt(ref node, ref at, element);
        root->Count++;
        root->Bytes += heap.UsedBytes - before;
    }

    /// <summary>Puts another element where an entry is.</summary>
    public void Replace(ListNode node, int at, Element element)
    {
        if (ListpackEntry.Size(element) == node.SizeAt(at))
        {
            BeforeChange(node);
            node.Overwrite(at, element);
            return;
        }

        var before = heap.UsedBytes;
        InsertAt(ref node, ref at, element);
        at += node.SizeAt(at);
        if (at == node.End)
        {
            node = node.Next;
            at = node.Start;
        }

        BeforeChange(node);
        node.Remove(at);
        if (node.Count == 0)
            Drop(node);
        root->Bytes += heap.UsedBytes - before;
    }

    /// <summary>Removes elements equal to one, at most <paramref name="budget"/>, from the front or from the end. Returns how many.</summary>
    public long RemoveEqual(Element element, bool fromEnd, long budget)
    {
        var before = heap.UsedBytes;
        var total = 0L;
        var node = fromEnd ? root->Last : root->First;
        while (!node.IsNull && budget > 0)
        {
            var next = fromEnd ? node.Previous : node.Next;
            BeforeChange(node);
            var removed = node.RemoveEqual(element, fromEnd, ref budget);
            total += removed;
            if (node.Count == 0)
                Drop(node);
            else if (removed > 0)
                Merge(node, fromEnd);
            node = next;
        }

        root->Count -= total;
        Shrink();
        root->Bytes += heap.UsedBytes - before;
        return total;
    }

    private bool Admits(ListNode node, int size) => node.Count < limit.Count && node.Length + size <= limit.Length;

    /// <summary>Makes room at one side of a node that admits more: by moving its entries if half of it is free, or by giving it a larger block.</summary>
    private bool TryMakeRoom(ref ListNode node, int size, bool behind)
    {
        var room = node.Capacity - ListNode.HeadSize;
        var free = room - node.Length;
        if (free >= size && free >= room / 2)
        {
            // The other side keeps some room too, so that pushing at both in turn does not move everything each time.
            var other = Math.Min(free - size, free / 4);
            BeforeChange(node);
            node.Place(behind ? other : free - other);
            return true;
        }

        if (room >= limit.Length)
            return false;
        var wanted = Math.Min(Math.Max(room * 2L, (long)node.Length + size), limit.Length);
        if (node.Length + size + (behind ? node.RoomBefore : node.RoomBehind) > wanted)
            wanted = limit.Length;
        node = Enlarge(node, (int)wanted, behind, size);
        return true;
    }

    /// <summary>Gives a node a block for more bytes of entries, all of them free at one side as far as possible.</summary>
    private ListNode Enlarge(ListNode node, int length, bool behind, int size)
    {
        var larger = ListNode.Create(heap, length);
        var free = larger.Capacity - ListNode.HeadSize - node.Length;
        Debug.Assert(free >= size);
        var other = Math.Min(behind ? node.RoomBefore : node.RoomBehind, free - size);
        larger.Place(behind ? other : free - other);
        larger.Append(node.Entries, node.Count);
        Replace(node, larger);
        return larger;
    }

    /// <summary>A node at an end for an element of that size.</summary>
    private ListNode NewNode(int size)
    {
        var length = Math.Min(Math.Max(root->Bytes / NewNodeShare, FirstLength), limit.Length);
        return ListNode.Create(heap, (int)Math.Max(length, size));
    }

    /// <summary>Adds an element before a place and tells where it stands.</summary>
    private void InsertAt(ref ListNode node, ref int at, Element element)
    {
        var size = ListpackEntry.Size(element);
        if (TryInsertInto(ref node, ref at, element, size))
            return;

        // The node is full: the element goes between it, or the one of the halves that it is split into, and its neighbour.
        if (at == node.Start)
        {
            var previous = node.Previous;
            at = previous.IsNull ? 0 : previous.End;
            if (!previous.IsNull && TryInsertInto(ref previous, ref at, element, size))
            {
                node = previous;
                return;
            }

            node = InsertNode(previous, element, size, node);
        }
        else
        {
            if (at < node.End)
                Split(node, at);
            at = node.End;
            if (TryInsertInto(ref node, ref at, element, size))
                return;
            var next = node.Next;
            at = next.IsNull ? 0 : next.Start;
            if (!next.IsNull && TryInsertInto(ref next, ref at, element, size))
            {
                node = next;
                return;
            }

            node = InsertNode(node, element, size, next);
        }

        at = node.Start;
    }

    private bool TryInsertInto(ref ListNode node, ref int at, Element element, int size)
    {
        if (!Admits(node, size))
            return false;
        BeforeChange(node);
        if (node.RoomBefore < size && node.RoomBehind < size)
        {
            var offset = at - node.Start;
            if (node.RoomBefore + node.RoomBehind >= size)
                node.Place(roomBefore: 0);
            else if (!TryMakeRoom(ref node, size, behind: true))
                return false;
            at = node.Start + offset;
        }

        at = node.Insert(at, element, size);
        return true;
    }

    private ListNode InsertNode(ListNode previous, Element element, int size, ListNode next)
    {
        var node = ListNode.Create(heap, size);
        node.Append(element, size);
        root->LinkBetween(previous, node, next);
        return node;
    }

    /// <summary>Moves the entries from a place on into a node of their own behind this one.</summary>
    private void Split(ListNode node, int at)
    {
        var count = 0;
        for (var entry = at; entry < node.End; entry += node.SizeAt(entry))
            count++;
        var second = ListNode.Create(heap, node.End - at);
        second.Append(node.Entries[(at - node.Start)..], count);
        BeforeChange(node);
        node.Cut(at, count);
        root->LinkBetween(node, second, node.Next);
    }

    /// <summary>Joins a node that lost entries with the neighbour at one side if together they fill no more than half of one.</summary>
    private void Merge(ListNode node, bool withNext)
    {
        var (first, second) = withNext ? (node, node.Next) : (node.Previous, node);
        if (!first.IsNull && !second.IsNull && CanJoin(first, second))
            Join(first, second);
    }

    private bool CanJoin(ListNode first, ListNode second) =>
        first.Length + second.Length <= limit.Length / 2 && (long)first.Count + second.Count <= limit.Count;

    private void Join(ListNode first, ListNode second)
    {
        var joined = ListNode.Create(heap, first.Length + second.Length);
        joined.Append(first.Entries, first.Count);
        joined.Append(second.Entries, second.Count);
        Drop(second);
        Replace(first, joined);
    }

    /// <summary>Gives the memory of a list back that was longer once.</summary>
    private void Shrink()
    {
        if (root->NodeCount != 1)
            return;
        var node = root->First;
        var room = node.Capacity - ListNode.HeadSize;
        if (room <= FirstLength || node.Length >= room / ShrinkShare)
            return;
        var smaller = ListNode.Create(heap, Math.Max(FirstLength, node.Length * 2));
        smaller.Place((smaller.Capacity - ListNode.HeadSize - node.Length) / 2);
        smaller.Append(node.Entries, node.Count);
        Replace(node, smaller);
    }

    /// <summary>To be called before a node is changed or freed: snapshots that walk the list may need it.</summary>
    private void BeforeChange(ListNode node)
    {
        if (root->SnapshotLink != 0)
            heap.Walks.BeforeChange(root->SnapshotLink, node);
    }

    /// <summary>Puts a node with the same entries where another one is, and frees that.</summary>
    private void Replace(ListNode node, ListNode successor)
    {
        BeforeChange(node);
        root->Exchange(node, successor);
        node.Free(heap);
    }

    private void Drop(ListNode node)
    {
        BeforeChange(node);
        root->Unlink(node);
        node.Free(heap);
    }
}

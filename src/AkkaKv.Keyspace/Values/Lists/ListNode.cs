using System.Diagnostics;
using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Lists;

/// <summary>
/// A block that holds consecutive elements of a large list as entries of a listpack, with free room before and behind them: pushing and popping at either
/// end moves nothing. Places are offsets from the block's start.
/// </summary>
internal readonly unsafe struct ListNode
{
    /// <summary>Bytes before the room for entries.</summary>
    public const int HeadSize = 32;

    private readonly Head* _head;

    private ListNode(byte* block)
    {
        _head = (Head*)block;
    }

    /// <summary>Whether this is no node.</summary>
    public bool IsNull => _head == null;

    /// <summary>The node with the elements before these.</summary>
    public ListNode Previous
    {
        get => new(_head->Previous);
        set => _head->Previous = (byte*)value._head;
    }

    /// <summary>The node with the elements behind these.</summary>
    public ListNode Next
    {
        get => new(_head->Next);
        set => _head->Next = (byte*)value._head;
    }

    /// <summary>Where the first entry starts.</summary>
    public int Start => _head->Start;

    /// <summary>Where the last entry ends.</summary>
    public int End => _head->End;

    /// <summary>Number of entries.</summary>
    public int Count => _head->Count;

    /// <summary>Bytes of all entries.</summary>
    public int Length => _head->End - _head->Start;

    /// <summary>All entries.</summary>
    public ReadOnlySpan<byte> Entries => new(Address + Start, Length);

    /// <summary>Where the block starts.</summary>
    public byte* Address => (byte*)_head;

    /// <summary>Bytes of the block.</summary>
    public int Capacity => (int)NativeHeap.CapacityOf((byte*)_head, _head->SizeClass);

    /// <summary>Bytes free before the first entry.</summary>
    public int RoomBefore => Start - HeadSize;

    /// <summary>Bytes free behind the last entry.</summary>
    public int RoomBehind => Capacity - End;

    /// <summary>One bit for each snapshot of the database; see <see cref="Snapshots.DatabaseSnapshot"/>.</summary>
    public byte SnapshotMarks
    {
        get => _head->SnapshotMarks;
        set => _head->SnapshotMarks = value;
    }

    /// <summary>Whether two names are of one node.</summary>
    public bool Is(ListNode other) => _head == other._head;

    /// <summary>Takes a node without entries with room for so many bytes of them; <see cref="Place"/> says where they will start.</summary>
    public static ListNode Create(NativeHeap heap, int length)
    {
        var block = heap.Allocate((long)length + HeadSize, out var sizeClass);
        var node = new ListNode(block);
        *node._head = new Head { SizeClass = sizeClass, Start = HeadSize, End = HeadSize, SnapshotMarks = heap.EntryMarks };
        return node;
    }

    /// <summary>The node at an address.</summary>
    public static ListNode At(byte* block) => new(block);

    /// <summary>Gives the node's block back.</summary>
    public void Free(NativeHeap heap) => heap.Free((byte*)_head, _head->SizeClass);

    /// <summary>Leaves so much room before the entries, moving them if there are any.</summary>
    public void Place(int roomBefore)
    {
        Debug.Assert(roomBefore >= 0 && HeadSize + roomBefore + Length <= Capacity);
        var start = HeadSize + roomBefore;
        Buffer.MemoryCopy(Address + Start, Address + start, Length, Length);
        _head->End = start + Length;
        _head->Start = start;
    }

    /// <summary>Adds entries behind the last one, where there is room for them.</summary>
    public void Append(ReadOnlySpan<byte> entries, int count)
    {
        Debug.Assert(entries.Length <= RoomBehind);
        entries.CopyTo(new Span<byte>(Address + End, entries.Length));
        _head->End += entries.Length;
        _head->Count += count;
    }

    /// <summary>Adds entries before the first one, where there is room for them.</summary>
    public void Prepend(ReadOnlySpan<byte> entries, int count)
    {
        Debug.Assert(entries.Length <= RoomBefore);
        _head->Start -= entries.Length;
        entries.CopyTo(new Span<byte>(Address + Start, entries.Length));
        _head->Count += count;
    }

    /// <summary>Adds an element of that encoded size behind the last one, where there is room for it.</summary>
    public void Append(Element element, int size)
    {
        Debug.Assert(size <= RoomBehind);
        ListpackEntry.Write(new Span<byte>(Address + End, size), element);
        _head->End += size;
        _head->Count++;
    }

    /// <summary>Adds an element of that encoded size before the first one, where there is room for it.</summary>
    public void Prepend(Element element, int size)
    {
        Debug.Assert(size <= RoomBefore);
        _head->Start -= size;
        ListpackEntry.Write(new Span<byte>(Address + Start, size), element);
        _head->Count++;
    }

    /// <summary>
    /// Writes an element of that encoded size before the entry or end at <paramref name="at"/> and returns where it stands; there is room for it at one side. The
    /// shorter side moves if both have room.
    /// </summary>
    public int Insert(int at, Element element, int size)
    {
        Debug.Assert(at >= Start && at <= End && (size <= RoomBefore || size <= RoomBehind));
        if (size <= RoomBefore && (at - Start <= End - at || size > RoomBehind))
        {
            Move(Start, Start - size, at - Start);
            _head->Start -= size;
            at -= size;
        }
        else
        {
            Move(at, at + size, End - at);
            _head->End += size;
        }

        ListpackEntry.Write(new Span<byte>(Address + at, size), element);
        _head->Count++;
        return at;
    }

    /// <summary>Removes the entry at <paramref name="at"/>; the shorter side moves.</summary>
    public void Remove(int at)
    {
        var behind = at + SizeAt(at);
        if (at - Start < End - behind)
        {
            Move(Start, behind - (at - Start), at - Start);
            _head->Start += behind - at;
        }
        else
        {
            Move(behind, at, End - behind);
            _head->End -= behind - at;
        }

        _head->Count--;
    }

    /// <summary>Removes the first entries, fewer than there are.</summary>
    public void RemoveFirst(int count)
    {
        Debug.Assert(count < Count);
        _head->Start = Seek(count);
        _head->Count -= count;
    }

    /// <summary>Removes the last entries, fewer than there are.</summary>
    public void RemoveLast(int count)
    {
        Debug.Assert(count < Count);
        _head->End = Seek(Count - count);
        _head->Count -= count;
    }

    /// <summary>Removes the entries from <paramref name="at"/> on, which <paramref name="count"/> are.</summary>
    public void Cut(int at, int count)
    {
        _head->End = at;
        _head->Count -= count;
    }

    /// <summary>
    /// Removes entries that hold <paramref name="element"/> until <paramref name="budget"/>, the most to remove, is used up; looks from the end if so wished. Returns how many.
    /// </summary>
    public int RemoveEqual(Element element, bool fromEnd, ref long budget)
    {
        var removed = 0;
        var kept = fromEnd ? End : Start;
        for (var at = kept; fromEnd ? at > Start : at < End;)
        {
            var size = fromEnd ? SizeBefore(at) : SizeAt(at);
            var entry = fromEnd ? at - size : at;
            at = fromEnd ? entry : at + size;
            if (budget > 0 && ListpackEntry.Matches(in Address[entry], element))
            {
                budget--;
                removed++;
                continue;
            }

            kept = fromEnd ? kept - size : kept;
            if (kept != entry)
                Move(entry, kept, size);
            kept = fromEnd ? kept : kept + size;
            if (removed == 0 || budget > 0)
                continue;

            // Nothing else is removed: the rest moves in one piece.
            var rest = fromEnd ? at - Start : End - at;
            Move(fromEnd ? Start : at, fromEnd ? kept - rest : kept, rest);
            kept = fromEnd ? kept - rest : kept + rest;
            break;
        }

        if (fromEnd)
            _head->Start = kept;
        else
            _head->End = kept;
        _head->Count -= removed;
        return removed;
    }

    /// <summary>Where the entry with a number from 0 to <see cref="Count"/> starts or would start, sought from the nearer end.</summary>
    public int Seek(int index)
    {
        Debug.Assert(index >= 0 && index <= Count);
        int at;
        if (index <= Count / 2)
        {
            at = Start;
            for (; index > 0; index--)
                at += SizeAt(at);
            return at;
        }

        at = End;
        for (index = Count - index; index > 0; index--)
            at -= SizeBefore(at);
        return at;
    }

    /// <summary>The element at a place.</summary>
    public Element Get(int at)
    {
        Debug.Assert(at >= Start && at < End);
        return ListpackEntry.Read(in Address[at]);
    }

    /// <summary>Bytes of the entry at a place.</summary>
    public int SizeAt(int at)
    {
        Debug.Assert(at >= Start && at < End);
        return ListpackEntry.SizeAt(in Address[at]);
    }

    /// <summary>Writes another element of the same encoded size where an entry stands.</summary>
    public void Overwrite(int at, Element element) => ListpackEntry.Write(new Span<byte>(Address + at, SizeAt(at)), element);

    private int SizeBefore(int at)
    {
        Debug.Assert(at > Start && at <= End);
        return ListpackEntry.SizeBefore(in Address[at]);
    }

    private void Move(int from, int to, int length)
    {
        Debug.Assert(to >= HeadSize && to + length <= Capacity);
        Buffer.MemoryCopy(Address + from, Address + to, length, length);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Head
    {
        public byte* Previous;
        public byte* Next;
        public int Start;
        public int End;
        public int Count;
        public byte SizeClass;
        public byte SnapshotMarks;
    }
}

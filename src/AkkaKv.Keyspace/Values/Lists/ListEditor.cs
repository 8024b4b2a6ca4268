using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Lists;

/// <summary>
/// A list to change. While it is small it is one listpack, then a chain of nodes for good; how much a node holds, <see cref="EncodingLimits.ListMaxListpackSize"/> says.
/// Arguments must not lie in the list itself. A list that lost its last element has to be removed by the caller.
/// </summary>
public readonly unsafe ref struct ListEditor
{
    // Up to here moving all entries for a push at the head costs less than what a node takes in memory is worth.
    private const int PackedMax = 1024;

    private readonly ValuePlace _place;

    internal ListEditor(ValuePlace place)
    {
        _place = place;
    }

    /// <summary>The list as it is now, valid until the next change.</summary>
    public ListView View => new(_place.Block);

    private bool IsPacked => _place.Layout == ValueLayout.Packed;

    private PackedEditor Packed => new(_place);

    private ListRoot* Root => (ListRoot*)_place.Address;

    private ListNodeLimit Limit => new(_place.Limits.ListMaxListpackSize);

    private ListChain Chain => new(Root, _place.Heap, Limit);

    /// <summary>Adds an element before the first one.</summary>
    public void PushFirst(ReadOnlySpan<byte> bytes)
    {
        _place.BeginChange();
        var element = Element.Canonical(bytes);
        if (KeepsPacked(ListpackEntry.Size(element), isAtFront: true))
            Packed.Insert(Listpack.HeadSize, element);
        else
            Chain.PushFirst(element);
    }

    /// <summary>Adds an element behind the last one.</summary>
    public void PushLast(ReadOnlySpan<byte> bytes)
    {
        _place.BeginChange();
        var element = Element.Canonical(bytes);
        if (KeepsPacked(ListpackEntry.Size(element), isAtFront: false))
            Packed.Append(element);
        else
            Chain.PushLast(element);
    }

    /// <summary>Removes elements from the front, at most as many as there are.</summary>
    public void RemoveFirst(long count)
    {
        _place.BeginChange();
        if (IsPacked)
            Packed.Delete(Listpack.HeadSize, (int)count);
        else
            Chain.RemoveFirst(count);
    }

    /// <summary>Removes elements from the end, at most as many as there are.</summary>
    public void RemoveLast(long count)
    {
        if (count == 0)
            return;
        _place.BeginChange();
        if (IsPacked)
            Packed.Delete(Listpack.Seek(Packed.Pack, (int)-count), (int)count);
        else
            Chain.RemoveLast(count);
    }

    /// <summary>Puts another element in the place of the one with this number, which exists.</summary>
    public void Set(long index, ReadOnlySpan<byte> bytes)
    {
        _place.BeginChange();
        var element = Element.Canonical(bytes);
        if (IsPacked && KeepsPacked(ListpackEntry.Size(element), isAtFront: false))
        {
            Packed.Replace(Listpack.Seek(Packed.Pack, (int)index), element);
            return;
        }

        var node = ListView.FindNode(Root, ref index);
        Chain.Replace(node, node.Seek((int)index), element);
    }

    /// <summary>Adds an element before the one with this number, which exists, or behind the last one.</summary>
    public void Insert(long index, ReadOnlySpan<byte> bytes)
    {
        if (index == View.Count)
        {
            PushLast(bytes);
            return;
        }

        _place.BeginChange();
        var element = Element.Canonical(bytes);
        if (KeepsPacked(ListpackEntry.Size(element), isAtFront: false))
        {
            Packed.Insert(Listpack.Seek(Packed.Pack, (int)index), element);
            return;
        }

        var node = ListView.FindNode(Root, ref index);
        Chain.Insert(node, node.Seek((int)index), element);
    }

    /// <summary>Removes elements equal to one, at most <paramref name="count"/> of them, from the front or from the end. Returns how many.</summary>
    public long RemoveEqual(ReadOnlySpan<byte> bytes, long count, bool fromEnd)
    {
        _place.BeginChange();
        var element = Element.Canonical(bytes);
        return IsPacked ? RemoveEqualPacked(element, count, fromEnd) : Chain.RemoveEqual(element, fromEnd, count);
    }

    /// <summary>
    /// Adds entries that lie encoded elsewhere and have been checked behind the last one; in a list that is empty and will be large, as they are.
    /// </summary>
    /// <param name="pack">A listpack that has been checked.</param>
    public void Append(ReadOnlySpan<byte> pack)
    {
        _place.BeginChange();
        var entries = pack[Listpack.HeadSize..^1];
        var count = Listpack.Count(pack);
        if (IsPacked && entries.Length + _place.Bytes.Length <= PackedMax && count + Listpack.Count(Packed.Pack) <= Limit.Count)
        {
            var length = _place.Bytes.Length;
            Listpack.InsertEncoded(_place.Resize(length + entries.Length), length - 1, entries, count);
            return;
        }

        if (IsPacked)
            Unpack(roomBefore: 0, roomBehind: 0);
        if (count == 0)
            return;
        if (entries.Length <= Limit.Length && count <= Limit.Count)
        {
            Chain.AddLast(entries, count, roomBefore: 0, roomBehind: 0);
            return;
        }

        for (var at = Listpack.First(pack); at >= 0; at = Listpack.Next(pack, at))
            Chain.PushLast(Listpack.Get(pack, at));
    }

    /// <summary>Whether the list is a listpack and stays one with an entry more of that size; otherwise it has become a chain.</summary>
    private bool KeepsPacked(int size, bool isAtFront)
    {
        if (!IsPacked)
            return false;
        var length = _place.Bytes.Length;
        if (length + size <= PackedMax && Listpack.Count(_place.Bytes) < Limit.Count)
            return true;
        Unpack(isAtFront ? length : 0, isAtFront ? 0 : length);
        return false;
    }

    private void Unpack(int roomBefore, int roomBehind)
    {
        var root = default(ListRoot);
        var pack = Packed.Pack;
        var count = Listpack.Count(pack);
        var entries = pack[Listpack.HeadSize..^1];
        var chain = new ListChain(&root, _place.Heap, Limit);
        if (count > 0)
            chain.AddLast(entries, count, roomBefore, roomBehind);
        _place.Convert(ValueLayout.Structured, new ReadOnlySpan<byte>(&root, sizeof(ListRoot)));
    }

    private long RemoveEqualPacked(Element element, long count, bool fromEnd)
    {
        var removed = 0L;
        var at = fromEnd ? Listpack.Last(Packed.Pack) : Listpack.First(Packed.Pack);
        while (at >= 0 && removed < count)
        {
            var pack = Packed.Pack;
            if (!Listpack.Get(pack, at).Equals(element))
            {
                at = fromEnd ? Listpack.Previous(pack, at) : Listpack.Next(pack, at);
                continue;
            }

            removed++;
            var previous = Listpack.Previous(pack, at);
            Packed.Delete(at, 1);
            at = fromEnd ? previous : at < Packed.Pack.Length - 1 ? at : -1;
        }

        return removed;
    }
}

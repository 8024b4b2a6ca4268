namespace AkkaKv.Keyspace.Values.Packed;

/// <summary>
/// Changes the listpack that is a key's value, and makes room for it. Elements must not lie in the value itself, whose block may move. The caller has announced the change.
/// </summary>
internal readonly ref struct PackedEditor(ValuePlace place)
{
    /// <summary>The listpack as it is now.</summary>
    public ReadOnlySpan<byte> Pack => place.Bytes;

    /// <summary>Whether the listpack can take so many bytes more.</summary>
    public bool HasRoomFor(long size) => place.Bytes.Length + size <= EntryBlock.MaxLength;

    /// <summary>Inserts an element before the entry or end at an offset.</summary>
    public void Insert(int at, Element element) =>
        Listpack.Insert(place.Resize(place.Bytes.Length + ListpackEntry.Size(element)), at, element);

    /// <summary>Inserts an element as the last one.</summary>
    public void Append(Element element) => Insert(place.Bytes.Length - 1, element);

    /// <summary>Inserts two elements before the entry or end at an offset: a field and its value, a member and its score.</summary>
    public void InsertPair(int at, Element first, Element second)
    {
        var firstSize = ListpackEntry.Size(first);
        var secondSize = ListpackEntry.Size(second);
        var buffer = place.Resize(place.Bytes.Length + firstSize + secondSize);
        Listpack.Insert(buffer, at, first);
        Listpack.Insert(buffer, at + firstSize, second);
    }

    /// <summary>Inserts two elements as the last ones.</summary>
    public void AppendPair(Element first, Element second) => InsertPair(place.Bytes.Length - 1, first, second);

    /// <summary>Replaces the entry at an offset.</summary>
    public void Replace(int at, Element element)
    {
        var bytes = place.Bytes;
        var added = ListpackEntry.Size(element) - (Listpack.Behind(bytes, at) - at);
        if (added > 0)
            bytes = place.Resize(bytes.Length + added);
        var total = Listpack.Replace(bytes, at, element);
        if (added < 0)
            place.Resize(total);
    }

    /// <summary>Removes up to <paramref name="count"/> entries from an offset on.</summary>
    public void Delete(int at, int count) => place.Resize(Listpack.Delete(place.Bytes, at, count));
}

using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Hashes;

/// <summary>
/// A hash to change. It is compact up to <see cref="EncodingLimits.HashMaxListpackEntries"/> fields, none of them or of their values longer than
/// <see cref="EncodingLimits.HashMaxListpackValue"/>, then a table for good. Arguments must not lie in the hash itself. A hash that lost its last field has to be removed by the caller.
/// </summary>
public readonly unsafe ref struct HashEditor
{
    private readonly ValuePlace _place;

    internal HashEditor(ValuePlace place)
    {
        _place = place;
    }

    /// <summary>The hash as it is now, valid until the next change.</summary>
    public HashView View => new(_place.Block, _place.Hasher);

    /// <summary>The key's entry as it is now.</summary>
    public Entry Entry => _place.Entry;

    private HashRoot* Root => (HashRoot*)_place.Address;

    private ElementTable Fields => new(&Root->Fields, _place.Heap, _place.Hasher);

    private PackedEditor Packed => new(_place);

    /// <summary>Gives a field a value. Returns whether the field is new.</summary>
    public bool Set(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        _place.BeginChange();
        if (_place.Layout == ValueLayout.Packed)
        {
            if (FitsPacked(field, value))
                return SetPacked(field, value);
            ConvertToTable();
        }

        var before = _place.Heap.UsedBytes;
        var added = Fields.Set(field, value);
        Root->Bytes += _place.Heap.UsedBytes - before;
        return added;
    }

    /// <summary>Removes a field. False if there is none.</summary>
    public bool Remove(ReadOnlySpan<byte> field)
    {
        _place.BeginChange();
        if (_place.Layout == ValueLayout.Packed)
        {
            var at = HashView.Find(Packed.Pack, Element.Canonical(field));
            if (at >= 0)
                Packed.Delete(at, 2);
            return at >= 0;
        }

        var before = _place.Heap.UsedBytes;
        var removed = Fields.Remove(field);
        Root->Bytes += _place.Heap.UsedBytes - before;
        return removed;
    }

    /// <summary>Makes room for so many fields in a hash that is empty yet: one that will be large is a table from the start.</summary>
    public void Reserve(long count)
    {
        if (count <= _place.Limits.HashMaxListpackEntries || View.Count > 0)
            return;
        if (_place.Layout == ValueLayout.Packed)
            ConvertToTable();
        var before = _place.Heap.UsedBytes;
        Fields.Table.Reserve(count);
        Root->Bytes += _place.Heap.UsedBytes - before;
    }

    private bool FitsPacked(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        var limit = _place.Limits.HashMaxListpackValue;
        return field.Length <= limit && value.Length <= limit
            && Packed.HasRoomFor((long)field.Length + value.Length + (2 * ListpackEntry.MaxOverhead));
    }

    private bool SetPacked(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        var packed = Packed;
        var name = Element.Canonical(field);
        var at = HashView.Find(packed.Pack, name);
        if (at >= 0)
            packed.Replace(Listpack.Behind(packed.Pack, at), Element.Canonical(value));
        else
            packed.AppendPair(name, Element.Canonical(value));
        if (Listpack.Count(packed.Pack) / 2 > _place.Limits.HashMaxListpackEntries)
            ConvertToTable();
        return at < 0;
    }

    private void ConvertToTable()
    {
        var heap = _place.Heap;
        var before = heap.UsedBytes;
        var root = default(HashRoot);
        var fields = new ElementTable(&root.Fields, heap, _place.Hasher);
        fields.Table.Reserve(View.Count + 1);
        Span<byte> fieldScratch = stackalloc byte[Element.ScratchSize];
        Span<byte> valueScratch = stackalloc byte[Element.ScratchSize];
        foreach (var field in View)
            fields.Set(field.Name.AsBytes(fieldScratch), field.Value.AsBytes(valueScratch));
        root.Bytes = heap.UsedBytes - before;
        _place.Convert(ValueLayout.Structured, new ReadOnlySpan<byte>(&root, sizeof(HashRoot)));
    }
}

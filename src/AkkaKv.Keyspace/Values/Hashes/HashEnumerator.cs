using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Hashes;

/// <summary>Goes through the fields of a hash that does not change meanwhile: in the order of a compact one, in no order of a large one.</summary>
public ref struct HashEnumerator
{
    private readonly ReadOnlySpan<byte> _pack;
    private TableEnumerator _elements;
    private int _field;
    private int _value;
    private int _next;

    internal HashEnumerator(ReadOnlySpan<byte> pack)
    {
        _pack = pack;
        _next = Listpack.First(pack);
    }

    internal HashEnumerator(TableEnumerator elements)
    {
        _elements = elements;
    }

    /// <summary>The field that was found last.</summary>
    public readonly HashField Current => _pack.IsEmpty
        ? new HashField(_elements.Current)
        : new HashField(Listpack.Get(_pack, _field), Listpack.Get(_pack, _value));

    /// <summary>Finds the next field; false at the end.</summary>
    public bool MoveNext()
    {
        if (_pack.IsEmpty)
            return _elements.MoveNext();
        if (_next < 0)
            return false;
        _field = _next;
        _value = Listpack.Behind(_pack, _field);
        _next = Listpack.Next(_pack, _value);
        return true;
    }
}

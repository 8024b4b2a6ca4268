using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Sets;

/// <summary>Goes through the members of a set that does not change meanwhile: integers in ascending order, a large set in no order.</summary>
public ref struct SetEnumerator
{
    private readonly ValueLayout _layout;
    private readonly ReadOnlySpan<byte> _bytes;
    private TableEnumerator _elements;
    private int _current;
    private int _next;

    internal SetEnumerator(ValueLayout layout, ReadOnlySpan<byte> bytes)
    {
        _layout = layout;
        _bytes = bytes;
        _next = layout == ValueLayout.Packed ? Listpack.First(bytes) : 0;
    }

    internal SetEnumerator(TableEnumerator elements)
    {
        _layout = ValueLayout.Structured;
        _elements = elements;
    }

    /// <summary>The member that was found last.</summary>
    public readonly Element Current => _layout switch
    {
        ValueLayout.Integers => new Element(Intset.Get(_bytes, _current)),
        ValueLayout.Packed => Listpack.Get(_bytes, _current),
        _ => new Element(_elements.Current.Key),
    };

    /// <summary>Finds the next member; false at the end.</summary>
    public bool MoveNext()
    {
        _current = _next;
        switch (_layout)
        {
            case ValueLayout.Integers:
                return _next++ < Intset.Count(_bytes);
            case ValueLayout.Packed:
                if (_next < 0)
                    return false;
                _next = Listpack.Next(_bytes, _current);
                return true;
            default:
                return _elements.MoveNext();
        }
    }
}

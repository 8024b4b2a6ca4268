using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>An entry of a stream, seen in place; valid until the stream's entries change. It can be gone through for its fields.</summary>
public readonly ref struct StreamEntry
{
    private readonly StreamNode _node;
    private readonly StreamNodeEntry _entry;

    internal StreamEntry(StreamNode node, StreamNodeEntry entry)
    {
        _node = node;
        _entry = entry;
    }

    /// <summary>The entry's id.</summary>
    public StreamId Id => _entry.Id;

    /// <summary>Number of fields.</summary>
    public int FieldCount => _entry.FieldCount;

    /// <summary>Goes through the fields in their order.</summary>
    public Enumerator GetEnumerator() => new(_node, _entry);

    /// <summary>The walk through an entry's fields.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _pack;
        private readonly bool _hasMasterFields;
        private int _nextField;
        private int _nextValue;
        private int _field;
        private int _value;
        private int _left;

        internal Enumerator(StreamNode node, StreamNodeEntry entry)
        {
            _pack = node.Pack;
            _hasMasterFields = entry.HasMasterFields;
            _left = entry.FieldCount;
            _nextField = _hasMasterFields ? node.FieldsAt : entry.BodyAt;
            _nextValue = entry.BodyAt;
        }

        /// <summary>The field that was found last.</summary>
        public readonly StreamField Current => new(Listpack.Get(_pack, _field), Listpack.Get(_pack, _value));

        /// <summary>Finds the next field; false at the end.</summary>
        public bool MoveNext()
        {
            if (_left-- == 0)
                return false;
            _field = _nextField;
            _value = _hasMasterFields ? _nextValue : Listpack.Behind(_pack, _field);
            _nextValue = Listpack.Behind(_pack, _value);
            _nextField = _hasMasterFields ? Listpack.Behind(_pack, _field) : _nextValue;
            return true;
        }
    }
}

/// <summary>A field of an entry with its value.</summary>
public readonly ref struct StreamField
{
    internal StreamField(Element name, Element value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The field.</summary>
    public Element Name { get; }

    /// <summary>Its value.</summary>
    public Element Value { get; }
}

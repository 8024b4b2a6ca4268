using System.Diagnostics;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Hashes;

/// <summary>A hash to read, where it lies: a listpack of fields and values in turn, or a table of fields. Valid until the next change to its database.</summary>
public readonly unsafe ref struct HashView
{
    private readonly EntryBlock _block;
    private readonly KeyHasher _hasher;

    internal HashView(EntryBlock block, KeyHasher hasher)
    {
        Debug.Assert(block.Type == DataType.Hash);
        _block = block;
        _hasher = hasher;
    }

    /// <summary>Number of fields.</summary>
    public long Count => IsPacked ? Listpack.Count(Pack) / 2 : Root->Fields.Count;

    /// <summary>Whether the hash is a listpack.</summary>
    public bool IsPacked => !_block.IsStructured;

    /// <summary>The listpack; only if the hash is one.</summary>
    public ReadOnlySpan<byte> Pack
    {
        get
        {
            Debug.Assert(IsPacked);
            return _block.Value;
        }
    }

    private HashRoot* Root => (HashRoot*)_block.ValueAddress;

    private ElementTable Fields => new(&Root->Fields, null, _hasher);

    /// <summary>Finds a field's value. False if there is no such field.</summary>
    public bool TryGet(ReadOnlySpan<byte> field, out Element value)
    {
        if (IsPacked)
        {
            var pack = Pack;
            var at = Find(pack, Element.Canonical(field));
            value = at < 0 ? default : Listpack.Get(pack, Listpack.Behind(pack, at));
            return at >= 0;
        }

        var element = Fields.Find(field);
        value = element.IsNull ? default : new Element(element.Value);
        return !element.IsNull;
    }

    /// <summary>Whether there is a field.</summary>
    public bool Contains(ReadOnlySpan<byte> field) => IsPacked ? Find(Pack, Element.Canonical(field)) >= 0 : !Fields.Find(field).IsNull;

    /// <summary>Goes through all fields.</summary>
    public HashEnumerator GetEnumerator() => IsPacked ? new HashEnumerator(Pack) : new HashEnumerator(Fields.GetEnumerator());

    /// <summary>A field at random, each about equally likely; the hash must not be empty.</summary>
    /// <param name="random">64 random bits.</param>
    public HashField Random(ulong random)
    {
        if (!IsPacked)
            return new HashField(TableIteration.Random(Fields.Table, random).Entry);
        var pack = Pack;
        var index = (int)Math.BigMul(random, (ulong)Listpack.Count(pack) / 2, out _);
        var at = Listpack.Seek(pack, index * 2);
        return new HashField(Listpack.Get(pack, at), Listpack.Get(pack, Listpack.Behind(pack, at)));
    }

    /// <summary>
    /// Visits a few fields and returns the cursor to go on with; starts with 0, and is finished when it returns 0. Every field that is there from start to end is visited
    /// at least once, whatever happens between the calls. A compact hash is visited at once.
    /// </summary>
    public ulong Scan<TState>(ulong cursor, ref TState state, HashFieldVisitor<TState> visit)
    {
        if (!IsPacked)
        {
            var walker = new Walker<TState> { State = ref state, Visit = visit };
            return TableIteration.Scan(
                Fields.Table, cursor, ref walker, static (ref Walker<TState> it, Entry entry) => it.Visit(ref it.State, new HashField(entry.Block)));
        }

        foreach (var field in this)
            visit(ref state, field);
        return 0;
    }

    /// <summary>Where a listpack of fields and values has a field, or -1.</summary>
    internal static int Find(ReadOnlySpan<byte> pack, Element field) => Listpack.Find(pack, field, Listpack.First(pack), 1);

    private ref struct Walker<TState>
    {
        public ref TState State;
        public HashFieldVisitor<TState> Visit;
    }
}

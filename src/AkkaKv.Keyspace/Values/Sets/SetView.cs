using System.Diagnostics;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Sets;

/// <summary>
/// A set to read, where it lies: integers in ascending order, a listpack of members in the order in which they were added, or a table of members. Valid until the next change
/// to its database.
/// </summary>
public readonly unsafe ref struct SetView
{
    private readonly EntryBlock _block;
    private readonly KeyHasher _hasher;

    internal SetView(EntryBlock block, KeyHasher hasher)
    {
        Debug.Assert(block.Type == DataType.Set);
        _block = block;
        _hasher = hasher;
    }

    /// <summary>Number of members.</summary>
    public long Count => _block.Layout switch
    {
        ValueLayout.Integers => Intset.Count(_block.Value),
        ValueLayout.Packed => Listpack.Count(_block.Value),
        _ => Root->Members.Count,
    };

    /// <summary>Whether the set is a compact set of integers.</summary>
    public bool IsIntset => _block.Layout == ValueLayout.Integers;

    /// <summary>Whether the set is one compact buffer, of integers or of any members.</summary>
    public bool IsCompact => !_block.IsStructured;

    /// <summary>The integers in Redis's intset format; only if the set is one.</summary>
    public ReadOnlySpan<byte> Integers
    {
        get
        {
            Debug.Assert(IsIntset);
            return _block.Value;
        }
    }

    private SetRoot* Root => (SetRoot*)_block.ValueAddress;

    private ElementTable Members => new(&Root->Members, null, _hasher);

    /// <summary>Whether the set has a member.</summary>
    public bool Contains(ReadOnlySpan<byte> member) => _block.Layout switch
    {
        ValueLayout.Integers => CanonicalInteger.TryParse(member, out var integer) && Intset.Contains(_block.Value, integer),
        ValueLayout.Packed => Find(_block.Value, Element.Canonical(member)) >= 0,
        _ => !Members.Find(member).IsNull,
    };

    /// <summary>Whether the set has a member, which may be one of another set.</summary>
    public bool Contains(Element member)
    {
        if (!member.IsInteger)
            return Contains(member.Text);
        if (_block.Layout == ValueLayout.Integers)
            return Intset.Contains(_block.Value, member.Integer);
        if (_block.Layout == ValueLayout.Packed)
            return Find(_block.Value, member) >= 0;
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        return !Members.Find(member.AsBytes(scratch)).IsNull;
    }

    /// <summary>Goes through all members.</summary>
    public SetEnumerator GetEnumerator() => _block.Layout switch
    {
        ValueLayout.Integers => new SetEnumerator(ValueLayout.Integers, _block.Value),
        ValueLayout.Packed => new SetEnumerator(ValueLayout.Packed, _block.Value),
        _ => new SetEnumerator(Members.GetEnumerator()),
    };

    /// <summary>A member at random, each about equally likely; the set must not be empty.</summary>
    /// <param name="random">64 random bits.</param>
    public Element Random(ulong random)
    {
        switch (_block.Layout)
        {
            case ValueLayout.Integers:
                return new Element(Intset.Random(_block.Value, random));
            case ValueLayout.Packed:
                ReadOnlySpan<byte> pack = _block.Value;
                var index = (int)Math.BigMul(random, (ulong)Listpack.Count(pack), out _);
                return Listpack.Get(pack, Listpack.Seek(pack, index));
            default:
                return new Element(TableIteration.Random(Members.Table, random).Entry.Key);
        }
    }

    /// <summary>
    /// Visits a few members and returns the cursor to go on with; starts with 0, and is finished when it returns 0. Every member that is there from start to end is
    /// visited at least once, whatever happens between the calls. A compact set is visited at once.
    /// </summary>
    public ulong Scan<TState>(ulong cursor, ref TState state, SetMemberVisitor<TState> visit)
    {
        if (!IsCompact)
        {
            var walker = new Walker<TState> { State = ref state, Visit = visit };
            return TableIteration.Scan(
                Members.Table, cursor, ref walker, static (ref Walker<TState> it, Entry entry) => it.Visit(ref it.State, new Element(entry.Key)));
        }

        foreach (var member in this)
            visit(ref state, member);
        return 0;
    }

    /// <summary>Where a listpack of members has one, or -1.</summary>
    internal static int Find(ReadOnlySpan<byte> pack, Element member) => Listpack.Find(pack, member, Listpack.First(pack), 0);

    private ref struct Walker<TState>
    {
        public ref TState State;
        public SetMemberVisitor<TState> Visit;
    }
}

/// <summary>Is called with each member that a walk finds. It must not change the database.</summary>
/// <param name="state">What the caller handed to the walk.</param>
/// <param name="member">The member, valid during the call.</param>
public delegate void SetMemberVisitor<TState>(ref TState state, Element member);

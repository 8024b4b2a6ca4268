using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Sets;

/// <summary>
/// A set to change. It is a set of integers until it has more than <see cref="EncodingLimits.SetMaxIntsetEntries"/> or gets a member that is none. Then it is what Redis 7.0 calls a
/// hashtable, which is compact here as well while it is small, as it is in later versions of Redis; beyond that it is a table for good.
/// A set that lost its last member has to be removed by the caller.
/// </summary>
public readonly unsafe ref struct SetEditor
{
    // The limits of Redis 7.2, whose sets of strings begin as listpacks.
    private const int MaxPackedCount = 128;
    private const int MaxPackedLength = 64;

    // Redis takes no higher limit seriously, so that an intset's size fits an integer.
    private const long MaxIntsetEntries = 1L << 30;

    private readonly ValuePlace _place;

    internal SetEditor(ValuePlace place)
    {
        _place = place;
    }

    /// <summary>The set as it is now, valid until the next change.</summary>
    public SetView View => new(_place.Block, _place.Hasher);

    /// <summary>The key's entry as it is now.</summary>
    public Entry Entry => _place.Entry;

    private SetRoot* Root => (SetRoot*)_place.Address;

    private ElementTable Members => new(&Root->Members, _place.Heap, _place.Hasher);

    private PackedEditor Packed => new(_place);

    /// <summary>Adds a member, which must not lie in this set. Returns whether it is new.</summary>
    public bool Add(ReadOnlySpan<byte> member)
    {
        switch (_place.Layout)
        {
            case ValueLayout.Integers:
                return CanonicalInteger.TryParse(member, out var integer) ? AddInteger(integer) : AddToConverted(member);
            case ValueLayout.Packed:
                return AddPacked(member);
            default:
                _place.BeginChange();
                return AddToTable(member);
        }
    }

    /// <summary>Adds a member of another set. Returns whether it is new.</summary>
    public bool Add(Element member)
    {
        if (!member.IsInteger)
            return Add(member.Text);
        if (_place.Layout == ValueLayout.Integers)
            return AddInteger(member.Integer);
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        return Add(member.AsBytes(scratch));
    }

    /// <summary>Removes a member, which may be given as it lies in this set. False if there is none.</summary>
    public bool Remove(ReadOnlySpan<byte> member)
    {
        switch (_place.Layout)
        {
            case ValueLayout.Integers:
                return CanonicalInteger.TryParse(member, out var integer) && RemoveInteger(integer);
            case ValueLayout.Packed:
                return RemovePacked(Element.Canonical(member));
            default:
                _place.BeginChange();
                var before = _place.Heap.UsedBytes;
                var removed = Members.Remove(member);
                Root->Bytes += _place.Heap.UsedBytes - before;
                return removed;
        }
    }

    /// <summary>Removes a member, which may be one of this set. False if there is none.</summary>
    public bool Remove(Element member)
    {
        if (!member.IsInteger)
            return Remove(member.Text);
        if (_place.Layout == ValueLayout.Integers)
            return RemoveInteger(member.Integer);
        if (_place.Layout == ValueLayout.Packed)
            return RemovePacked(member);
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        return Remove(member.AsBytes(scratch));
    }

    /// <summary>Makes room for so many members that are not all integers, in a set that is empty yet: one that will be large is a table from the start.</summary>
    public void Reserve(long count)
    {
        if (count <= MaxPackedCount || View.Count > 0)
            return;
        _place.BeginChange();
        if (_place.Layout != ValueLayout.Structured)
            ConvertToTable();
        var before = _place.Heap.UsedBytes;
        Members.Table.Reserve(count);
        Root->Bytes += _place.Heap.UsedBytes - before;
    }

    private bool AddInteger(long integer)
    {
        var found = Intset.Find(_place.Bytes, integer);
        if (found >= 0)
            return false;
        _place.BeginChange();
        var size = Intset.SizeWith(_place.Bytes, integer);
        Intset.Insert(_place.Resize(size), ~found, integer);
        if (Intset.Count(_place.Bytes) > Math.Min(_place.Limits.SetMaxIntsetEntries, MaxIntsetEntries))
            ConvertFromIntegers(longestMember: 0, added: 0);
        return true;
    }

    private bool RemoveInteger(long integer)
    {
        var index = Intset.Find(_place.Bytes, integer);
        if (index < 0)
            return false;
        _place.BeginChange();
        _place.Resize(Intset.Remove(_place.Bytes, index));
        return true;
    }

    private bool AddPacked(ReadOnlySpan<byte> member)
    {
        var element = Element.Canonical(member);
        if (SetView.Find(_place.Bytes, element) >= 0)
            return false;
        _place.BeginChange();
        if (member.Length <= MaxPackedLength && Listpack.Count(_place.Bytes) < MaxPackedCount)
        {
            Packed.Append(element);
            return true;
        }

        ConvertToTable();
        return AddToTable(member);
    }

    private bool RemovePacked(Element member)
    {
        var at = SetView.Find(_place.Bytes, member);
        if (at < 0)
            return false;
        _place.BeginChange();
        Packed.Delete(at, 1);
        return true;
    }

    /// <summary>Adds a member to a table, after the change was announced.</summary>
    private bool AddToTable(ReadOnlySpan<byte> member)
    {
        var before = _place.Heap.UsedBytes;
        var added = Members.Set(member, default);
        Root->Bytes += _place.Heap.UsedBytes - before;
        return added;
    }

    /// <summary>Adds a member that is no integer to a set of integers.</summary>
    private bool AddToConverted(ReadOnlySpan<byte> member)
    {
        _place.BeginChange();
        ConvertFromIntegers(member.Length, added: 1);
        return Add(member);
    }

    private void ConvertFromIntegers(int longestMember, int added)
    {
        if (longestMember > MaxPackedLength || View.Count + added > MaxPackedCount)
            ConvertToTable();
        else
            ConvertToPacked();
    }

    private void ConvertToPacked()
    {
        var size = Listpack.EmptySize;
        foreach (var member in View)
            size += ListpackEntry.Size(member);
        Span<byte> pack = stackalloc byte[size];
        Listpack.Initialize(pack);
        foreach (var member in View)
            Listpack.Append(pack, member);
        _place.Convert(ValueLayout.Packed, pack);
    }

    private void ConvertToTable()
    {
        var heap = _place.Heap;
        var before = heap.UsedBytes;
        var root = default(SetRoot);
        var members = new ElementTable(&root.Members, heap, _place.Hasher);
        members.Table.Reserve(View.Count + 1);
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        foreach (var member in View)
            members.Set(member.AsBytes(scratch), default);
        root.Bytes = heap.UsedBytes - before;
        _place.Convert(ValueLayout.Structured, new ReadOnlySpan<byte>(&root, sizeof(SetRoot)));
    }
}

using System.Diagnostics;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>A sorted set to be changed in place. Valid until something else changes its database.</summary>
public readonly unsafe ref struct SortedSetEditor
{
    private readonly ValuePlace _place;

    internal SortedSetEditor(ValuePlace place)
    {
        _place = place;
    }

    /// <summary>The sorted set as it is now.</summary>
    public SortedSetView View => new(_place.Block, _place.Heap, _place.Hasher);

    private bool IsLarge => _place.Block.IsStructured;

    private LargeSortedSet Large => new((SortedSetRoot*)_place.Address, _place.Heap, _place.Hasher);

    /// <summary>Finds a member. If it is there, its score may be changed with what comes back, or it be removed, before anything else changes.</summary>
    public SortedSetElement Find(ReadOnlySpan<byte> member)
    {
        if (IsLarge)
        {
            var element = Large.Find(member);
            return element.IsNull ? default : new SortedSetElement(element, LargeSortedSet.ScoreOf(element));
        }

        var pack = _place.Bytes;
        var at = PackedSortedSet.Find(pack, member);
        return at < 0 ? default : new SortedSetElement(at, PackedSortedSet.ScoreAt(pack, at));
    }

    /// <summary>
    /// Adds a member that is not there. A compact sorted set that would exceed the limits becomes a large one, exactly when Redis's would.
    /// </summary>
    /// <param name="member">The member; not of this sorted set.</param>
    /// <param name="score">Its score, which is a number.</param>
    public void Add(ReadOnlySpan<byte> member, double score)
    {
        Debug.Assert(!double.IsNaN(score) && !Find(member).Exists);
        _place.BeginChange();
        if (!IsLarge && !FitsPacked(member))
            MakeLarge();
        if (IsLarge)
            Large.Add(member, score);
        else
            PackedSortedSet.Add(_place, member, score);
    }

    /// <summary>Gives a member that <see cref="Find"/> found another score.</summary>
    /// <param name="element">What was found.</param>
    /// <param name="member">The member; not of this sorted set.</param>
    /// <param name="score">Its new score, which is a number.</param>
    public void ChangeScore(SortedSetElement element, ReadOnlySpan<byte> member, double score)
    {
        Debug.Assert(element.Exists && !double.IsNaN(score));
        _place.BeginChange();
        if (IsLarge)
        {
            Large.ChangeScore(element.Block, score);
            return;
        }

        PackedSortedSet.Remove(_place, element.Offset, 1);
        PackedSortedSet.Add(_place, member, score);
    }

    /// <summary>Adds a member, or gives it another score.</summary>
    public void Set(ReadOnlySpan<byte> member, double score)
    {
        var element = Find(member);
        if (!element.Exists)
            Add(member, score);
        else if (element.Score != score)
            ChangeScore(element, member, score);
    }

    /// <summary>Removes a member. False if there is no such member.</summary>
    public bool Remove(ReadOnlySpan<byte> member)
    {
        var element = Find(member);
        if (!element.Exists)
            return false;
        _place.BeginChange();
        if (IsLarge)
            Large.Remove(element.Block);
        else
            PackedSortedSet.Remove(_place, element.Offset, 1);
        return true;
    }

    /// <summary>Removes the elements of a range of ranks, which there are.</summary>
    public void Remove(RankRange range)
    {
        Debug.Assert(range.First >= 0 && range.Count >= 0 && range.First + range.Count <= View.Count);
        if (range.Count == 0)
            return;
        _place.BeginChange();
        if (!IsLarge)
        {
            PackedSortedSet.Remove(_place, PackedSortedSet.At(_place.Bytes, (int)range.First), (int)range.Count);
            return;
        }

        var large = Large;
        for (var left = range.Count; left > 0; left--)
            large.Remove(large.Tree.At(range.First).Element);
    }

    /// <summary>Makes an empty sorted set a large one, with room for so many members, however few there will be; see <see cref="PackIfSmall"/>.</summary>
    public void Grow(long count)
    {
        Debug.Assert(View.Count == 0);
        _place.BeginChange();
        if (!IsLarge)
            MakeLarge();
        Large.Reserve(count);
    }

    /// <summary>
    /// Makes a large sorted set that is within the limits a compact one, as Redis does when it has loaded or computed one. Members must have been added by the caller alone, and recently:
    /// no snapshot may walk it.
    /// </summary>
    public void PackIfSmall()
    {
        var limits = _place.Limits;
        if (!IsLarge || View.Count > limits.ZsetMaxListpackEntries)
            return;
        var members = new List<(byte[] Member, double Score)>();
        foreach (var element in View)
        {
            if (element.Member.Length > limits.ZsetMaxListpackValue)
                return;
            members.Add((element.Member.Text.ToArray(), element.Score));
        }

        _place.BeginChange();
        var unlimited = int.MaxValue;
        LargeSortedSet.FreeSome((SortedSetRoot*)_place.Address, _place.Heap, ref unlimited);
        Span<byte> empty = stackalloc byte[Listpack.EmptySize];
        Listpack.Initialize(empty);
        _place.Convert(ValueLayout.Packed, empty);
        foreach (var (member, score) in members)
            PackedSortedSet.Add(_place, member, score);
    }

    private bool FitsPacked(ReadOnlySpan<byte> member)
    {
        var limits = _place.Limits;
        var pack = _place.Bytes;
        return PackedSortedSet.Count(pack) < limits.ZsetMaxListpackEntries
            && member.Length <= limits.ZsetMaxListpackValue
            && Listpack.TotalBytes(pack) + (long)member.Length <= Listpack.MaxSafeSize;
    }

    private void MakeLarge()
    {
        var root = default(SortedSetRoot);
        var large = new LargeSortedSet(&root, _place.Heap, _place.Hasher);
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        foreach (var element in View)
            large.Append(element.Member.AsBytes(scratch), element.Score);
        _place.Convert(ValueLayout.Structured, new ReadOnlySpan<byte>(&root, sizeof(SortedSetRoot)));
    }
}

/// <summary>A member that a <see cref="SortedSetEditor"/> has found, or none; valid until the sorted set changes.</summary>
public readonly struct SortedSetElement
{
    internal SortedSetElement(EntryBlock block, double score)
    {
        Block = block;
        Score = score;
        Exists = true;
    }

    internal SortedSetElement(int offset, double score)
    {
        Offset = offset;
        Score = score;
        Exists = true;
    }

    /// <summary>Whether there is such a member.</summary>
    public bool Exists { get; }

    /// <summary>Its score.</summary>
    public double Score { get; }

    internal EntryBlock Block { get; }

    internal int Offset { get; }
}

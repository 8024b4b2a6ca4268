namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>An end of a range of members, compared as bytes.</summary>
public readonly ref struct MemberLimit
{
    private readonly ReadOnlySpan<byte> _member;
    private readonly Kind _kind;

    private MemberLimit(Kind kind, ReadOnlySpan<byte> member)
    {
        _kind = kind;
        _member = member;
    }

    private enum Kind : byte
    {
        Lowest,
        Included,
        Excluded,
        Highest,
    }

    /// <summary>Before every member.</summary>
    public static MemberLimit Lowest => new(Kind.Lowest, default);

    /// <summary>Behind every member.</summary>
    public static MemberLimit Highest => new(Kind.Highest, default);

    /// <summary>At a member, which is part of the range or not.</summary>
    public static MemberLimit At(ReadOnlySpan<byte> member, bool excluded) => new(excluded ? Kind.Excluded : Kind.Included, member);

    internal bool IsLowest => _kind == Kind.Lowest;

    internal bool IsHighest => _kind == Kind.Highest;

    internal bool IsExcluded => _kind == Kind.Excluded;

    internal ReadOnlySpan<byte> Member => _member;

    internal int CompareTo(MemberLimit other)
    {
        if (IsLowest || other.IsHighest)
            return _kind == other._kind ? 0 : -1;
        if (IsHighest || other.IsLowest)
            return 1;
        return _member.SequenceCompareTo(other._member);
    }
}

/// <summary>Members from a least to a greatest one; only of use in a sorted set whose members all have the same score.</summary>
public readonly ref struct MemberRange(MemberLimit min, MemberLimit max)
{
    private readonly MemberLimit _min = min;
    private readonly MemberLimit _max = max;

    /// <summary>Whether no member can be in it.</summary>
    public bool IsEmpty
    {
        get
        {
            var order = _min.CompareTo(_max);
            return order > 0 || (order == 0 && (_min.IsExcluded || _max.IsExcluded));
        }
    }

    internal MemberLimit Min => _min;

    internal MemberLimit Max => _max;

    /// <summary>Whether a member is before the range.</summary>
    public bool IsBefore(ReadOnlySpan<byte> member) =>
        !_min.IsLowest && (_min.IsHighest || member.SequenceCompareTo(_min.Member) < (_min.IsExcluded ? 1 : 0));

    /// <summary>Whether a member is behind the range.</summary>
    public bool IsBehind(ReadOnlySpan<byte> member) =>
        !_max.IsHighest && (_max.IsLowest || member.SequenceCompareTo(_max.Member) > (_max.IsExcluded ? -1 : 0));
}

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>A point between two elements of a tree: the elements that it follows are the first ones, however many.</summary>
internal unsafe interface ITreeBound
{
    /// <summary>Whether an element is before the bound.</summary>
    bool Follows(TreeSlot* slot);
}

/// <summary>The place of an element in the tree's order, by score and then by member as bytes: just before it or just behind it.</summary>
internal readonly unsafe ref struct ElementBound(double score, ReadOnlySpan<byte> member, bool behind) : ITreeBound
{
    private readonly double _score = score;
    private readonly ReadOnlySpan<byte> _member = member;
    private readonly int _limit = behind ? 1 : 0;

    public bool Follows(TreeSlot* slot) =>
        slot->Score < _score || (slot->Score == _score && slot->Member.SequenceCompareTo(_member) < _limit);
}

/// <summary>Before or behind all elements of a score.</summary>
internal readonly unsafe struct ScoreBound(double score, bool behind) : ITreeBound
{
    public bool Follows(TreeSlot* slot) => slot->Score < score || (behind && slot->Score == score);
}

/// <summary>Before or behind a member, in a tree whose elements all have the same score.</summary>
internal readonly unsafe ref struct MemberBound(ReadOnlySpan<byte> member, bool behind) : ITreeBound
{
    private readonly ReadOnlySpan<byte> _member = member;
    private readonly int _limit = behind ? 1 : 0;

    public bool Follows(TreeSlot* slot) => slot->Member.SequenceCompareTo(_member) < _limit;
}

/// <summary>Behind everything.</summary>
internal readonly unsafe struct EndBound : ITreeBound
{
    public bool Follows(TreeSlot* slot) => true;
}

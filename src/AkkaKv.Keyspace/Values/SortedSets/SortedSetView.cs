using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>
/// A sorted set for reading: elements by member, by rank, in ranges. Ranks count from 0, the lowest score first, equal scores by member as bytes. Valid until the
/// next change to its database.
/// </summary>
public readonly unsafe ref struct SortedSetView
{
    private readonly ReadOnlySpan<byte> _pack;
    private readonly LargeSortedSet _large;
    private readonly bool _isLarge;

    internal SortedSetView(EntryBlock block, NativeHeap heap, KeyHasher hasher)
    {
        _isLarge = block.IsStructured;
        if (_isLarge)
            _large = new LargeSortedSet((SortedSetRoot*)block.ValueAddress, heap, hasher);
        else
            _pack = block.Value;
    }

    /// <summary>Number of elements.</summary>
    public long Count => _isLarge ? _large.Count : PackedSortedSet.Count(_pack);

    /// <summary>The listpack of a compact sorted set, empty for a large one.</summary>
    public ReadOnlySpan<byte> Packed => _pack;

    /// <summary>The score of a member. False if there is no such member.</summary>
    public bool TryGetScore(ReadOnlySpan<byte> member, out double score)
    {
        if (_isLarge)
        {
            var element = _large.Find(member);
            score = element.IsNull ? 0 : LargeSortedSet.ScoreOf(element);
            return !element.IsNull;
        }

        var at = PackedSortedSet.Find(_pack, member);
        score = at < 0 ? 0 : PackedSortedSet.ScoreAt(_pack, at);
        return at >= 0;
    }

    /// <summary>How many elements are before a member; -1 if there is no such member.</summary>
    public long RankOf(ReadOnlySpan<byte> member)
    {
        if (_isLarge)
        {
            var element = _large.Find(member);
            return element.IsNull ? -1 : _large.Tree.Rank(new ElementBound(LargeSortedSet.ScoreOf(element), member, behind: false));
        }

        var at = PackedSortedSet.Find(_pack, member);
        return at < 0 ? -1 : PackedSortedSet.RankOf(_pack, at);
    }

    /// <summary>The elements from a rank on, at most <paramref name="count"/>, upwards or downwards.</summary>
    public SortedSetWalk Walk(long rank, long count, bool downwards)
    {
        if (count <= 0 || rank < 0 || rank >= Count)
            return default;
        return _isLarge
            ? new SortedSetWalk(_large.Tree.At(rank), count, downwards)
            : new SortedSetWalk(_pack, PackedSortedSet.At(_pack, (int)rank), count, downwards);
    }

    /// <summary>All elements, the lowest first.</summary>
    public SortedSetWalk GetEnumerator() => Walk(0, long.MaxValue, downwards: false);

    /// <summary>The elements whose score is in a range: the rank of the first one, and how many.</summary>
    public RankRange InRange(in ScoreRange range)
    {
        if (range.IsEmpty)
            return default;
        long first = 0, behind = 0;
        if (_isLarge)
        {
            first = _large.Tree.Rank(new ScoreBound(range.Min, range.WithoutMin));
            behind = _large.Tree.Rank(new ScoreBound(range.Max, !range.WithoutMax));
            return new RankRange(first, behind - first);
        }

        for (var at = Listpack.First(_pack); at >= 0; at = PackedSortedSet.Next(_pack, at), behind++)
        {
            var score = PackedSortedSet.ScoreAt(_pack, at);
            if (range.IsBehind(score))
                break;
            if (range.IsBefore(score))
                first++;
        }

        return new RankRange(first, behind - first);
    }

    /// <summary>
    /// The elements whose member is in a range. Only if all scores are equal is that a question with one answer; otherwise it is Redis's for compact sorted sets, which looks for
    /// the first one from below, or <paramref name="downwards"/> for the last one from above, and goes on while it is in the range.
    /// </summary>
    public RankRange InRange(MemberRange range, bool downwards = false)
    {
        if (range.IsEmpty)
            return default;
        if (!_isLarge)
            return InPackedRange(range, downwards);
        var tree = _large.Tree;
        var first = range.Min.IsLowest ? 0 : range.Min.IsHighest ? Count : tree.Rank(new MemberBound(range.Min.Member, range.Min.IsExcluded));
        var behind = range.Max.IsHighest ? Count : range.Max.IsLowest ? 0 : tree.Rank(new MemberBound(range.Max.Member, !range.Max.IsExcluded));
        return new RankRange(first, Math.Max(behind - first, 0));
    }

    /// <summary>Visits the elements of one bucket, or all of a compact sorted set, and returns the cursor to go on with; as <see cref="Database.Scan"/>.</summary>
    public ulong Scan<TState>(ulong cursor, ref TState state, SortedSetVisitor<TState> visit)
    {
        if (!_isLarge)
        {
            foreach (var element in this)
                visit(ref state, element.Member, element.Score);
            return 0;
        }

        var visitor = new TableVisitor<TState> { State = ref state, Visit = visit };
        return TableIteration.Scan(
            _large.Table,
            cursor,
            ref visitor,
            static (ref TableVisitor<TState> it, Entry entry) => it.Visit(ref it.State, new Element(entry.Key), LargeSortedSet.ScoreOf(entry.Block)));
    }

    private RankRange InPackedRange(MemberRange range, bool downwards)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        var count = PackedSortedSet.Count(_pack);
        if (count == 0 || range.IsBefore(PackedSortedSet.MemberAt(_pack, PackedSortedSet.At(_pack, count - 1)).AsBytes(scratch))
            || range.IsBehind(PackedSortedSet.MemberAt(_pack, PackedSortedSet.At(_pack, 0)).AsBytes(scratch)))
        {
            return default;
        }

        long skipped = 0, found = 0;
        for (var walk = Walk(downwards ? count - 1 : 0, count, downwards); walk.MoveNext();)
        {
            var member = walk.Member.AsBytes(scratch);
            if (found == 0 && (downwards ? range.IsBehind(member) : range.IsBefore(member)))
                skipped++;
            else if (downwards ? range.IsBefore(member) : range.IsBehind(member))
                break;
            else
                found++;
        }

        return new RankRange(downwards ? count - skipped - found : skipped, found);
    }

    private ref struct TableVisitor<TState>
    {
        public ref TState State;
        public SortedSetVisitor<TState> Visit;
    }
}

/// <summary>Elements one after the other: the rank of the lowest one, and how many.</summary>
/// <param name="First">The rank of the lowest one.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct RankRange(long First, long Count);

/// <summary>Is called with elements of a sorted set. It must not change the database.</summary>
/// <param name="state">What the caller handed over.</param>
/// <param name="member">The member, valid during the call.</param>
/// <param name="score">Its score.</param>
public delegate void SortedSetVisitor<TState>(ref TState state, Element member, double score);

using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Snapshots;

/// <summary>
/// One database's part of a snapshot. It belongs to the contents that the database had at the start and follows them wherever they go: a swap
/// of databases does not concern it, and a flush leaves it the contents until it is done.
/// </summary>
/// <remarks>
/// Each entry carries a byte of marks, one bit for each snapshot of its contents, and the contents have the byte that new entries get. An entry
/// whose bit differs existed at the start and has not been seen by the snapshot; whoever is about to change it hands it over, and both
/// that and the walk make the bit the same. When the walk is done all bits are the same: so the next snapshot begins by turning the
/// contents' bit over, and no entry is touched for it. The walk is that of SCAN, which misses nothing that stays; what it finds twice, the
/// mark tells.
/// </remarks>
internal sealed class DatabaseSnapshot : IDisposable
{
    private readonly byte _bit;
    private readonly KeptEntries _kept;
    private ulong _cursor;
    private bool _isWalked;
    private bool _isAbandoned;

    /// <summary>Begins a snapshot of what is in <paramref name="contents"/> now; there must be a free mark.</summary>
    /// <param name="index">The number that the database has at this moment.</param>
    /// <param name="contents">What the database holds.</param>
    public DatabaseSnapshot(int index, DatabaseContents contents)
    {
        Index = index;
        Contents = contents;
        KeyCount = contents.Table.Count;
        ExpiringCount = contents.Expiry.Count;
        _kept = new KeptEntries(contents.IsGuarded);
        contents.Retain();
        _bit = contents.Marks.Add(this);
    }

    /// <summary>The number that the database had at the start.</summary>
    public int Index { get; }

    /// <summary>The contents that are walked.</summary>
    public DatabaseContents Contents { get; }

    /// <summary>Number of keys at the start.</summary>
    public long KeyCount { get; }

    /// <summary>Number of keys with an expiry at the start.</summary>
    public long ExpiringCount { get; }

    /// <summary>Whether entries are waiting that were changed before the walk reached them.</summary>
    public bool HasKept => _kept.Count > 0;

    /// <summary>Whether the walk through the table is done; nothing is handed over any more.</summary>
    public bool IsWalked => _isWalked;

    /// <summary>Bytes of native memory that the handed-over entries take.</summary>
    public long KeptBytes => _kept.UsedBytes;

    /// <summary>Takes over an entry that is about to change. Called by the contents, which see to the mark.</summary>
    public void Keep(EntryBlock entry, KeyHasher hasher)
    {
        if (!_isAbandoned)
            _kept.Push(entry, hasher);
    }

    /// <summary>Nobody wants the rest: nothing is kept from now on, and the walk only sees to the marks.</summary>
    public void Abandon()
    {
        _isAbandoned = true;
        _kept.Dispose();
    }

    /// <summary>Visits one of the entries that were handed over; there must be one.</summary>
    public void VisitKept<TState>(ref TState state, SnapshotVisitor<TState> visit)
    {
        visit(ref state, Index, new Entry(_kept.Last));
        _kept.Pop();
    }

    /// <summary>Visits the entries of one more bucket that have not been seen.</summary>
    public void Walk<TState>(ref TState state, SnapshotVisitor<TState> visit)
    {
        var walker = new Walker<TState> { Part = this, State = ref state, Visit = visit };
        _cursor = TableIteration.Scan(Contents.Table, _cursor, ref walker, static (ref Walker<TState> it, Entry entry) => it.See(entry));
        if (_cursor == 0)
            EndWalk();
    }

    /// <summary>Frees what the snapshot holds. If the walk is not done, the contents must not be used any more by anybody else either.</summary>
    public void Dispose()
    {
        _isWalked = true;
        _kept.Dispose();
        Contents.Dispose();
    }

    private void EndWalk()
    {
        _isWalked = true;
        Contents.Marks.Remove(_bit);
    }

    private ref struct Walker<TState>
    {
        public DatabaseSnapshot Part;
        public ref TState State;
        public SnapshotVisitor<TState> Visit;

        public readonly void See(Entry entry)
        {
            var block = entry.Block;
            if (((block.SnapshotMarks ^ Part.Contents.Heap.EntryMarks) & Part._bit) == 0)
                return;
            if (!Part._isAbandoned)
                Visit(ref State, Part.Index, entry);
            block.SnapshotMarks ^= Part._bit;
        }
    }
}

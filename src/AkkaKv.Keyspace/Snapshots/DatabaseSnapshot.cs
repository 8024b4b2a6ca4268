using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values;

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
/// mark tells. The elements of large values carry marks too: such a value is neither copied nor visited in one piece but walked in the same way.
/// </remarks>
internal sealed class DatabaseSnapshot : IDisposable
{
    private readonly byte _bit;
    private readonly bool _inParts;
    private readonly NativeHeap _heap;
    private readonly KeptEntries _kept;
    private readonly Queue<ValueWalk> _walks = new();
    private ValueWalk? _walk;
    private ulong _cursor;
    private bool _isTableWalked;
    private bool _isAbandoned;

    /// <summary>Begins a snapshot of what is in <paramref name="contents"/> now; there must be a free mark.</summary>
    /// <param name="index">The number that the database has at this moment.</param>
    /// <param name="contents">What the database holds.</param>
    /// <param name="inParts">Whether large values are visited in parts.</param>
    public DatabaseSnapshot(int index, DatabaseContents contents, bool inParts)
    {
        Index = index;
        Contents = contents;
        KeyCount = contents.Table.Count;
        ExpiringCount = contents.Expiry.Count;
        _inParts = inParts;
        _heap = new NativeHeap(new HeapContext(contents.Heap.Context.Source), contents.IsGuarded);
        _kept = new KeptEntries(_heap);
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

    /// <summary>Whether a large value is being visited: its parts come before anything else.</summary>
    public bool IsInsideValue => _walk != null;

    /// <summary>Whether entries are waiting that were changed before the walk reached them, or large values to be walked.</summary>
    public bool HasKept => _kept.Count > 0 || _walks.Count > 0 || _walk != null;

    /// <summary>Whether everything is done; nothing is handed over any more.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Bytes of native memory that the handed-over entries take.</summary>
    public long KeptBytes => _heap.UsedBytes;

    /// <summary>Takes over an entry that is about to change. Called by the contents, which see to the mark.</summary>
    public void Keep(EntryBlock entry, KeyHasher hasher)
    {
        if (IsWalkedInParts(entry))
        {
            BeginWalk(entry);
            return;
        }

        if (!_isAbandoned)
            _kept.Push(entry, hasher);
        MarkElements(entry);
    }

    /// <summary>Nobody wants the rest: nothing is kept from now on, and the walk only sees to the marks.</summary>
    public void Abandon()
    {
        _isAbandoned = true;
        while (_kept.Count > 0)
            _kept.Pop();
    }

    /// <summary>Visits one of the entries that were handed over, or a part of a large value; there must be one.</summary>
    public void VisitKept<TState>(ref TState state, SnapshotVisitor<TState> visit, SnapshotPartVisitor<TState>? visitPart)
    {
        if (_walk == null && _kept.Count > 0)
        {
            visit(ref state, Index, new Entry(_kept.Last));
            _kept.Pop();
            return;
        }

        if (_walk == null)
        {
            _walk = _walks.Dequeue();
            TellOf(_walk, SnapshotPartKind.Start, ref state, visitPart);
        }

        StepWalk(_walk, ref state, visitPart);
    }

    /// <summary>Visits the entries of one more bucket that have not been seen.</summary>
    public void Walk<TState>(ref TState state, SnapshotVisitor<TState> visit)
    {
        if (!_isTableWalked)
        {
            var walker = new Walker<TState> { Part = this, State = ref state, Visit = visit };
            _cursor = TableIteration.Scan(Contents.Table, _cursor, ref walker, static (ref Walker<TState> it, Entry entry) => it.See(entry));
            _isTableWalked = _cursor == 0;
        }

        EndIfDone();
    }

    /// <summary>Frees what the snapshot holds. If it is not done, the contents must not be used any more by anybody else either.</summary>
    public void Dispose()
    {
        IsDone = true;
        _heap.Dispose();
        Contents.Dispose();
    }

    private bool IsWalkedInParts(EntryBlock entry) => _inParts && entry.IsStructured && StructuredValues.IsWorthWalking(entry);

    private void BeginWalk(EntryBlock entry)
    {
        var walk = ValueWalk.Begin(Contents, entry, _bit, _heap);
        Contents.Heap.Walks.Add(walk);
        _walks.Enqueue(walk);
    }

    /// <summary>The elements of a value that was taken in one piece have been seen too.</summary>
    private void MarkElements(EntryBlock entry)
    {
        if (entry.IsStructured)
            StructuredValues.MarkAll(entry, _bit, Contents.Heap.EntryMarks);
    }

    private void StepWalk<TState>(ValueWalk walk, ref TState state, SnapshotPartVisitor<TState>? visitPart)
    {
        if (!walk.Step(Index, ref state, _isAbandoned ? null : visitPart))
            return;
        TellOf(walk, SnapshotPartKind.End, ref state, visitPart);
        _walk = null;
        walk.Free();
        if (Contents.Heap.Walks.End(walk))
            Contents.Reclaimer.Free(walk.Block);
        EndIfDone();
    }

    private void TellOf<TState>(ValueWalk walk, SnapshotPartKind kind, ref TState state, SnapshotPartVisitor<TState>? visitPart)
    {
        if (!_isAbandoned)
            visitPart!(ref state, Index, walk.Part(kind));
    }

    /// <summary>The bit is free for another snapshot once every entry and every element has been seen.</summary>
    private void EndIfDone()
    {
        if (IsDone || !_isTableWalked || _walk != null || _walks.Count > 0)
            return;
        IsDone = true;
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
            block.SnapshotMarks ^= Part._bit;
            if (Part.IsWalkedInParts(block))
            {
                Part.BeginWalk(block);
                return;
            }

            if (!Part._isAbandoned)
                Visit(ref State, Part.Index, entry);
            Part.MarkElements(block);
        }
    }
}

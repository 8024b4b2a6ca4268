namespace AkkaKv.Keyspace.Snapshots;

/// <summary>
/// All keys of a store as they are at one moment, visited a few at a time while the store goes on changing: every key of that moment is visited
/// exactly once, with the value and expiry that it had then; keys that came later never are. What is about to change before it was
/// visited is copied first, and freed when it was visited; at worst, if everything changes before the walk gets there, that is as much memory as the
/// data take. Used by the store's thread; there can be <see cref="CountMax"/> of them at once.
/// </summary>
/// <remarks>
/// The copy is made at once, so a change to a value of hundreds of megabytes that was not visited takes as long as copying it.
/// One that is not wanted any more is told so by <see cref="Abandon"/> and must nevertheless be continued to its end.
/// </remarks>
public sealed class StoreSnapshot : IDisposable
{
    /// <summary>Snapshots that one store can have at once, abandoned ones that have not come to their end included.</summary>
    public const int CountMax = SnapshotMarks.Max;

    private readonly Store _store;
    private readonly List<DatabaseSnapshot> _parts = [];
    private int _walking;
    private bool _isDisposed;

    internal StoreSnapshot(Store store, IEnumerable<(int Index, DatabaseContents Contents)> databases, bool inParts)
    {
        _store = store;
        IsInParts = inParts;
        foreach (var (index, contents) in databases)
        {
            if (contents.Table.Count > 0)
                _parts.Add(new DatabaseSnapshot(index, contents, inParts));
        }

        FinishIfDone();
    }

    /// <summary>Whether large values are visited in parts.</summary>
    public bool IsInParts { get; }

    /// <summary>Whether every key has been visited.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Number of keys that all databases had at the start.</summary>
    public long KeysTotal => _parts.Sum(part => part.KeyCount);

    /// <summary>Number of keys that a database had at the start.</summary>
    public long KeyCount(int database) => Part(database)?.KeyCount ?? 0;

    /// <summary>Number of keys with an expiry that a database had at the start.</summary>
    public long ExpiringCount(int database) => Part(database)?.ExpiringCount ?? 0;

    /// <summary>
    /// Bytes of native memory that only the snapshot needs: copies of what changed before it was visited, and databases that were flushed.
    /// </summary>
    internal long UsedMemory(Func<DatabaseContents, bool> isInUse)
    {
        var used = 0L;
        foreach (var part in _parts)
            used += part.KeptBytes + (isInUse(part.Contents) ? 0 : part.Contents.UsedBytes);
        return used;
    }

    /// <summary>
    /// Visits some more keys: those that changed first, so that their copies need not be kept, then those in the table. Returns
    /// <see cref="IsFinished"/>.
    /// </summary>
    /// <param name="steps">At most so many copies and buckets of the table (7 keys on average, but empty ones count too).</param>
    /// <param name="state">Handed to the visitor.</param>
    /// <param name="visit">Called for each key; must not change the store.</param>
    /// <param name="visitPart">Called for each part of a large value, if the snapshot is one in parts.</param>
    public bool Continue<TState>(int steps, ref TState state, SnapshotVisitor<TState> visit, SnapshotPartVisitor<TState>? visitPart = null)
    {
        if (IsInParts && visitPart is null)
            throw new ArgumentNullException(nameof(visitPart), "The snapshot visits large values in parts.");
        for (; steps > 0 && !FinishIfDone(); steps--)
        {
            if (NextWithKept() is { } part)
                part.VisitKept(ref state, visit, visitPart);
            else
                WalkTables(ref state, visit);
        }

        return FinishIfDone();
    }

    /// <summary>Nobody wants the rest: <see cref="Continue"/> visits nothing any more, which is quick, and nothing is copied for it.</summary>
    public void Abandon()
    {
        foreach (var part in _parts)
            part.Abandon();
        FinishIfDone();
    }

    /// <summary>
    /// Frees what the snapshot holds, on any thread if <see cref="IsFinished"/>; otherwise abandons it and goes through all keys, which takes its time.
    /// </summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        if (!IsFinished)
        {
            Abandon();
            var nothing = 0;
            while (!Continue(int.MaxValue, ref nothing, static (ref int _, int _, Entry _) => { }, static (ref int _, int _, in SnapshotPart _) => { }))
            {
                // Everything is done in one call.
            }
        }

        Free();
    }

    /// <summary>The store is disposed: its keys are gone, and the snapshot with them.</summary>
    internal void Free()
    {
        _isDisposed = IsFinished = true;
        foreach (var part in _parts)
            part.Dispose();
        _parts.Clear();
    }

    private DatabaseSnapshot? Part(int database) => _parts.Find(part => part.Index == database);

    /// <summary>The part whose turn it is to hand out what waits: that which is in the middle of a value, or any.</summary>
    private DatabaseSnapshot? NextWithKept()
    {
        DatabaseSnapshot? waiting = null;
        foreach (var part in _parts)
        {
            if (part.IsInsideValue)
                return part;
            if (part.HasKept)
                waiting ??= part;
        }

        return waiting;
    }

    private void WalkTables<TState>(ref TState state, SnapshotVisitor<TState> visit)
    {
        var part = _parts[_walking];
        part.Walk(ref state, visit);
        if (!part.HasKept && part.IsDone)
            _walking++;
    }

    private bool FinishIfDone()
    {
        while (_walking < _parts.Count && _parts[_walking] is { IsDone: true, HasKept: false })
            _walking++;
        if (IsFinished || _walking < _parts.Count || _parts.Exists(static part => part.HasKept))
            return IsFinished;
        IsFinished = true;
        _store.Forget(this);
        return true;
    }
}

/// <summary>Is called with each key of a snapshot. It must not change the store.</summary>
/// <param name="state">What the caller handed to the snapshot.</param>
/// <param name="database">The number that the key's database had when the snapshot began.</param>
/// <param name="entry">The key as it was then; valid during the call.</param>
public delegate void SnapshotVisitor<TState>(ref TState state, int database, Entry entry);

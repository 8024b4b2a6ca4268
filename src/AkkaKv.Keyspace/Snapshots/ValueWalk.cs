using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace.Snapshots;

/// <summary>
/// A snapshot's way through one large value: the same as its way through the database, one level below. What is about to change and was not seen is copied
/// first; a value that loses its key meanwhile is kept until the walk is done.
/// </summary>
internal abstract class ValueWalk
{
    private readonly EntryBlock _head;

    /// <summary>Begins a walk through the value of an entry as it is now.</summary>
    /// <param name="contents">Where the entry is.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="bit">The snapshot's bit in the marks.</param>
    /// <param name="heap">The snapshot's heap, for copies.</param>
    protected ValueWalk(DatabaseContents contents, EntryBlock entry, byte bit, NativeHeap heap)
    {
        Contents = contents;
        Bit = bit;
        Heap = heap;
        Block = entry;
        _head = KeptEntries.CopyKey(entry, heap);
    }

    /// <summary>Where the key's block is; it may move, and outlive its key.</summary>
    public EntryBlock Block { get; set; }

    /// <summary>Number of elements, or of a list's pieces, at the start.</summary>
    public long Count { get; protected init; }

    /// <summary>The database's contents.</summary>
    protected DatabaseContents Contents { get; }

    /// <summary>The snapshot's bit in the marks.</summary>
    protected byte Bit { get; }

    /// <summary>The snapshot's heap.</summary>
    protected NativeHeap Heap { get; }

    /// <summary>Begins the kind of walk that fits the value of an entry.</summary>
    public static ValueWalk Begin(DatabaseContents contents, EntryBlock entry, byte bit, NativeHeap heap) =>
        entry.Type == DataType.List ? new ListWalk(contents, entry, bit, heap) : new TableWalk(contents, entry, bit, heap);

    /// <summary>Visits some more of the value; true when all has been visited.</summary>
    /// <param name="database">Handed to the visitor.</param>
    /// <param name="state">Handed to the visitor.</param>
    /// <param name="visit">Called for each part; null if nobody wants them any more.</param>
    public abstract bool Step<TState>(int database, ref TState state, SnapshotPartVisitor<TState>? visit);

    /// <summary>What is told of the value.</summary>
    public SnapshotPart Part(SnapshotPartKind kind, Entry element = default) => new(kind, new Entry(_head), Count, element, default, 0);

    /// <summary>What is told of a piece of a list.</summary>
    public SnapshotPart Part(ReadOnlySpan<byte> entries, int count) => new(SnapshotPartKind.Element, new Entry(_head), Count, default, entries, count);

    /// <summary>Frees what the walk holds; it is done.</summary>
    public void Free() => _head.FreeBlocks(Heap);

    /// <summary>Whether something with these marks was there at the start and has not been seen.</summary>
    protected bool IsUnseen(byte marks) => ((marks ^ Contents.Heap.EntryMarks) & Bit) != 0;
}

using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace.Snapshots;

/// <summary>
/// A snapshot's way through the elements of one large hash, set or sorted set: the same as a snapshot's way through a database, one level below. An element about to change
/// that was not seen is copied first; a value that loses its key meanwhile is kept until the walk is done.
/// </summary>
internal sealed unsafe class StructureWalk
{
    private readonly DatabaseContents _contents;
    private readonly byte _bit;
    private readonly NativeHeap _heap;
    private readonly EntryBlock _head;
    private readonly KeptEntries _changed;
    private ulong _cursor;
    private bool _isWalked;

    /// <summary>Begins a walk through the structure of an entry as it is now.</summary>
    /// <param name="contents">Where the entry is.</param>
    /// <param name="entry">The entry; its structure has a table.</param>
    /// <param name="bit">The snapshot's bit in the marks.</param>
    /// <param name="heap">The snapshot's heap, for copies.</param>
    public StructureWalk(DatabaseContents contents, EntryBlock entry, byte bit, NativeHeap heap)
    {
        _contents = contents;
        _bit = bit;
        _heap = heap;
        _changed = new KeptEntries(heap);
        _head = _changed.CopyKey(entry);
        Block = entry;
        Count = StructuredValues.TableOf(entry)->Count;
    }

    /// <summary>Where the key's block is; it may move, and outlive its key.</summary>
    public EntryBlock Block { get; set; }

    /// <summary>Number of elements at the start.</summary>
    public long Count { get; }

    /// <summary>Copies an element that is about to change, if the walk has not seen it.</summary>
    public void BeforeChange(EntryBlock element)
    {
        if (!IsUnseen(element))
            return;
        _changed.Push(element, _contents.Hasher);
        element.SnapshotMarks ^= _bit;
    }

    /// <summary>Visits one of the elements that have changed, or those of one more bucket; true when all have been visited.</summary>
    /// <param name="database">Handed to the visitor.</param>
    /// <param name="state">Handed to the visitor.</param>
    /// <param name="visit">Called for each element; null if nobody wants them any more.</param>
    public bool Step<TState>(int database, ref TState state, SnapshotPartVisitor<TState>? visit)
    {
        if (_changed.Count > 0)
        {
            visit?.Invoke(ref state, database, Part(SnapshotPartKind.Element, new Entry(_changed.Last)));
            _changed.Pop();
        }
        else if (!_isWalked)
        {
            var walker = new Walker<TState> { Walk = this, Database = database, State = ref state, Visit = visit };
            var table = new HashTable(StructuredValues.TableOf(Block), _contents.Heap, _contents.Hasher);
            _cursor = TableIteration.Scan(table, _cursor, ref walker, static (ref Walker<TState> it, Entry element) => it.See(element));
            _isWalked = _cursor == 0;
        }

        return _isWalked && _changed.Count == 0;
    }

    /// <summary>What is told of the value.</summary>
    public SnapshotPart Part(SnapshotPartKind kind, Entry element = default) => new(kind, new Entry(_head), Count, element);

    /// <summary>Frees what the walk has copied; it is done, or nobody wants its rest.</summary>
    public void Forget()
    {
        while (_changed.Count > 0)
            _changed.Pop();
        _head.FreeBlocks(_heap);
    }

    private bool IsUnseen(EntryBlock element) => ((element.SnapshotMarks ^ _contents.Heap.EntryMarks) & _bit) != 0;

    private ref struct Walker<TState>
    {
        public StructureWalk Walk;
        public int Database;
        public ref TState State;
        public SnapshotPartVisitor<TState>? Visit;

        public readonly void See(Entry element)
        {
            var block = element.Block;
            if (!Walk.IsUnseen(block))
                return;
            Visit?.Invoke(ref State, Database, Walk.Part(SnapshotPartKind.Element, element));
            block.SnapshotMarks ^= Walk._bit;
        }
    }
}

using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace.Snapshots;

/// <summary>A snapshot's way through the elements of a large hash, set or sorted set, in the order of its table.</summary>
internal sealed unsafe class TableWalk : ValueWalk
{
    private readonly KeptEntries _changed;
    private ulong _cursor;
    private bool _isWalked;

    public TableWalk(DatabaseContents contents, EntryBlock entry, byte bit, NativeHeap heap)
        : base(contents, entry, bit, heap)
    {
        _changed = new KeptEntries(heap);
        Count = StructuredValues.TableOf(entry)->Count;
    }

    /// <summary>Copies an element that is about to change, if the walk has not seen it.</summary>
    public void BeforeChange(EntryBlock element)
    {
        if (!IsUnseen(element.SnapshotMarks))
            return;
        _changed.Push(element, Contents.Hasher);
        element.SnapshotMarks ^= Bit;
    }

    /// <inheritdoc/>
    /// <remarks>One of the elements that have changed, or those of one more bucket.</remarks>
    public override bool Step<TState>(int database, ref TState state, SnapshotPartVisitor<TState>? visit)
    {
        if (_changed.Count > 0)
        {
            visit?.Invoke(ref state, database, Part(SnapshotPartKind.Element, new Entry(_changed.Last)));
            _changed.Pop();
        }
        else if (!_isWalked)
        {
            var walker = new Walker<TState> { Walk = this, Database = database, State = ref state, Visit = visit };
            var table = new HashTable(StructuredValues.TableOf(Block), Contents.Heap, Contents.Hasher);
            _cursor = TableIteration.Scan(table, _cursor, ref walker, static (ref Walker<TState> it, Entry element) => it.See(element));
            _isWalked = _cursor == 0;
        }

        return _isWalked && _changed.Count == 0;
    }

    private ref struct Walker<TState>
    {
        public TableWalk Walk;
        public int Database;
        public ref TState State;
        public SnapshotPartVisitor<TState>? Visit;

        public readonly void See(Entry element)
        {
            var block = element.Block;
            if (!Walk.IsUnseen(block.SnapshotMarks))
                return;
            Visit?.Invoke(ref State, Database, Walk.Part(SnapshotPartKind.Element, element));
            block.SnapshotMarks ^= Walk.Bit;
        }
    }
}

using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Hashes;
using AkkaKv.Keyspace.Values.Sets;

namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// Moves the keys of a database out of sparse pages, a little at a time: after many keys were removed among others that stay, each page holds some and none can go
/// back to the system. It walks the table as SCAN does and moves the block of a key, and those of the fields and members of hashes and sets, where that
/// helps to empty a page. Snapshots, expiries and walks learn of it as they do when a block moves for any other reason.
/// </summary>
/// <remarks>Blocks that others point at are left where they are: nodes of lists, members of sorted sets, entries of streams, chained buckets.</remarks>
internal sealed unsafe class Compaction(Database database)
{
    // The elements of a value below this are moved with it; those of a larger one in steps of their own.
    private const long MovedAtOnce = 256;

    private readonly Queue<byte[]> _largeValues = new();
    private DatabaseContents? _contents;
    private ulong _cursor;
    private ulong _elementCursor;

    /// <summary>Blocks that were moved.</summary>
    public long Moved { get; private set; }

    /// <summary>Blocks that were looked at and stay.</summary>
    public long Kept { get; private set; }

    /// <summary>Looks at some more blocks, about as many as <paramref name="budget"/>. True: one pass through the database is complete.</summary>
    public bool Continue(ref int budget)
    {
        if (database.Contents != _contents || (_cursor == 0 && _largeValues.Count == 0))
            Begin();
        while (budget > 0)
        {
            if (_largeValues.TryPeek(out var key))
            {
                ContinueElements(key, ref budget);
            }
            else
            {
                var before = Moved + Kept;
                var pass = new Pass { Compaction = this };
                _cursor = TableIteration.Scan(_contents!.Table, _cursor, ref pass, static (ref Pass it, Entry entry) => it.Compaction.Consider(entry));
                budget -= (int)Math.Max(Moved + Kept - before, 1);
            }

            if (_cursor == 0 && _largeValues.Count == 0)
                return true;
        }

        return false;
    }

    private void Begin()
    {
        _contents = database.Contents;
        _cursor = _elementCursor = 0;
        _largeValues.Clear();
        _contents.Heap.BeginMoving();
    }

    private void Consider(Entry entry)
    {
        var place = database.PlaceOf(entry);
        var block = place.Block;
        if (place.Heap.ShouldMove(block.Address, block.SizeClass))
        {
            place.Relocate();
            block = place.Block;
            Moved++;
        }
        else
        {
            Kept++;
        }

        var table = MovableElements(block);
        if (table == null)
            return;
        if (table->Count >= MovedAtOnce)
        {
            _largeValues.Enqueue(block.Key.ToArray());
            return;
        }

        var cursor = 0ul;
        do
            cursor = ConsiderElements(table, cursor);
        while (cursor != 0);
    }

    private void ContinueElements(byte[] key, ref int budget)
    {
        var entry = database.Find(key);
        var table = entry.Exists ? MovableElements(entry.Block) : null;
        if (table != null)
        {
            var before = Moved + Kept;
            _elementCursor = ConsiderElements(table, _elementCursor);
            budget -= (int)Math.Max(Moved + Kept - before, 1);
        }

        if (table != null && _elementCursor != 0)
            return;
        _elementCursor = 0;
        _largeValues.Dequeue();
    }

    private ulong ConsiderElements(TableRoot* root, ulong cursor)
    {
        var pass = new Pass { Compaction = this };
        var table = new HashTable(root, _contents!.Heap, _contents.Hasher);
        return TableIteration.Scan(table, cursor, ref pass, static (ref Pass it, Entry element) => it.Compaction.ConsiderElement(element.Slot));
    }

    private void ConsiderElement(Slot slot)
    {
        var heap = _contents!.Heap;
        var element = slot.Entry;
        if (!heap.ShouldMove(element.Address, element.SizeClass))
        {
            Kept++;
            return;
        }

        slot.Bucket->SetAddress(slot.Index, heap.Move(element.Address, element.SizeClass));
        Moved++;
    }

    /// <summary>The table of a value whose elements nothing else points at; null if it has none.</summary>
    private static TableRoot* MovableElements(EntryBlock entry)
    {
        if (!entry.IsStructured)
            return null;
        return entry.Type switch
        {
            DataType.Hash => &((HashRoot*)entry.ValueAddress)->Fields,
            DataType.Set => &((SetRoot*)entry.ValueAddress)->Members,
            _ => null,
        };
    }

    private ref struct Pass
    {
        public Compaction Compaction;
    }
}

using System.Diagnostics;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values.Hashes;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Keyspace.Values.SortedSets;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Keyspace.Values;

/// <summary>
/// What every large structure can do whatever its type: be freed a little at a time, be copied, and tell its size. The structure's root is the value of its key's
/// block; all else lies in blocks of the same heap.
/// </summary>
internal static unsafe class StructuredValues
{
    // A structure below this is copied or visited in less time than is worth speaking of.
    private const long WalkedFromElements = 512;
    private const long WalkedFromNodes = 16;

    /// <summary>
    /// Frees the blocks of a structure until <paramref name="budget"/>, about one for each element, is used up. True when only the root is left; until then
    /// nothing else may be done with it.
    /// </summary>
    public static bool FreeSome(EntryBlock entry, NativeHeap heap, ref int budget)
    {
        Debug.Assert(entry.IsStructured);
        return entry.Type switch
        {
            DataType.Hash => HashRoot.FreeSome((HashRoot*)entry.ValueAddress, heap, ref budget),
            DataType.Set => SetRoot.FreeSome((SetRoot*)entry.ValueAddress, heap, ref budget),
            DataType.ZSet => LargeSortedSet.FreeSome((SortedSetRoot*)entry.ValueAddress, heap, ref budget),
            DataType.List => ListRoot.FreeSome((ListRoot*)entry.ValueAddress, heap, ref budget),
            DataType.Stream => StreamRoot.FreeSome((StreamRoot*)entry.ValueAddress, heap, ref budget),
            _ => throw NoStructure(entry.Type),
        };
    }

    /// <summary>Makes the root in <paramref name="copy"/>, whose bytes are those of <paramref name="entry"/>'s, one of a structure of its own in <paramref name="heap"/>.</summary>
    public static void Copy(EntryBlock entry, EntryBlock copy, NativeHeap heap, KeyHasher hasher)
    {
        Debug.Assert(entry.IsStructured && copy.IsStructured && heap != null && hasher != null);
        switch (entry.Type)
        {
            case DataType.Hash:
                HashRoot.Copy((HashRoot*)entry.ValueAddress, (HashRoot*)copy.ValueAddress, heap, hasher);
                break;
            case DataType.Set:
                SetRoot.Copy((SetRoot*)entry.ValueAddress, (SetRoot*)copy.ValueAddress, heap, hasher);
                break;
            case DataType.ZSet:
                LargeSortedSet.Copy((SortedSetRoot*)entry.ValueAddress, (SortedSetRoot*)copy.ValueAddress, heap, hasher);
                break;
            case DataType.List:
                ListRoot.Copy((ListRoot*)entry.ValueAddress, (ListRoot*)copy.ValueAddress, heap);
                break;
            case DataType.Stream:
                StreamRoot.Copy((StreamRoot*)entry.ValueAddress, (StreamRoot*)copy.ValueAddress, heap, hasher);
                break;
            default:
                throw NoStructure(entry.Type);
        }
    }

    /// <summary>Bytes of native memory that the structure takes beside its root.</summary>
    public static long CostOf(EntryBlock entry)
    {
        Debug.Assert(entry.IsStructured);
        return entry.Type switch
        {
            DataType.Hash => ((HashRoot*)entry.ValueAddress)->Bytes,
            DataType.Set => ((SetRoot*)entry.ValueAddress)->Bytes,
            DataType.ZSet => ((SortedSetRoot*)entry.ValueAddress)->Bytes,
            DataType.List => ((ListRoot*)entry.ValueAddress)->Bytes,
            DataType.Stream => ((StreamRoot*)entry.ValueAddress)->Bytes,
            _ => throw NoStructure(entry.Type),
        };
    }

    /// <summary>The table of a structure's elements, or null if it has none.</summary>
    public static TableRoot* TableOf(EntryBlock entry)
    {
        Debug.Assert(entry.IsStructured);
        return entry.Type switch
        {
            DataType.Hash => &((HashRoot*)entry.ValueAddress)->Fields,
            DataType.Set => &((SetRoot*)entry.ValueAddress)->Members,
            DataType.ZSet => &((SortedSetRoot*)entry.ValueAddress)->Table,
            _ => null,
        };
    }

    /// <summary>Where a structure keeps its number among <see cref="Snapshots.ValueWalks"/>, or null if it cannot be walked.</summary>
    public static uint* SnapshotLinkOf(EntryBlock entry)
    {
        if (entry.Type == DataType.List)
            return &((ListRoot*)entry.ValueAddress)->SnapshotLink;
        var table = TableOf(entry);
        return table == null ? null : &table->SnapshotLink;
    }

    /// <summary>Whether copying or visiting a structure in one piece would take long: then snapshots walk it.</summary>
    public static bool IsWorthWalking(EntryBlock entry) => entry.Type == DataType.List
        ? ((ListRoot*)entry.ValueAddress)->NodeCount >= WalkedFromNodes
        : CountInTable(entry) >= WalkedFromElements;

    /// <summary>Sets one snapshot's bit in the marks of everything in a structure.</summary>
    public static void MarkAll(EntryBlock entry, byte bit, byte marks)
    {
        if (entry.Type == DataType.List)
        {
            for (var node = ((ListRoot*)entry.ValueAddress)->First; !node.IsNull; node = node.Next)
                node.SnapshotMarks = (byte)((node.SnapshotMarks & ~bit) | (marks & bit));
            return;
        }

        var table = TableOf(entry);
        if (table == null)
            return;
        for (var elements = new TableEnumerator(table); elements.MoveNext();)
        {
            var element = elements.Current;
            element.SnapshotMarks = (byte)((element.SnapshotMarks & ~bit) | (marks & bit));
        }
    }

    /// <summary>Number of elements in a structure's table; 0 if it has none.</summary>
    public static long CountInTable(EntryBlock entry)
    {
        var table = TableOf(entry);
        return table == null ? 0 : table->Count;
    }

    private static UnreachableException NoStructure(DataType type) => new($"Values of type {type} have no large structure.");
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>
/// A large sorted set: a hash table finds an element by its member, a counted tree has them in order. The struct is a way to use a root and holds nothing itself.
/// </summary>
internal readonly unsafe struct LargeSortedSet(SortedSetRoot* root, NativeHeap heap, KeyHasher hasher)
{
    /// <summary>Frees all but the root, about as many elements as the budget says; true when nothing is left.</summary>
    public static bool FreeSome(SortedSetRoot* root, NativeHeap heap, ref int budget)
    {
        // The table is freed when the elements are gone and is not asked for any: nothing is hashed.
        var table = new HashTable(&root->Table, heap, null!);
        return new CountedTree(&root->Tree, heap).FreeSome(ref budget) && table.FreeSome(static (_, _) => { }, ref budget);
    }

    /// <summary>Makes <paramref name="target"/> the root of a copy in <paramref name="heap"/>.</summary>
    public static void Copy(SortedSetRoot* source, SortedSetRoot* target, NativeHeap heap, KeyHasher hasher)
    {
        *target = default;
        var copy = new LargeSortedSet(target, heap, hasher);
        var tree = new CountedTree(&source->Tree, heap);
        copy.Reserve(tree.Count);
        for (var place = tree.At(0); place.Exists; place.MoveNext())
            copy.Append(place.Element.Key, place.Score);
    }

    /// <summary>Number of elements.</summary>
    public long Count => root->Tree.Count;

    /// <summary>The elements in order.</summary>
    public CountedTree Tree => new(&root->Tree, heap);

    /// <summary>The elements by member.</summary>
    public HashTable Table => new(&root->Table, heap, hasher);

    /// <summary>The element of a member, or a null one.</summary>
    public EntryBlock Find(ReadOnlySpan<byte> member) => Table.Find(member, hasher.Hash(member)).Entry;

    /// <summary>An element's score.</summary>
    public static double ScoreOf(EntryBlock element) => Unsafe.ReadUnaligned<double>(element.ValueAddress);

    /// <summary>Adds a member that is not there.</summary>
    public void Add(ReadOnlySpan<byte> member, double score)
    {
        var before = heap.UsedBytes;
        Tree.Insert(score, AddToTable(member, score));
        root->Bytes += heap.UsedBytes - before;
    }

    /// <summary>Adds a member that is not there and comes behind all others.</summary>
    public void Append(ReadOnlySpan<byte> member, double score)
    {
        var before = heap.UsedBytes;
        Tree.Append(score, AddToTable(member, score));
        root->Bytes += heap.UsedBytes - before;
    }

    /// <summary>Changes an element's score.</summary>
    public void ChangeScore(EntryBlock element, double score)
    {
        Table.BeforeChange(element);
        var before = heap.UsedBytes;
        Tree.ChangeScore(ScoreOf(element), element, score);
        Unsafe.WriteUnaligned(element.ValueAddress, score);
        root->Bytes += heap.UsedBytes - before;
    }

    /// <summary>Removes an element.</summary>
    public void Remove(EntryBlock element)
    {
        var before = heap.UsedBytes;
        var table = Table;
        var hash = hasher.Hash(element.Key);
        table.Step();
        table.BeforeChange(element);
        Tree.Remove(ScoreOf(element), element);
        table.Remove(hash, table.Find(element.Key, hash));
        element.FreeBlocks(heap);
        root->Bytes += heap.UsedBytes - before;
    }

    /// <summary>Makes room in an empty one for so many elements.</summary>
    public void Reserve(long count)
    {
        var before = heap.UsedBytes;
        Table.Reserve(count);
        root->Bytes += heap.UsedBytes - before;
    }

    private EntryBlock AddToTable(ReadOnlySpan<byte> member, double score)
    {
        Debug.Assert(Find(member).IsNull);
        var table = Table;
        table.Step();
        var element = EntryBlock.Create(heap, member, sizeof(double), sizeof(double), expirySpace: false);
        Unsafe.WriteUnaligned(element.ValueAddress, score);
        table.Insert(hasher.Hash(member), element);
        return element;
    }
}

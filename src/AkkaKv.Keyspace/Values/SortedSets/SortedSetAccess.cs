using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>Sorted sets of a database.</summary>
public static class SortedSetAccess
{
    /// <summary>A key's sorted set for reading.</summary>
    /// <param name="database">The database that the entry is from.</param>
    /// <param name="entry">A key that holds a sorted set; one of a snapshot will do.</param>
    public static SortedSetView ReadSortedSet(this Database database, Entry entry) => new(entry.Block, database.Contents.Heap, database.Contents.Hasher);

    /// <summary>A key's sorted set to be changed.</summary>
    public static SortedSetEditor EditSortedSet(this Database database, Entry entry) => new(database.PlaceOf(entry));

    /// <summary>Adds a key that is not there, with an empty sorted set, which the caller fills or removes.</summary>
    public static SortedSetEditor CreateSortedSet(this Database database, ReadOnlySpan<byte> key)
    {
        Span<byte> empty = stackalloc byte[Listpack.EmptySize];
        Listpack.Initialize(empty);
        return new SortedSetEditor(database.Create(key, DataType.ZSet, ValueLayout.Packed, empty));
    }

    /// <summary>Adds a key that is not there, with the sorted set of a listpack: members with scores, in order, none twice.</summary>
    public static void CreateSortedSet(this Database database, ReadOnlySpan<byte> key, ReadOnlySpan<byte> pack) =>
        database.Create(key, DataType.ZSet, ValueLayout.Packed, pack);

    /// <summary>Begins a sorted set that no key has yet.</summary>
    public static SortedSetBuilder BuildSortedSet(this Database database) => new(database);
}

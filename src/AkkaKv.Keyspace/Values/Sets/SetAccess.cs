using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Sets;

/// <summary>The ways to a set in a database.</summary>
public static class SetAccess
{
    /// <summary>Reads the set of an entry: one of the database, or one that a snapshot hands out.</summary>
    public static SetView ReadSet(this Database database, Entry entry) => new(entry.Block, database.Contents.Hasher);

    /// <summary>Changes the set of an entry of the database.</summary>
    public static SetEditor EditSet(this Database database, Entry entry) => new(database.PlaceOf(entry));

    /// <summary>
    /// Adds a key, which must not be there, with an empty set; the caller puts something into it or removes the key. As in Redis it begins as a set of integers.
    /// </summary>
    public static SetEditor CreateSet(this Database database, ReadOnlySpan<byte> key)
    {
        Span<byte> empty = stackalloc byte[Intset.EmptySize];
        Intset.Initialize(empty);
        return new SetEditor(database.Create(key, DataType.Set, ValueLayout.Integers, empty));
    }

    /// <summary>Adds a key, which must not be there, with a set of integers given as an intset that has been checked.</summary>
    public static void CreateSet(this Database database, ReadOnlySpan<byte> key, ReadOnlySpan<byte> integers) =>
        database.Create(key, DataType.Set, ValueLayout.Integers, integers);

    /// <summary>Begins a set that no key has yet, in the memory of the database.</summary>
    public static SetBuilder BuildSet(this Database database) => new(database);
}

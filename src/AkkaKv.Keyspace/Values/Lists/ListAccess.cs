using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Lists;

/// <summary>The ways to a list in a database.</summary>
public static class ListAccess
{
    /// <summary>Reads the list of an entry: one of the database, or one that a snapshot hands out.</summary>
    public static ListView ReadList(this Database database, Entry entry)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new ListView(entry.Block);
    }

    /// <summary>Changes the list of an entry of the database.</summary>
    public static ListEditor EditList(this Database database, Entry entry) => new(database.PlaceOf(entry));

    /// <summary>Adds a key, which must not be there, with an empty list; the caller puts something into it or removes the key.</summary>
    public static ListEditor CreateList(this Database database, ReadOnlySpan<byte> key)
    {
        Span<byte> empty = stackalloc byte[Listpack.EmptySize];
        Listpack.Initialize(empty);
        return new ListEditor(database.Create(key, DataType.List, ValueLayout.Packed, empty));
    }
}

using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Hashes;

/// <summary>The ways to a hash in a database.</summary>
public static class HashAccess
{
    /// <summary>Reads the hash of an entry: one of the database, or one that a snapshot hands out.</summary>
    public static HashView ReadHash(this Database database, Entry entry) => new(entry.Block, database.Contents.Hasher);

    /// <summary>Changes the hash of an entry of the database.</summary>
    public static HashEditor EditHash(this Database database, Entry entry) => new(database.PlaceOf(entry));

    /// <summary>Adds a key, which must not be there, with an empty hash; the caller puts something into it or removes the key.</summary>
    public static HashEditor CreateHash(this Database database, ReadOnlySpan<byte> key)
    {
        Span<byte> empty = stackalloc byte[Listpack.EmptySize];
        Listpack.Initialize(empty);
        return new HashEditor(database.Create(key, DataType.Hash, ValueLayout.Packed, empty));
    }

    /// <summary>Adds a key, which must not be there, with a compact hash given as a listpack that has been checked: fields, none twice, and values in turn.</summary>
    public static void CreateHash(this Database database, ReadOnlySpan<byte> key, ReadOnlySpan<byte> pack) =>
        database.Create(key, DataType.Hash, ValueLayout.Packed, pack);
}

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>The ways to a stream in a database.</summary>
public static class StreamAccess
{
    /// <summary>Reads the stream of an entry: one of the database, or one that a snapshot hands out.</summary>
    public static StreamView ReadStream(this Database database, Entry entry) => new(entry.Block, database.Contents.Hasher);

    /// <summary>Changes the stream of an entry of the database.</summary>
    public static StreamEditor EditStream(this Database database, Entry entry) => new(database.PlaceOf(entry));

    /// <summary>Adds a key, which must not be there, with an empty stream; unlike other values it may stay so.</summary>
    public static unsafe StreamEditor CreateStream(this Database database, ReadOnlySpan<byte> key)
    {
        var root = default(StreamRoot);
        return new StreamEditor(database.Create(
            key, DataType.Stream, ValueLayout.Structured, new ReadOnlySpan<byte>(&root, sizeof(StreamRoot))));
    }
}

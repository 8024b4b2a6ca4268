using AkkaKv.Keyspace;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Replication;

namespace AkkaKv.Actors.Replication;

/// <summary>A snapshot from the master that is being loaded beside the node's data.</summary>
internal sealed class SnapshotLoad : IDisposable
{
    private readonly StoreLoader _loader;
    private readonly RdbReader _reader;

    public SnapshotLoad(ReplicationId id, long offset, int databaseCount, uint entryClock)
    {
        (Id, Offset) = (id, offset);
        Store = new Store(databaseCount) { NewEntryClock = entryClock };
        _loader = new StoreLoader(Store);
        _reader = new RdbReader(_loader);
    }

    /// <summary>The history to which the snapshot belongs.</summary>
    public ReplicationId Id { get; }

    /// <summary>The offset of that history at the moment of the snapshot.</summary>
    public long Offset { get; }

    /// <summary>What is loaded so far.</summary>
    public Store Store { get; }

    /// <summary>The database that the stream has selected behind the snapshot.</summary>
    public int StreamDatabase => Math.Max(_loader.StreamDatabase, 0);

    /// <summary>The texts of the master's libraries of functions.</summary>
    public IReadOnlyList<byte[]> FunctionLibraries => _loader.FunctionLibraries;

    /// <summary>Loads more; returns what is wrong, or null.</summary>
    public string? Feed(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _reader.Feed(bytes) == bytes.Length ? null : "RDB: more bytes than the file has";
        }
        catch (RdbFormatException error)
        {
            return error.Message;
        }
    }

    /// <summary>Nothing more will come; returns what is missing, or null.</summary>
    public string? Complete()
    {
        try
        {
            _reader.Complete();
            return null;
        }
        catch (RdbFormatException error)
        {
            return error.Message;
        }
    }

    public void Dispose() => Store.Dispose();
}

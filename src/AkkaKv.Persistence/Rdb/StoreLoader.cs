using System.Buffers.Text;
using System.Text;
using AkkaKv.Keyspace;

namespace AkkaKv.Persistence.Rdb;

/// <summary>Puts the records of an RDB into a store.</summary>
/// <param name="store">An empty store.</param>
/// <param name="dropExpiredAtMs">
/// Unix time in milliseconds: keys that expired before it are left out, as a master does that loads its file. Null keeps them, as a
/// replica does, which leaves expiry to its master.
/// </param>
public sealed class StoreLoader(Store store, long? dropExpiredAtMs = null) : ValueLoader(store[0]), IRdbSink
{
    private const long LargestReserve = 1 << 20;

    /// <summary>Keys left out because they had expired.</summary>
    public long ExpiredCount { get; private set; }

    /// <summary>The database that the replication stream has selected where the RDB ends; -1 if the RDB does not say.</summary>
    public int StreamDatabase { get; private set; } = -1;

    /// <summary>The id of the replication history that the RDB belongs to, as it stands there; null if the RDB does not say.</summary>
    public string? ReplicationId { get; private set; }

    /// <summary>Where in that history its data stand; -1 if the RDB does not say.</summary>
    public long ReplicationOffset { get; private set; } = -1;

    /// <summary>The texts of the libraries of functions, which belong to the server and not to the store.</summary>
    public List<byte[]> FunctionLibraries { get; } = [];

    /// <summary>Names of modules whose data were passed over because they belong to no key.</summary>
    public List<string> SkippedModules { get; } = [];

    /// <inheritdoc/>
    public void OnAux(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("repl-id"u8))
            ReplicationId = Encoding.Latin1.GetString(value);
        else if (name.SequenceEqual("repl-offset"u8) && Utf8Parser.TryParse(value, out long offset, out var all) && all == value.Length)
            ReplicationOffset = offset;
        if (!name.SequenceEqual("repl-stream-db"u8))
            return;
        if (!Utf8Parser.TryParse(value, out int index, out var used) || used != value.Length || index < -1 || index >= store.DatabaseCount)
            throw new RdbRefusedException("a replication stream in a database that this server does not have");
        StreamDatabase = index;
    }

    /// <inheritdoc/>
    public void OnSelectDatabase(int index)
    {
        if (index >= store.DatabaseCount)
            throw new RdbRefusedException($"database {index}, but this server has {store.DatabaseCount}");
        Database = store[index];
    }

    /// <inheritdoc/>
    public void OnResize(long keyCount, long expiringCount)
    {
        // Only a hint, and from outside: a table for a million keys is quickly made, and grows by itself beyond.
        Database.Reserve(Math.Min(keyCount, LargestReserve));
    }

    /// <inheritdoc/>
    public void OnModuleSkipped(string module) => SkippedModules.Add(module);

    /// <inheritdoc/>
    public void OnFunctionLibrary(ReadOnlySpan<byte> source) => FunctionLibraries.Add(source.ToArray());

    /// <inheritdoc/>
    protected override bool Skips(in RdbKeyFacts facts)
    {
        if (facts.ExpireAtMs == RdbKeyFacts.None || !(facts.ExpireAtMs < dropExpiredAtMs))
            return false;
        ExpiredCount++;
        return true;
    }
}

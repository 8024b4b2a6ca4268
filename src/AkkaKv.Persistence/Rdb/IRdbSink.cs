namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Receives the records of an RDB in file order. Spans are valid during the call only. A sink refuses a record by throwing
/// <see cref="RdbRefusedException"/>; the reader adds the offset.
/// </summary>
public interface IRdbSink : IRdbValueSink
{
    /// <summary>A name and value about the file: redis-ver, ctime, repl-id, repl-offset, repl-stream-db, … Unknown ones are to be ignored.</summary>
    void OnAux(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value);

    /// <summary>The keys that follow belong to this database. Files may begin without it; then they belong to database 0.</summary>
    void OnSelectDatabase(int index);

    /// <summary>
    /// How many keys, and keys with an expiry, the database has according to the writer. A hint from outside: a sink must not take
    /// memory in proportion to it.
    /// </summary>
    void OnResize(long keyCount, long expiringCount);

    /// <summary>The source text of a library of functions.</summary>
    void OnFunctionLibrary(ReadOnlySpan<byte> source);

    /// <summary>The file holds data that belong to a module and to no key; they have been passed over.</summary>
    /// <param name="module">The name of the module's type, for example "graphdata".</param>
    void OnModuleSkipped(string module);
}

/// <summary>What an RDB says about a key beside its value.</summary>
/// <param name="ExpireAtMs">Unix time in milliseconds, or <see cref="RdbKeyFacts.None"/>.</param>
/// <param name="IdleSeconds">Seconds since the last access (written under an LRU policy), or <see cref="RdbKeyFacts.None"/>.</param>
/// <param name="Frequency">The logarithmic access counter 0-255 (written under an LFU policy), or <see cref="RdbKeyFacts.None"/>.</param>
public readonly record struct RdbKeyFacts(long ExpireAtMs, long IdleSeconds, int Frequency)
{
    public const int None = -1;

    /// <summary>No expiry and nothing known about accesses.</summary>
    public static RdbKeyFacts Plain => new(None, None, None);
}

/// <summary>
/// Thrown by a sink that cannot take a record, for example because the server has fewer databases, and by what decodes a record that is damaged.
/// </summary>
public sealed class RdbRefusedException(string problem) : Exception(problem);

namespace AkkaKv.Commands.Hosting;

/// <summary>Where propagated writes go: the replication buffer, the append-only file.</summary>
public interface IReplicationStream
{
    /// <summary>
    /// Appends propagated commands as RESP arrays. The bytes are only valid during the call. A long command or a transaction may come in several
    /// pieces; the last piece of what one request or one <c>Cron</c> propagates is followed by <see cref="EndOfCommand"/>.
    /// </summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Everything that one request propagated has been appended: the offset now lies between commands.</summary>
    void EndOfCommand()
    {
    }
}

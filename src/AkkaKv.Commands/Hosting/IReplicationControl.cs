using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Hosting;

/// <summary>The replication side of the server as commands see it. All calls come from the thread that runs the engine.</summary>
public interface IReplicationControl
{
    /// <summary>Whether this server is a replica: it has a configured master, whatever the state of the link.</summary>
    bool IsReplica { get; }

    /// <summary>On a replica: whether the link is in steady state, so that the data is not older than the network makes it.</summary>
    bool IsMasterLinkUp { get; }

    /// <summary>The replication offset: bytes produced (master) or applied (replica).</summary>
    long Offset { get; }

    /// <summary>How many replicas acknowledged within the last <paramref name="maxLagSeconds"/> seconds, for min-replicas-to-write.</summary>
    int CountReplicasWithin(int maxLagSeconds);

    /// <summary>How many replicas have acknowledged <paramref name="offset"/>.</summary>
    int CountReplicasAt(long offset);

    /// <summary>Asks all replicas to acknowledge now (REPLCONF GETACK), because somebody waits.</summary>
    void RequestAcknowledgements();

    /// <summary>Everything INFO, ROLE and CLIENT need to know, as of now.</summary>
    ReplicationFacts GetFacts();

    /// <summary>REPLICAOF: become a replica of that address, or a master when <paramref name="host"/> is null. Returns an error's text, or null.</summary>
    string? ReplicaOf(string? host, int port);

    /// <summary>
    /// PSYNC or SYNC from <paramref name="session"/>: from now on the connection belongs to replication. The host writes the answer (also
    /// errors) and the stream itself.
    /// </summary>
    void BeginSync(ClientSession session, in Arguments request);

    /// <summary>REPLCONF from <paramref name="session"/>: options before PSYNC, acknowledgements after it. The host writes the reply, if any.</summary>
    void ReplicaConfiguration(ClientSession session, in Arguments request);

    /// <summary>The connection of a replica, handed over with <see cref="BeginSync"/>, is gone.</summary>
    void EndSync(ClientSession session)
    {
    }
}

/// <summary>A replica as its master sees it.</summary>
/// <param name="Host">The address it announced, or the one it connected from.</param>
/// <param name="Port">Its port for clients.</param>
/// <param name="State">INFO's word: <c>wait_bgsave</c>, <c>send_bulk</c>, <c>online</c>.</param>
/// <param name="Offset">The last offset it acknowledged.</param>
/// <param name="LagSeconds">Seconds since its last acknowledgement.</param>
public sealed record ReplicaFacts(string Host, int Port, string State, long Offset, long LagSeconds);

/// <summary>The link of a replica to its master.</summary>
public sealed record MasterLinkFacts
{
    /// <summary>The master's host as configured.</summary>
    public required string Host { get; init; }

    /// <summary>The master's port.</summary>
    public required int Port { get; init; }

    /// <summary>ROLE's word: <c>connect</c>, <c>connecting</c>, <c>handshake</c>, <c>sync</c> or <c>connected</c>.</summary>
    public required string State { get; init; }

    /// <summary>Seconds since anything came from the master; -1 without a link.</summary>
    public long LastIoSecondsAgo { get; init; } = -1;

    /// <summary>Whether a full copy is being received.</summary>
    public bool SyncInProgress { get; init; }

    /// <summary>Size of the copy in bytes; 0 when unknown.</summary>
    public long SyncTotalBytes { get; init; }

    /// <summary>Received bytes of the copy.</summary>
    public long SyncReadBytes { get; init; }

    /// <summary>Seconds since the transfer of the copy made progress.</summary>
    public long SyncLastIoSecondsAgo { get; init; }

    /// <summary>Seconds since the link broke; -1 when it never was up.</summary>
    public long DownSinceSeconds { get; init; } = -1;

    /// <summary>The offset up to which the stream was received.</summary>
    public long ReadOffset { get; init; }
}

/// <summary>The replication state as INFO shows it.</summary>
public sealed record ReplicationFacts
{
    /// <summary>The link to the master; null on a master.</summary>
    public MasterLinkFacts? Master { get; init; }

    /// <summary>The attached replicas.</summary>
    public IReadOnlyList<ReplicaFacts> Replicas { get; init; } = [];

    /// <summary>The replication id: 40 hexadecimal digits.</summary>
    public required string ReplicationId { get; init; }

    /// <summary>The id before the last promotion, 40 zeros if none.</summary>
    public string ReplicationId2 { get; init; } = new('0', 40);

    /// <summary>The replication offset.</summary>
    public long Offset { get; init; }

    /// <summary>Up to where <see cref="ReplicationId2"/> is valid; -1 if there is none.</summary>
    public long SecondOffset { get; init; } = -1;

    /// <summary>Whether there is a backlog.</summary>
    public bool BacklogActive { get; init; }

    /// <summary>Its configured size in bytes.</summary>
    public long BacklogSize { get; init; }

    /// <summary>The offset of its first byte; 0 without backlog.</summary>
    public long BacklogFirstByteOffset { get; init; }

    /// <summary>How many bytes of history it holds.</summary>
    public long BacklogHistoryLength { get; init; }

    /// <summary>
    /// Memory of the replication buffer in bytes, which the backlog and the replicas share: more than <see cref="BacklogSize"/> while a replica lags.
    /// </summary>
    public long BufferBytes { get; init; }

    /// <summary>Full resynchronisations served.</summary>
    public long SyncFull { get; init; }

    /// <summary>Partial resynchronisations accepted.</summary>
    public long SyncPartialOk { get; init; }

    /// <summary>Partial resynchronisations refused.</summary>
    public long SyncPartialErr { get; init; }
}

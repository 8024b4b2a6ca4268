using AkkaKv.Replication;
using AkkaKv.Sentinel;

namespace AkkaKv.Simulation.DataNodes;

/// <summary>How the data nodes of a world are set.</summary>
/// <param name="BacklogBytes">repl-backlog-size.</param>
/// <param name="BacklogTtlMs">repl-backlog-ttl.</param>
/// <param name="PingPeriodMs">repl-ping-replica-period.</param>
/// <param name="ReplicationTimeoutMs">repl-timeout, on both sides.</param>
/// <param name="Replicas">The master's rules for the links of its replicas.</param>
/// <param name="WindowBytes">How much a connection takes before the sender must wait.</param>
/// <param name="SavePeriodMs">Between two RDB files; 0 for none.</param>
/// <param name="RemembersRole">Whether an ordered role outlives the process (CONFIG REWRITE works) or only the declared one does.</param>
/// <param name="PushesStatus">Whether nodes tell the sentinels what they are when it changes, as AkkaKv's do and Redis's do not.</param>
/// <param name="LoadMaxMs">Longest time for taking over a snapshot.</param>
internal sealed record DataNodeOptions(
    long BacklogBytes,
    long BacklogTtlMs,
    long PingPeriodMs,
    long ReplicationTimeoutMs,
    ReplicaSettings Replicas,
    int WindowBytes,
    long SavePeriodMs,
    bool RemembersRole,
    bool PushesStatus,
    long LoadMaxMs);

/// <summary>What a sentinel sends on its connection.</summary>
internal sealed record InstanceRequest(IReadOnlyList<string> Words)
{
    public override string ToString() => string.Join(' ', Words);
}

/// <summary>What an instance answers.</summary>
internal sealed record InstanceReply(ReplyKind Kind, string Text)
{
    public override string ToString() => Text.Length > 40 ? $"{Kind} of {Text.Length} characters" : $"{Kind} {Text}";
}

/// <summary>A client's write, which may want to be confirmed by replicas (WAIT).</summary>
internal sealed record WriteRequest(long Number, int ValueLength, int ReplicasNeeded);

/// <summary>Its answer: done, or why not.</summary>
internal sealed record WriteReply(long Number, string? Error);

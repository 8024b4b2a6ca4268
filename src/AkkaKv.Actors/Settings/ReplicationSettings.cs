namespace AkkaKv.Actors.Settings;

/// <summary>Replication of a data node: <c>akkakv.replication</c>.</summary>
public sealed record ReplicationSettings
{
    /// <summary>The master to replicate at start; null: start as a master.</summary>
    public required HostPort? ReplicaOf { get; init; }

    /// <summary>The name under which the cluster's sentinels watch the master of this node.</summary>
    public required string MasterName { get; init; }

    /// <summary>How long a node of a cluster that starts as a master waits for the sentinels' word.</summary>
    public required TimeSpan RoleWait { get; init; }

    /// <summary>masteruser; empty: the default user.</summary>
    public required string MasterUser { get; init; }

    /// <summary>masterauth; empty: none.</summary>
    public required string MasterPassword { get; init; }

    /// <summary>replica-read-only.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>replica-ignore-maxmemory.</summary>
    public required bool IgnoreMaxMemory { get; init; }

    /// <summary>replica-serve-stale-data.</summary>
    public required bool ServeStaleData { get; init; }

    /// <summary>replica-priority; the smallest is promoted first, 0 never.</summary>
    public required int Priority { get; init; }

    /// <summary>repl-backlog-size, bytes.</summary>
    public required long BacklogSize { get; init; }

    /// <summary>repl-ping-replica-period.</summary>
    public required TimeSpan PingPeriod { get; init; }

    /// <summary>repl-timeout; longer than <see cref="PingPeriod"/>.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>min-replicas-to-write; 0: off.</summary>
    public required int MinReplicasToWrite { get; init; }

    /// <summary>min-replicas-max-lag.</summary>
    public required TimeSpan MinReplicasMaxLag { get; init; }

    /// <summary>replica-announce-ip; empty: the gateway's.</summary>
    public required string AnnounceHost { get; init; }

    /// <summary>replica-announce-port; 0: the gateway's.</summary>
    public required int AnnouncePort { get; init; }

    internal static ReplicationSettings Read(SettingsReader reader)
    {
        const string At = "akkakv.replication";
        var settings = new ReplicationSettings
        {
            ReplicaOf = reader.Endpoint($"{At}.replicaof"),
            MasterName = reader.RequiredText($"{At}.master-name", "the name of a master"),
            RoleWait = reader.Duration($"{At}.role-wait", TimeSpan.Zero, TimeSpan.FromMinutes(10)),
            MasterUser = reader.Text($"{At}.master-user"),
            MasterPassword = reader.Text($"{At}.master-password"),
            ReadOnly = reader.Switch($"{At}.read-only"),
            IgnoreMaxMemory = reader.Switch($"{At}.ignore-max-memory"),
            ServeStaleData = reader.Switch($"{At}.serve-stale-data"),
            Priority = reader.Whole($"{At}.priority", 0, int.MaxValue),
            BacklogSize = reader.Bytes($"{At}.backlog-size", 16 << 10, 1L << 40),
            PingPeriod = reader.Duration($"{At}.ping-period", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            Timeout = reader.Duration($"{At}.timeout", TimeSpan.FromMilliseconds(200), TimeSpan.FromHours(1)),
            MinReplicasToWrite = reader.Whole($"{At}.min-replicas-to-write", 0, 1000),
            MinReplicasMaxLag = reader.Duration($"{At}.min-replicas-max-lag", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            AnnounceHost = reader.Text($"{At}.announce-host"),
            AnnouncePort = reader.Port($"{At}.announce-port", allowZero: true),
        };
        if (reader.Problems.Count == 0 && settings.Timeout <= settings.PingPeriod)
            reader.Report($"{At}.timeout", $"expected more than {At}.ping-period, or every quiet link would be given up");
        if (settings.MasterUser.Length > 0 && settings.MasterPassword.Length == 0)
            reader.Report($"{At}.master-password", $"expected a password, because {At}.master-user is set");
        return settings;
    }
}

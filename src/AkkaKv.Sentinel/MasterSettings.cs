namespace AkkaKv.Sentinel;

/// <summary>
/// What a user configures for one watched master: from HOCON, or at run time by SENTINEL MONITOR and SENTINEL SET. The names are those of
/// Redis Sentinel's options. Immutable; a change makes a new value.
/// </summary>
public sealed record MasterSettings
{
    /// <summary>The name clients ask for.</summary>
    public required string Name { get; init; }

    /// <summary>Where the master is when nothing newer has been learned (config epoch 0).</summary>
    public required InstanceAddress Address { get; init; }

    /// <summary>How many sentinels must see the master down before a failover is tried; 1 or more.</summary>
    public required int Quorum { get; init; }

    /// <summary>Silence, in milliseconds, after which an instance is subjectively down; 1 or more.</summary>
    public long DownAfterMs { get; init; } = 30_000;

    /// <summary>Upper bound, in milliseconds, of one failover's reconfiguration of the replicas; 1 or more.</summary>
    public long FailoverTimeoutMs { get; init; } = 180_000;

    /// <summary>How many replicas may be pointed at the new master at the same time; 1 or more.</summary>
    public int ParallelSyncs { get; init; } = 1;

    /// <summary>User name for AUTH on the instances; null for the one-argument form.</summary>
    public string? AuthUser { get; init; }

    /// <summary>Password for AUTH on the instances; null when they need none.</summary>
    public string? AuthPassword { get; init; }

    /// <summary>Script told of warning events; null for none.</summary>
    public string? NotificationScript { get; init; }

    /// <summary>Script told of a switched master; null for none.</summary>
    public string? ClientReconfigScript { get; init; }

    /// <summary>How long, in milliseconds, a rebooted master is treated as down; 0 (Redis's default) switches that off.</summary>
    public long MasterRebootDownAfterMs { get; init; }

    /// <summary>
    /// Whether a link that broke and whose reconnection is refused proves the instance down at once, before <see cref="DownAfterMs"/>
    /// passed: the process is gone, waiting would only cost writes.
    /// </summary>
    public bool TrustHardEvidence { get; init; } = true;
}

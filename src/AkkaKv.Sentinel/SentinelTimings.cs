namespace AkkaKv.Sentinel;

/// <summary>
/// Every timeout and period of the sentinel in one place, in milliseconds. Where Redis Sentinel has the same period it has the same name
/// in SENTINEL DEBUG; the defaults differ only where ours is driven by events and Redis's polls.
/// </summary>
public sealed record SentinelTimings
{
    /// <summary>Between two INFO requests to an instance of which nothing special is known.</summary>
    public long InfoPeriodMs { get; init; } = 10_000;

    /// <summary>Between two INFO requests while a failover or a broken replication link makes the answer interesting.</summary>
    public long UrgentInfoPeriodMs { get; init; } = 100;

    /// <summary>Longest time between two PINGs; a short down-after-milliseconds shortens it to a fifth of that.</summary>
    public long PingPeriodMs { get; init; } = 1_000;

    /// <summary>How often an opinion "the master is down" is repeated to the peers; it expires after five times this.</summary>
    public long AskPeriodMs { get; init; } = 1_000;

    /// <summary>Longest time between two hellos to a peer when nothing changes; a short down-after-milliseconds shortens it to a quarter of that.</summary>
    public long PublishPeriodMs { get; init; } = 1_000;

    /// <summary>down-after-milliseconds of a master that SENTINEL MONITOR adds.</summary>
    public long DefaultDownAfterMs { get; init; } = 30_000;

    /// <summary>failover-timeout of a master that SENTINEL MONITOR adds.</summary>
    public long DefaultFailoverTimeoutMs { get; init; } = 180_000;

    /// <summary>How late a step may come before the sentinel distrusts its own clock (TILT).</summary>
    public long TiltTriggerMs { get; init; } = 2_000;

    /// <summary>How long TILT lasts after the last irregular step.</summary>
    public long TiltPeriodMs { get; init; } = 5_000;

    /// <summary>How long a replica may take to obey REPLICAOF before the failover goes on without it.</summary>
    public long ReplicaReconfigurationTimeoutMs { get; init; } = 10_000;

    /// <summary>How long a connection attempt may take.</summary>
    public long ConnectTimeoutMs { get; init; } = 1_000;

    /// <summary>Longest pause between two connection attempts.</summary>
    public long ReconnectPauseMaxMs { get; init; } = 1_000;

    /// <summary>How long a candidate waits for its votes, and a voter for the candidate it voted for.</summary>
    public long ElectionTimeoutMs { get; init; } = 500;

    /// <summary>How much later than its predecessor the next sentinel by rank becomes a candidate.</summary>
    public long ElectionStaggerMs { get; init; } = 30;

    /// <summary>Longest pause before a lost election is repeated.</summary>
    public long ElectionBackOffMaxMs { get; init; } = 500;

    /// <summary>Between two requests for the same vote.</summary>
    public long VoteRequestPeriodMs { get; init; } = 100;

    /// <summary>How long a leader waits for every replica's newest offset before it chooses among those that answered.</summary>
    public long SelectionWaitMs { get; init; } = 250;

    /// <summary>How long the chosen replica may take to become a master.</summary>
    public long PromotionTimeoutMs { get; init; } = 5_000;

    /// <summary>Pause after a failover that found no replica to promote, unless one appears earlier.</summary>
    public long NoReplicaPauseMs { get; init; } = 10_000;

    /// <summary>How long a sentinel without its memory withholds votes unless it has heard from every declared voter before.</summary>
    public long LostMemoryGraceMs { get; init; } = 10_000;

    /// <summary>Longest run of a user's script.</summary>
    public long ScriptMaxRuntimeMs { get; init; } = 60_000;

    /// <summary>Pause before a failed script is run again.</summary>
    public long ScriptRetryDelayMs { get; init; } = 30_000;
}

using AkkaKv.Keyspace.Values;

namespace AkkaKv.Commands.Configuration;

/// <summary>
/// The settings that the engine itself obeys, in typed form. CONFIG reads and writes them through <see cref="ConfigTable"/>, under Redis's names and
/// with Redis's defaults; the host fills them before the engine starts.
/// </summary>
public sealed class ServerSettings
{
    /// <summary><c>requirepass</c>: the password of the default user; empty: none is asked for.</summary>
    public string RequirePass
    {
        get;
        set
        {
            field = value;
            RequirePassChanged?.Invoke(value);
        }
    } = "";

    /// <summary>The users at the start, lines of "user NAME rules" as in a file of users; each character is one byte.</summary>
    public string UserLines { get; init; } = "";

    /// <summary><c>aclfile</c>: where the users are kept; empty: nowhere. Fixed when the server starts.</summary>
    public string AclFile { get; set; } = "";

    /// <summary><c>acllog-max-len</c>: how many refusals ACL LOG keeps.</summary>
    public long AclLogMaxLength { get; set; } = 128;

    /// <summary><c>databases</c>; fixed when the server starts.</summary>
    public int Databases { get; init; } = 16;

    /// <summary><c>maxclients</c>.</summary>
    public int MaxClients { get; set; } = 10000;

    /// <summary><c>timeout</c>: idle clients are closed after so many seconds; 0: never.</summary>
    public int IdleTimeoutSeconds { get; set; }

    /// <summary><c>maxmemory</c> in bytes; 0: no limit.</summary>
    public long MaxMemory { get; set; }

    /// <summary><c>maxmemory-policy</c>: what is removed when memory is short.</summary>
    public EvictionPolicy MaxMemoryPolicy { get; set; } = EvictionPolicy.NoEviction;

    /// <summary><c>maxmemory-samples</c>: keys of each database that LRU and LFU look at for one eviction.</summary>
    public int MaxMemorySamples { get; set; } = 5;

    /// <summary><c>maxmemory-eviction-tenacity</c>, 0 to 100: how long one command may evict; 10 is half a millisecond, 100 without end.</summary>
    public int MaxMemoryEvictionTenacity { get; set; } = 10;

    /// <summary><c>replica-ignore-maxmemory</c>: a replica leaves eviction to its master.</summary>
    public bool ReplicaIgnoreMaxMemory { get; set; } = true;

    /// <summary><c>lfu-log-factor</c>: the higher, the more uses it takes to raise a key's counter.</summary>
    public int LfuLogFactor { get; set; } = 10;

    /// <summary><c>lfu-decay-time</c>: minutes after which a key's counter is lowered by one; 0: never.</summary>
    public int LfuDecayMinutes { get; set; } = 1;

    /// <summary><c>proto-max-bulk-len</c> in bytes: also the longest string value.</summary>
    public long ProtoMaxBulkLength { get; set; } = 512L * 1024 * 1024;

    /// <summary><c>hll-sparse-max-bytes</c>: a sparse HyperLogLog that would become longer is made dense.</summary>
    public long HllSparseMaxBytes { get; set; } = 3000;

    /// <summary><c>replica-read-only</c>.</summary>
    public bool ReplicaReadOnly { get; set; } = true;

    /// <summary><c>replica-serve-stale-data</c>.</summary>
    public bool ReplicaServeStaleData { get; set; } = true;

    /// <summary><c>replica-priority</c>: lower is promoted first, 0 never.</summary>
    public int ReplicaPriority { get; set; } = 100;

    /// <summary><c>replica-announced</c>: whether sentinels show this replica to clients.</summary>
    public bool ReplicaAnnounced { get; set; } = true;

    /// <summary><c>min-replicas-to-write</c>; 0: writes need no replica.</summary>
    public int MinReplicasToWrite { get; set; }

    /// <summary><c>min-replicas-max-lag</c> in seconds.</summary>
    public int MinReplicasMaxLagSeconds { get; set; } = 10;

    /// <summary><c>lazyfree-lazy-expire</c>: expired keys are freed, and propagated, as by UNLINK instead of DEL.</summary>
    public bool LazyFreeLazyExpire { get; set; }

    /// <summary><c>activedefrag</c>: whether keys are moved together when there are many gaps between them.</summary>
    public bool ActiveDefrag { get; set; } = true;

    /// <summary><c>active-defrag-ignore-bytes</c>: gaps of fewer bytes are left alone.</summary>
    public long ActiveDefragIgnoreBytes { get; set; } = 100 * 1024 * 1024;

    /// <summary><c>active-defrag-threshold-lower</c>: gaps in percent of what is in use from which on it begins.</summary>
    public int ActiveDefragThresholdLower { get; set; } = 10;

    /// <summary><c>active-defrag-threshold-upper</c>: gaps in percent from which on it works hardest.</summary>
    public int ActiveDefragThresholdUpper { get; set; } = 100;

    /// <summary><c>active-defrag-cycle-min</c>: percent of the time at the lower threshold.</summary>
    public int ActiveDefragCycleMin { get; set; } = 1;

    /// <summary><c>active-defrag-cycle-max</c>: percent of the time at the upper threshold.</summary>
    public int ActiveDefragCycleMax { get; set; } = 25;

    /// <summary><c>lazyfree-lazy-eviction</c>: evicted keys are freed, and propagated, as by UNLINK instead of DEL.</summary>
    public bool LazyFreeLazyEviction { get; set; }

    /// <summary><c>lazyfree-lazy-user-flush</c>: FLUSHALL and FLUSHDB without a word mean ASYNC.</summary>
    public bool LazyFreeLazyUserFlush { get; set; }

    /// <summary><c>lazyfree-lazy-user-del</c>: DEL frees like UNLINK.</summary>
    public bool LazyFreeLazyUserDel { get; set; }

    /// <summary><c>slowlog-log-slower-than</c> in microseconds; negative: nothing is logged.</summary>
    public long SlowLogSlowerThanMicroseconds { get; set; } = 10000;

    /// <summary><c>slowlog-max-len</c>.</summary>
    public long SlowLogMaxLength { get; set; } = 128;

    /// <summary><c>latency-monitor-threshold</c>: what takes so many milliseconds or longer is remembered for LATENCY; 0: nothing is.</summary>
    public long LatencyMonitorThresholdMs { get; set; }

    /// <summary><c>latency-tracking</c>: whether the run times of commands are counted by their length.</summary>
    public bool LatencyTracking { get; set; } = true;

    /// <summary><c>latency-tracking-info-percentiles</c>: what INFO latencystats shows, 0 to 100.</summary>
    public double[] LatencyPercentiles { get; set; } = [50, 99, 99.9];

    /// <summary><c>tracking-table-max-keys</c>: keys that are remembered for the caches of clients; 0: no limit.</summary>
    public long TrackingTableMaxKeys { get; set; } = 1_000_000;

    /// <summary>The limits of compact encodings; from the engine's start on those of its store.</summary>
    public EncodingLimits Encodings { get; internal set; } = new();

    /// <summary><c>notify-keyspace-events</c>.</summary>
    public KeyspaceEvents NotifyKeyspaceEvents { get; set; }

    /// <summary><c>busy-reply-threshold</c> in milliseconds: after it other clients are answered BUSY while a script runs; 0 or less: never.</summary>
    public long BusyReplyThresholdMs { get; set; } = 5000;

    /// <summary>How much memory in bytes scripts, and functions, may cause Lua to take; what exceeds it fails.</summary>
    public long ScriptMemoryLimit { get; set; } = 512L * 1024 * 1024;

    /// <summary>Hears of a new <see cref="RequirePass"/>.</summary>
    internal Action<string>? RequirePassChanged { get; set; }

    /// <summary>DEBUG SET-ACTIVE-EXPIRE: whether expired keys are looked for that nobody reads.</summary>
    public bool ActiveExpire { get; set; } = true;

    /// <summary>The values of parameters that only the host obeys, by name, in CONFIG GET's form. The host overwrites the defaults before the engine starts.</summary>
    public Dictionary<string, string> Held { get; } = ConfigTable.HeldDefaults();
}

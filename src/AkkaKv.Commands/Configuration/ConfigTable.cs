using System.Globalization;
using static AkkaKv.Commands.Configuration.ConfigParameter;

namespace AkkaKv.Commands.Configuration;

/// <summary>
/// The parameters that CONFIG knows: those the engine obeys, and those that only the host does, which it learns of through
/// <see cref="Hosting.IServerControl.ApplySetting"/>. Parameters of Redis that mean nothing here are not in it, so CONFIG SET of one is an error and not a lie.
/// </summary>
public static class ConfigTable
{
    private static readonly Dictionary<string, ConfigParameter> ByName = new(StringComparer.OrdinalIgnoreCase);

    static ConfigTable()
    {
        foreach (ConfigParameter parameter in All)
        {
            ByName.Add(parameter.Name, parameter);
            if (parameter.Alias is not null)
            {
                ByName.Add(parameter.Alias, parameter);
            }
        }
    }

    /// <summary>All parameters, in the order in which CONFIG GET lists them.</summary>
    public static IReadOnlyList<ConfigParameter> All { get; } =
    [
        // Network and clients.
        Held("bind", isFixed: true),
        HeldNumber("port", 0, 65535, isFixed: true),
        Number("timeout", 0, int.MaxValue, s => s.IdleTimeoutSeconds, (s, v) => s.IdleTimeoutSeconds = (int)v),
        HeldNumber("tcp-keepalive", 0, int.MaxValue),
        HeldNumber("tcp-backlog", 0, int.MaxValue, isFixed: true),
        Number("maxclients", 1, uint.MaxValue, s => s.MaxClients, (s, v) => s.MaxClients = (int)Math.Min(v, int.MaxValue)),
        HeldYesNo("protected-mode"),
        new ConfigParameter(
            "client-output-buffer-limit", null, false, s => s.Held["client-output-buffer-limit"], ClientOutputLimits.Change),
        HeldMemory("client-query-buffer-limit", 1024 * 1024),
        Memory("proto-max-bulk-len", 1024 * 1024, s => s.ProtoMaxBulkLength, (s, v) => s.ProtoMaxBulkLength = v),
        FreeText("requirepass", s => s.RequirePass, (s, v) => s.RequirePass = v),
        FreeText("aclfile", s => s.AclFile, (_, _) => { }, isFixed: true),
        Number("acllog-max-len", 0, long.MaxValue, s => s.AclLogMaxLength, (s, v) => s.AclLogMaxLength = v),

        // Data.
        Number("databases", 1, int.MaxValue, s => s.Databases, (_, _) => { }, isFixed: true),
        Memory("maxmemory", 0, s => s.MaxMemory, (s, v) => s.MaxMemory = v),
        OneOf(
            "maxmemory-policy",
            [.. EvictionPolicy.All.Select(policy => policy.Name)],
            s => s.MaxMemoryPolicy.Name,
            (s, v) => s.MaxMemoryPolicy = EvictionPolicy.Named(v)),
        Number("maxmemory-samples", 1, 64, s => s.MaxMemorySamples, (s, v) => s.MaxMemorySamples = (int)v),
        Number(
            "maxmemory-eviction-tenacity", 0, 100, s => s.MaxMemoryEvictionTenacity, (s, v) => s.MaxMemoryEvictionTenacity = (int)v),
        Number("lfu-log-factor", 0, int.MaxValue, s => s.LfuLogFactor, (s, v) => s.LfuLogFactor = (int)v),
        Number("lfu-decay-time", 0, int.MaxValue, s => s.LfuDecayMinutes, (s, v) => s.LfuDecayMinutes = (int)v),
        YesNo("activedefrag", s => s.ActiveDefrag, (s, v) => s.ActiveDefrag = v),
        Memory("active-defrag-ignore-bytes", 1, s => s.ActiveDefragIgnoreBytes, (s, v) => s.ActiveDefragIgnoreBytes = v),
        Number(
            "active-defrag-threshold-lower", 0, 1000, s => s.ActiveDefragThresholdLower, (s, v) => s.ActiveDefragThresholdLower = (int)v),
        Number(
            "active-defrag-threshold-upper", 0, 1000, s => s.ActiveDefragThresholdUpper, (s, v) => s.ActiveDefragThresholdUpper = (int)v),
        Number("active-defrag-cycle-min", 1, 99, s => s.ActiveDefragCycleMin, (s, v) => s.ActiveDefragCycleMin = (int)v),
        Number("active-defrag-cycle-max", 1, 99, s => s.ActiveDefragCycleMax, (s, v) => s.ActiveDefragCycleMax = (int)v),
        YesNo("lazyfree-lazy-eviction", s => s.LazyFreeLazyEviction, (s, v) => s.LazyFreeLazyEviction = v),
        Memory("hll-sparse-max-bytes", 0, s => s.HllSparseMaxBytes, (s, v) => s.HllSparseMaxBytes = v),
        YesNo("lazyfree-lazy-expire", s => s.LazyFreeLazyExpire, (s, v) => s.LazyFreeLazyExpire = v),
        YesNo("lazyfree-lazy-user-del", s => s.LazyFreeLazyUserDel, (s, v) => s.LazyFreeLazyUserDel = v),
        YesNo("lazyfree-lazy-user-flush", s => s.LazyFreeLazyUserFlush, (s, v) => s.LazyFreeLazyUserFlush = v),
        new ConfigParameter(
            "notify-keyspace-events", null, false, s => KeyspaceEventLetters.Format(s.NotifyKeyspaceEvents), ChangeKeyspaceEvents),

        Number("tracking-table-max-keys", 0, long.MaxValue, s => s.TrackingTableMaxKeys, (s, v) => s.TrackingTableMaxKeys = v),

        // Compact encodings.
        Number(
            "hash-max-listpack-entries", 0, long.MaxValue, s => s.Encodings.HashMaxListpackEntries, (s, v) => s.Encodings.HashMaxListpackEntries = v, alias: "hash-max-ziplist-entries"),
        Memory(
            "hash-max-listpack-value", 0, s => s.Encodings.HashMaxListpackValue, (s, v) => s.Encodings.HashMaxListpackValue = v, alias: "hash-max-ziplist-value"),
        Number("set-max-intset-entries", 0, long.MaxValue, s => s.Encodings.SetMaxIntsetEntries, (s, v) => s.Encodings.SetMaxIntsetEntries = v),
        Number(
            "zset-max-listpack-entries", 0, long.MaxValue, s => s.Encodings.ZsetMaxListpackEntries, (s, v) => s.Encodings.ZsetMaxListpackEntries = v, alias: "zset-max-ziplist-entries"),
        Memory(
            "zset-max-listpack-value", 0, s => s.Encodings.ZsetMaxListpackValue, (s, v) => s.Encodings.ZsetMaxListpackValue = v, alias: "zset-max-ziplist-value"),
        Number(
            "list-max-listpack-size", int.MinValue, int.MaxValue, s => s.Encodings.ListMaxListpackSize, (s, v) => s.Encodings.ListMaxListpackSize = (int)v, alias: "list-max-ziplist-size"),
        Memory("stream-node-max-bytes", 0, s => s.Encodings.StreamNodeMaxBytes, (s, v) => s.Encodings.StreamNodeMaxBytes = v),
        Number("stream-node-max-entries", 0, long.MaxValue, s => s.Encodings.StreamNodeMaxEntries, (s, v) => s.Encodings.StreamNodeMaxEntries = v),

        // Scripts.
        Number(
            "busy-reply-threshold", 0, long.MaxValue, s => s.BusyReplyThresholdMs, (s, v) => s.BusyReplyThresholdMs = v, alias: "lua-time-limit"),

        // Persistence.
        FreeText("save", s => s.Held["save"], (s, v) => s.Held["save"] = v, check: SavePoints.Check),
        HeldYesNo("appendonly", isFixed: true),
        Held("dir"),
        Held("dbfilename"),
        HeldYesNo("rdbcompression"),
        HeldYesNo("rdbchecksum", isFixed: true),
        HeldYesNo("stop-writes-on-bgsave-error"),

        // Replication.
        YesNo("replica-read-only", s => s.ReplicaReadOnly, (s, v) => s.ReplicaReadOnly = v, alias: "slave-read-only"),
        YesNo("replica-ignore-maxmemory", s => s.ReplicaIgnoreMaxMemory, (s, v) => s.ReplicaIgnoreMaxMemory = v, alias: "slave-ignore-maxmemory"),
        YesNo("replica-serve-stale-data", s => s.ReplicaServeStaleData, (s, v) => s.ReplicaServeStaleData = v, alias: "slave-serve-stale-data"),
        Number("replica-priority", 0, int.MaxValue, s => s.ReplicaPriority, (s, v) => s.ReplicaPriority = (int)v, alias: "slave-priority"),
        YesNo("replica-announced", s => s.ReplicaAnnounced, (s, v) => s.ReplicaAnnounced = v),
        Held("replica-announce-ip", alias: "slave-announce-ip"),
        HeldNumber("replica-announce-port", 0, 65535, alias: "slave-announce-port"),
        Number(
            "min-replicas-to-write", 0, int.MaxValue, s => s.MinReplicasToWrite, (s, v) => s.MinReplicasToWrite = (int)v, alias: "min-slaves-to-write"),
        Number(
            "min-replicas-max-lag", 0, int.MaxValue, s => s.MinReplicasMaxLagSeconds, (s, v) => s.MinReplicasMaxLagSeconds = (int)v, alias: "min-slaves-max-lag"),
        Held("masterauth"),
        Held("masteruser"),
        HeldNumber("repl-timeout", 1, int.MaxValue),
        HeldNumber("repl-ping-replica-period", 1, int.MaxValue, alias: "repl-ping-slave-period"),
        HeldMemory("repl-backlog-size", 1),
        HeldNumber("repl-backlog-ttl", 0, int.MaxValue),
        HeldYesNo("repl-disable-tcp-nodelay"),
        HeldYesNo("repl-diskless-sync", isFixed: true),

        // Observation.
        HeldOneOf("loglevel", ["debug", "verbose", "notice", "warning"]),
        Held("logfile", isFixed: true),
        Number(
            "slowlog-log-slower-than", -1, long.MaxValue, s => s.SlowLogSlowerThanMicroseconds, (s, v) => s.SlowLogSlowerThanMicroseconds = v),
        Number("slowlog-max-len", 0, long.MaxValue, s => s.SlowLogMaxLength, (s, v) => s.SlowLogMaxLength = v),
        Number("latency-monitor-threshold", 0, long.MaxValue, s => s.LatencyMonitorThresholdMs, (s, v) => s.LatencyMonitorThresholdMs = v),
        YesNo("latency-tracking", s => s.LatencyTracking, (s, v) => s.LatencyTracking = v),
        new ConfigParameter(
            "latency-tracking-info-percentiles", null, false, s => string.Join(' ', s.LatencyPercentiles.Select(percent => percent.ToString(CultureInfo.InvariantCulture))), ChangePercentiles),
        HeldYesNo("cluster-enabled", isFixed: true),
    ];

    /// <summary>The values that parameters of the host have when nobody sets them: Redis's defaults where the parameter means the same.</summary>
    internal static Dictionary<string, string> HeldDefaults() => new()
    {
        ["bind"] = "",
        ["port"] = "6379",
        ["tcp-keepalive"] = "300",
        ["tcp-backlog"] = "511",
        ["protected-mode"] = "yes",
        ["client-output-buffer-limit"] = ClientOutputLimits.Default,
        ["client-query-buffer-limit"] = "1073741824",
        ["save"] = "",
        ["appendonly"] = "no",
        ["dir"] = "",
        ["dbfilename"] = "dump.rdb",
        ["rdbcompression"] = "yes",
        ["rdbchecksum"] = "yes",
        ["stop-writes-on-bgsave-error"] = "yes",
        ["replica-announce-ip"] = "",
        ["replica-announce-port"] = "0",
        ["masterauth"] = "",
        ["masteruser"] = "",
        ["repl-timeout"] = "60",
        ["repl-ping-replica-period"] = "10",
        ["repl-backlog-size"] = "1048576",
        ["repl-backlog-ttl"] = "3600",
        ["repl-disable-tcp-nodelay"] = "no",
        ["repl-diskless-sync"] = "yes",
        ["loglevel"] = "notice",
        ["logfile"] = "",
        ["cluster-enabled"] = "no",
    };

    /// <summary>The parameter of that name or alias, in any case; null if there is none.</summary>
    public static ConfigParameter? Find(string name) => ByName.GetValueOrDefault(name);

    private static string? ChangePercentiles(ServerSettings settings, string text)
    {
        var percentiles = new List<double>();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) || !(percent is >= 0 and <= 100))
            {
                return "latency-tracking-info-percentiles should contain a value between 0.0 and 100.0";
            }

            percentiles.Add(percent);
        }

        settings.LatencyPercentiles = [.. percentiles];
        return null;
    }

    private static string? ChangeKeyspaceEvents(ServerSettings settings, string letters)
    {
        if (!KeyspaceEventLetters.TryParse(letters, out KeyspaceEvents events))
        {
            return "Invalid event class character. Use 'Ag$lshzxeKEtmdn'.";
        }

        settings.NotifyKeyspaceEvents = events;
        return null;
    }

    private static ConfigParameter Held(string name, string? alias = null, bool isFixed = false) =>
        new(
            name,
            alias,
            isFixed,
            s => s.Held[name],
            (s, v) =>
            {
                s.Held[name] = v;
                return null;
            });

    private static ConfigParameter HeldNumber(string name, long min, long max, string? alias = null, bool isFixed = false) =>
        Number(name, min, max, s => long.Parse(s.Held[name]), (s, v) => s.Held[name] = v.ToString(), alias, isFixed);

    private static ConfigParameter HeldMemory(string name, long min) =>
        Memory(name, min, s => long.Parse(s.Held[name]), (s, v) => s.Held[name] = v.ToString());

    private static ConfigParameter HeldYesNo(string name, bool isFixed = false) =>
        YesNo(name, s => s.Held[name] == "yes", (s, v) => s.Held[name] = v ? "yes" : "no", isFixed: isFixed);

    private static ConfigParameter HeldOneOf(string name, string[] words) => OneOf(name, words, s => s.Held[name], (s, v) => s.Held[name] = v);
}

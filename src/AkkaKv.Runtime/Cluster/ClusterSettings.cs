using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Configuration;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>The settings of <c>akka.cluster</c>, checked.</summary>
public sealed class ClusterSettings
{
    private const string PhiAccrual = "Akka.Remote.PhiAccrualFailureDetector";
    private const string SplitBrainResolver = "Akka.Cluster.SBR.SplitBrainResolverProvider";

    /// <summary>Reads the settings of a system.</summary>
    /// <exception cref="ConfigurationException">A setting is out of its range.</exception>
    public ClusterSettings(Config config, string systemName)
    {
        var cluster = config.GetConfig("akka.cluster") ?? Config.Empty;
        SeedNodes = [.. cluster.GetStringList("seed-nodes").Select(seed => SeedNode(seed, systemName))];
        Roles = [.. cluster.GetStringList("roles")];
        SeedNodeTimeout = cluster.GetTimeSpan("seed-node-timeout");
        GossipInterval = Positive(cluster, "gossip-interval");
        LeaderActionsInterval = Positive(cluster, "leader-actions-interval");
        UnreachableNodesReaperInterval = Positive(cluster, "unreachable-nodes-reaper-interval");
        HeartbeatInterval = Positive(cluster, "failure-detector.heartbeat-interval");
        MinNrOfMembers = cluster.GetInt("min-nr-of-members") is > 0 and var count
            ? count
            : throw new ConfigurationException("akka.cluster.min-nr-of-members: must be greater than 0");
        MinNrOfMembersOfRole = (cluster.GetConfig("role")?.AsEnumerable() ?? [])
            .ToImmutableDictionary(r => r.Key, r => r.Value.ToConfig().GetInt("min-nr-of-members", 1));
        RunCoordinatedShutdownWhenDown = cluster.GetBoolean("run-coordinated-shutdown-when-down");
        LogInfo = cluster.GetBoolean("log-info");
        AllowWeaklyUpMembers = cluster.GetString("allow-weakly-up-members") is not ("off" or "false");
        WeaklyUpAfter = !AllowWeaklyUpMembers ? TimeSpan.Zero
            : cluster.GetString("allow-weakly-up-members") is "on" or "true" ? TimeSpan.FromSeconds(7)
            : cluster.GetTimeSpan("allow-weakly-up-members");
        var detector = cluster.GetString("failure-detector.implementation-class") ?? "";
        if (detector.Split(',')[0].Trim() != PhiAccrual)
            throw new ConfigurationException($"akka.cluster.failure-detector.implementation-class: '{detector}' is not {PhiAccrual}, which is the one there is");
        Membership = new MembershipSettings
        {
            Roles = Roles,
            SeedNodeTimeoutMs = (long)SeedNodeTimeout.TotalMilliseconds,
            RetryUnsuccessfulJoinAfterMs = Milliseconds(cluster, "retry-unsuccessful-join-after"),
            GossipIntervalMs = (long)GossipInterval.TotalMilliseconds,
            GossipDifferentViewProbability = cluster.GetDouble("gossip-different-view-probability"),
            LeaderActionsIntervalMs = (long)LeaderActionsInterval.TotalMilliseconds,
            UnreachableNodesReaperIntervalMs = (long)UnreachableNodesReaperInterval.TotalMilliseconds,
            HeartbeatIntervalMs = (long)HeartbeatInterval.TotalMilliseconds,
            HeartbeatExpectedResponseAfterMs = Milliseconds(cluster, "failure-detector.expected-response-after"),
            MonitoredByNumberOfMembers = Math.Max(1, cluster.GetInt("failure-detector.monitored-by-nr-of-members")),
            FailureDetector = FailureDetectorSettings.Read(cluster, "akka.cluster", "failure-detector"),
            WeaklyUpAfterMs = AllowWeaklyUpMembers ? (long)WeaklyUpAfter.TotalMilliseconds : null,
            MinNumberOfMembers = MinNrOfMembers,
            MinNumberOfMembersOfRole = MinNrOfMembersOfRole,
            PruneTombstonesAfterMs = Milliseconds(cluster, "prune-gossip-tombstones-after"),
            Downing = ReadDowning(cluster),
            UnixTimeOffsetMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - Environment.TickCount64,
        };
    }

    /// <summary><c>seed-nodes</c>.</summary>
    public ImmutableList<Address> SeedNodes { get; }

    /// <summary><c>roles</c>.</summary>
    public ImmutableHashSet<string> Roles { get; }

    /// <summary><c>seed-node-timeout</c>.</summary>
    public TimeSpan SeedNodeTimeout { get; }

    /// <summary><c>gossip-interval</c>.</summary>
    public TimeSpan GossipInterval { get; }

    /// <summary><c>leader-actions-interval</c>.</summary>
    public TimeSpan LeaderActionsInterval { get; }

    /// <summary><c>unreachable-nodes-reaper-interval</c>.</summary>
    public TimeSpan UnreachableNodesReaperInterval { get; }

    /// <summary><c>failure-detector.heartbeat-interval</c>.</summary>
    public TimeSpan HeartbeatInterval { get; }

    /// <summary><c>min-nr-of-members</c>.</summary>
    public int MinNrOfMembers { get; }

    /// <summary><c>role.&lt;name&gt;.min-nr-of-members</c>.</summary>
    public ImmutableDictionary<string, int> MinNrOfMembersOfRole { get; }

    /// <summary>False for <c>allow-weakly-up-members = off</c>.</summary>
    public bool AllowWeaklyUpMembers { get; }

    /// <summary><c>allow-weakly-up-members</c>.</summary>
    public TimeSpan WeaklyUpAfter { get; }

    /// <summary><c>run-coordinated-shutdown-when-down</c>.</summary>
    public bool RunCoordinatedShutdownWhenDown { get; }

    /// <summary><c>log-info</c>.</summary>
    public bool LogInfo { get; }

    internal MembershipSettings Membership { get; }

    private static Address SeedNode(string seed, string systemName)
    {
        if (!Address.TryParse(seed, out var address) || address.HasLocalScope)
            throw new ConfigurationException($"akka.cluster.seed-nodes: '{seed}' is not an address such as akka.tcp://{systemName}@host:port");
        return address.System == systemName
            ? address
            : throw new ConfigurationException($"akka.cluster.seed-nodes: '{seed}' names the actor system '{address.System}', this one is '{systemName}'");
    }

    private static DowningSettings? ReadDowning(Config cluster)
    {
        var provider = (cluster.GetString("downing-provider-class") ?? "").Split(',')[0].Trim();
        if (provider is "" or "Akka.Cluster.NoDowning")
            return null;
        if (provider != SplitBrainResolver)
            throw new ConfigurationException($"akka.cluster.downing-provider-class: '{provider}' is neither {SplitBrainResolver} nor empty");
        var name = cluster.GetString("split-brain-resolver.active-strategy") ?? "";
        DowningStrategy strategy;
        switch (name)
        {
            case "off" or "false" or "":
                return null;
            case "keep-majority":
                strategy = DowningStrategy.KeepMajority;
                break;
            case "down-all":
                strategy = DowningStrategy.DownAll;
                break;
            default:
                throw new ConfigurationException($"akka.cluster.split-brain-resolver.active-strategy: '{name}' is none of keep-majority, down-all, off");
        }
        var stableAfter = Positive(cluster, "split-brain-resolver.stable-after");
        var unstable = cluster.GetString("split-brain-resolver.down-all-when-unstable") switch
        {
            "off" or "false" => (long?)null,
            "on" or "true" or null => Math.Max(4_000, (long)(stableAfter.TotalMilliseconds * 3 / 4)),
            _ => Milliseconds(cluster, "split-brain-resolver.down-all-when-unstable"),
        };
        return new DowningSettings(strategy, (long)stableAfter.TotalMilliseconds, unstable, cluster.GetString($"split-brain-resolver.{name}.role") ?? "");
    }

    private static long Milliseconds(Config config, string path) => config.GetTimeSpan(path) switch
    {
        var infinite when infinite == Timeout.InfiniteTimeSpan => long.MaxValue / 4,
        var time => (long)time.TotalMilliseconds,
    };

    private static TimeSpan Positive(Config config, string path) =>
        config.GetTimeSpan(path) is { TotalMilliseconds: >= 1 } time ? time : throw new ConfigurationException($"akka.cluster.{path}: must be at least 1 ms");
}

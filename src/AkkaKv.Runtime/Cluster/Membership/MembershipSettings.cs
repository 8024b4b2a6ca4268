using System.Collections.Immutable;
using Akka.Remote;

namespace Akka.Cluster.Membership;

/// <summary>The machine's named timeouts and rules; times in milliseconds. The defaults are Akka's (see reference.conf).</summary>
internal sealed record MembershipSettings
{
    public ImmutableHashSet<string> Roles { get; init; } = [];

    /// <summary>How long the first seed node looks for an existing cluster before it founds one.</summary>
    public long SeedNodeTimeoutMs { get; init; } = 5_000;

    /// <summary>How long to wait for a Welcome before starting to join again.</summary>
    public long RetryUnsuccessfulJoinAfterMs { get; init; } = 10_000;

    public long GossipIntervalMs { get; init; } = 1_000;

    /// <summary>How likely gossip goes to a node that has not seen this version rather than to any.</summary>
    public double GossipDifferentViewProbability { get; init; } = 0.8;

    public long LeaderActionsIntervalMs { get; init; } = 1_000;

    public long UnreachableNodesReaperIntervalMs { get; init; } = 1_000;

    public long HeartbeatIntervalMs { get; init; } = 1_000;

    /// <summary>A node that has never answered counts as silent from this long after the first heartbeat was sent to it.</summary>
    public long HeartbeatExpectedResponseAfterMs { get; init; } = 1_000;

    /// <summary>How many of its successors on the heartbeat ring a node watches.</summary>
    public int MonitoredByNumberOfMembers { get; init; } = 9;

    public PhiAccrualSettings FailureDetector { get; init; } = new(8.0, 1_000, 100, 3_000, 1_000);

    /// <summary>How long convergence may be missing before joining members become WeaklyUp; null = never.</summary>
    public long? WeaklyUpAfterMs { get; init; } = 7_000;

    /// <summary>The leader makes nobody Up before this many members are there.</summary>
    public int MinNumberOfMembers { get; init; } = 1;

    public ImmutableDictionary<string, int> MinNumberOfMembersOfRole { get; init; } = ImmutableDictionary<string, int>.Empty;

    public long PruneTombstonesAfterMs { get; init; } = 24 * 3_600_000L;

    /// <summary>The split brain resolver; null = members are never declared down by themselves.</summary>
    public DowningSettings? Downing { get; init; }

    /// <summary>Wall clock minus the monotonic clock, for the tombstones' times.</summary>
    public long UnixTimeOffsetMs { get; init; }
}

/// <summary>What the split brain resolver does.</summary>
internal enum DowningStrategy
{
    /// <summary>The side with more members goes on; with equal sides the one with the first address.</summary>
    KeepMajority,

    /// <summary>Nobody goes on.</summary>
    DownAll,
}

/// <summary>The split brain resolver's settings; times in milliseconds.</summary>
/// <param name="Strategy">The rule.</param>
/// <param name="StableAfterMs">How long the picture must not change before it acts.</param>
/// <param name="DownAllWhenUnstableMs">How much longer than that it waits for a picture that keeps changing, then downs all; null = for ever.</param>
/// <param name="Role">Only members with this role count; empty = all.</param>
internal sealed record DowningSettings(DowningStrategy Strategy, long StableAfterMs, long? DownAllWhenUnstableMs, string Role);

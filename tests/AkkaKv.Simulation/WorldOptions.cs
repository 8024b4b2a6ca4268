using AkkaKv.Replication;
using AkkaKv.Sentinel;
using AkkaKv.Simulation.Clients;
using AkkaKv.Simulation.DataNodes;
using AkkaKv.Simulation.Engine;
using AkkaKv.Simulation.Faults;
using AkkaKv.Simulation.Networking;
using AkkaKv.Simulation.Sentinels;

namespace AkkaKv.Simulation;

/// <summary>
/// What a world is like. Drawn from the seed, and drawn boldly: a world in which one kind of fault happens all the time finds what a
/// world with a little of everything does not (swarm testing).
/// </summary>
internal sealed record WorldOptions(
    NetworkOptions Network, DataNodeOptions Nodes, SentinelGroupOptions Sentinels, ClientOptions Client, FaultOptions Faults)
{
    /// <summary>How long a healed cluster may take to be one again.</summary>
    public long ConvergenceMaxMs { get; init; } = 120_000;

    public static InstanceAddress AddressOfNode(int number) => new($"10.0.0.{number}", 7_000 + number);

    public static WorldOptions Draw(SimulationRandom random)
    {
        var (network, nodes, sentinels) = (DrawNetwork(random), DrawNodes(random), DrawSentinels(random));
        var client = new ClientOptions(random.Pick(5L, 20L, 100L), random.Pick(10, 100, 2_000), random.Pick(1, 4, 16), random.Pick(0, 0.2));
        var faults = DrawFaults(random);
        // A user who forces a failover where no majority can be asked takes over the sentinels' responsibility for there being one leader.
        if (sentinels.CrashPerEffect > 0 || sentinels.SlowDiskChance > 0 || network.LossChance > 0 || network.SpikeChance > 0 || faults.Kinds.Any(CutsSentinels))
            faults = faults with { Kinds = [.. faults.Kinds.Where(kind => kind != FaultKind.ManualFailover)] };
        return new WorldOptions(network, nodes, sentinels, client, faults);
    }

    /// <summary>Whether masters die one at a time and nothing else ever goes wrong.</summary>
    public bool OnlyMastersDie => Faults.Kinds is [FaultKind.KillMaster] && Network == NetworkOptions.Calm && Sentinels.CrashPerEffect == 0;

    private static NetworkOptions DrawNetwork(SimulationRandom random)
    {
        var delayMinUs = random.Pick(50L, 200L, 5_000L);
        return new NetworkOptions(
            delayMinUs,
            delayMinUs + random.Pick(0L, 500L, 5_000L, 30_000L),
            random.Pick(0, 0.001, 0.02),
            random.Pick(20_000L, 500_000L),
            random.Pick(0, 0.01, 0.1, 0.3),
            random.Pick(0.01, 0.3));
    }

    private static DataNodeOptions DrawNodes(SimulationRandom random)
    {
        // A timeout shorter than the period of the PINGs would break every idle link, and rightly so.
        var pingPeriodMs = random.Pick(1_000L, 1_000L, 5_000L);
        var timeoutMs = 3 * pingPeriodMs;
        return DrawNodes(random, pingPeriodMs, timeoutMs);
    }

    private static DataNodeOptions DrawNodes(SimulationRandom random, long pingPeriodMs, long timeoutMs) => new(
        BacklogBytes: random.Pick(16L * 1024, 128L * 1024, 1024L * 1024),
        BacklogTtlMs: random.Pick(0L, 3_000L, 3_600_000L),
        PingPeriodMs: pingPeriodMs,
        ReplicationTimeoutMs: timeoutMs,
        Replicas: new ReplicaSettings(TimeoutMs: timeoutMs, LagHardMax: random.Pick(64L * 1024, 256L * 1024 * 1024)),
        WindowBytes: random.Pick(1_000, 64 * 1024),
        SavePeriodMs: random.Pick(0L, 2_000L, 10_000L),
        RemembersRole: random.Chance(0.5),
        PushesStatus: random.Chance(0.5),
        LoadMaxMs: random.Pick(1L, 500L));

    private static SentinelGroupOptions DrawSentinels(SimulationRandom random) => new(
        new MasterSettings
        {
            Name = "mymaster",
            Address = AddressOfNode(1),
            Quorum = random.Pick(1, 2, 2, 2, 3),
            DownAfterMs = random.Pick(200L, 500L, 1_000L, 3_000L),
            FailoverTimeoutMs = random.Pick(3_000L, 10_000L, 30_000L),
            ParallelSyncs = random.Pick(1, 2),
            TrustHardEvidence = random.Chance(0.8),
        },
        VotersById: random.Chance(0.7),
        GossipFindsPeers: random.Chance(0.5),
        SlowDiskChance: random.Pick(0, 0, 0.05, 0.5),
        SlowDiskMaxMs: random.Pick(10L, 200L, 3_000L),
        CrashPerEffect: random.Pick(0, 0, 0.0005, 0.005));

    private static FaultOptions DrawFaults(SimulationRandom random)
    {
        var chance = random.Pick(0.15, 0.4, 0.8);
        var kinds = Enum.GetValues<FaultKind>().Where(_ => random.Chance(chance)).ToList();
        return new FaultOptions(
            kinds,
            PeriodMaxMs: random.Pick(300L, 2_000L, 8_000L),
            DurationMaxMs: random.Pick(300L, 3_000L, 15_000L),
            BeginMs: random.Pick(0L, 2_000L, 5_000L),
            SafetyMs: random.Pick(10_000L, 20_000L, 40_000L));
    }

    private static bool CutsSentinels(FaultKind kind) => kind
        is FaultKind.KillSentinel or FaultKind.PowerOffSentinel or FaultKind.LoseSentinelDisk or FaultKind.PauseSentinel or FaultKind.JumpClock
        or FaultKind.Isolate or FaultKind.Split or FaultKind.CutOneWay or FaultKind.BadWeather;
}

using AkkaKv.Commands.Configuration;

namespace AkkaKv.Actors.Settings;

/// <summary>The data of a data node: <c>akkakv.keyspace</c>.</summary>
public sealed record KeyspaceSettings
{
    /// <summary>Numbered databases, 1 to 1024.</summary>
    public required int Databases { get; init; }

    /// <summary>Runs of the engine's periodic work per second, 1 to 500.</summary>
    public required int Hz { get; init; }

    /// <summary>Memory that the data and its clients may take, in bytes; 0: no limit.</summary>
    public required long MaxMemory { get; init; }

    /// <summary>Whether keys are moved together when removals have left many gaps.</summary>
    public required bool ActiveDefrag { get; init; }

    /// <summary>What is removed when that is reached.</summary>
    public required EvictionPolicy EvictionPolicy { get; init; }

    /// <summary>Keys that LRU and LFU look at in each database for one eviction, 1 to 64.</summary>
    public required int EvictionSamples { get; init; }

    /// <summary>How long one command may evict, on Redis's scale of 0 to 100.</summary>
    public required int EvictionTenacity { get; init; }

    /// <summary>How slowly a key's counter of uses grows.</summary>
    public required int LfuLogFactor { get; init; }

    /// <summary>The time after which an unused key's counter is lowered by one, in whole minutes; zero: never.</summary>
    public required TimeSpan LfuDecayTime { get; init; }

    internal static KeyspaceSettings Read(SettingsReader reader) => new()
    {
        Databases = reader.Whole("akkakv.keyspace.databases", 1, 1024),
        Hz = reader.Whole("akkakv.keyspace.hz", 1, 500),
        MaxMemory = reader.Bytes("akkakv.keyspace.max-memory", 0, long.MaxValue),
        ActiveDefrag = reader.Switch("akkakv.keyspace.active-defrag"),
        EvictionPolicy = reader.Choice("akkakv.keyspace.eviction.policy", [.. EvictionPolicy.All.Select(policy => (policy.Name, policy))]),
        EvictionSamples = reader.Whole("akkakv.keyspace.eviction.samples", 1, 64),
        EvictionTenacity = reader.Whole("akkakv.keyspace.eviction.tenacity", 0, 100),
        LfuLogFactor = reader.Whole("akkakv.keyspace.eviction.lfu-log-factor", 0, int.MaxValue),
        LfuDecayTime = reader.Duration("akkakv.keyspace.eviction.lfu-decay-time", TimeSpan.Zero, TimeSpan.FromDays(45)),
    };
}

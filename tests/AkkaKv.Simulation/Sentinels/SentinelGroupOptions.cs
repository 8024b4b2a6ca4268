using AkkaKv.Sentinel;

namespace AkkaKv.Simulation.Sentinels;

/// <summary>How the sentinels of a world are set.</summary>
/// <param name="Settings">The watched master.</param>
/// <param name="VotersById">Whether the voters are declared by id, or only by number.</param>
/// <param name="GossipFindsPeers">Whether cluster gossip tells the sentinels of each other, or only their own messages do.</param>
/// <param name="SlowDiskChance">How often a write takes long.</param>
/// <param name="SlowDiskMaxMs">How long then at most.</param>
/// <param name="CrashPerEffect">How often a sentinel dies right after an effect, among those of the same step.</param>
internal sealed record SentinelGroupOptions(
    MasterSettings Settings, bool VotersById, bool GossipFindsPeers, double SlowDiskChance, long SlowDiskMaxMs, double CrashPerEffect);

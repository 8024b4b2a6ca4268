namespace AkkaKv.Simulation.Networking;

/// <summary>How the network treats what passes.</summary>
/// <param name="DelayMinUs">Shortest one-way delay, microseconds.</param>
/// <param name="DelayMaxUs">Longest ordinary delay, microseconds.</param>
/// <param name="SpikeChance">How often something takes much longer.</param>
/// <param name="SpikeMaxUs">How much longer at most, microseconds.</param>
/// <param name="LossChance">How often a peer message is lost.</param>
/// <param name="SplitChance">How often bytes of a connection arrive in several pieces.</param>
internal sealed record NetworkOptions(
    long DelayMinUs, long DelayMaxUs, double SpikeChance, long SpikeMaxUs, double LossChance, double SplitChance)
{
    /// <summary>A healthy local network.</summary>
    public static NetworkOptions Calm { get; } = new(100, 1_000, 0, 0, 0, 0.1);
}

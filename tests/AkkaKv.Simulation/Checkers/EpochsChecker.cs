using AkkaKv.Sentinel;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Checkers;

/// <summary>What a sentinel writes down never has smaller epochs than what it wrote before.</summary>
internal sealed class EpochsChecker
{
    private readonly Dictionary<string, MasterState> _written = [];

    /// <summary>A sentinel replaces what its disk held.</summary>
    public void Written(string sentinel, MasterState? onDisk, MasterState next)
    {
        foreach (var before in new[] { onDisk, _written.GetValueOrDefault(sentinel) })
        {
            if (before is null)
                continue;
            Check(sentinel, "current epoch", before.CurrentEpoch, next.CurrentEpoch);
            Check(sentinel, "config epoch", before.ConfigEpoch, next.ConfigEpoch);
            Check(sentinel, "epoch of the last vote", before.LeaderEpoch, next.LeaderEpoch);
        }
        if (next.LeaderEpoch > next.CurrentEpoch || next.ConfigEpoch > next.CurrentEpoch)
            throw new InvariantViolation("epochs", $"{sentinel} is in epoch {next.CurrentEpoch}, but voted in {next.LeaderEpoch} and has a configuration of {next.ConfigEpoch}");
        _written[sentinel] = next;
    }

    public void Lost(string sentinel) => _written.Remove(sentinel);

    private static void Check(string sentinel, string what, long before, long next)
    {
        if (next < before)
            throw new InvariantViolation("epochs", $"{sentinel} takes its {what} back from {before} to {next}");
    }
}

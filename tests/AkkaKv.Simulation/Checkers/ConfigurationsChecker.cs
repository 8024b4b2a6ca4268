using AkkaKv.Sentinel;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Checkers;

/// <summary>A config epoch stands for one address: two sentinels never send clients to different masters under the same number.</summary>
internal sealed class ConfigurationsChecker
{
    private readonly Dictionary<long, (InstanceAddress Address, string Sentinel)> _masters = [];

    public void Announced(string sentinel, AnnounceMaster announcement)
    {
        if (announcement.ConfigEpoch == 0)
            return;
        if (!_masters.TryAdd(announcement.ConfigEpoch, (announcement.Address, sentinel))
            && _masters[announcement.ConfigEpoch] is var first && first.Address != announcement.Address)
        {
            throw new InvariantViolation(
                "configurations",
                $"in config epoch {announcement.ConfigEpoch} the master is {first.Address} for {first.Sentinel} and {announcement.Address} for {sentinel}");
        }
    }
}

using AkkaKv.Sentinel;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Checkers;

/// <summary>In one epoch at most one sentinel leads, whatever it may have forgotten meanwhile.</summary>
internal sealed class LeadersChecker
{
    private readonly SortedDictionary<long, string> _leaders = [];

    /// <summary>How many epochs had a leader.</summary>
    public int Count => _leaders.Count;

    /// <summary>A sentinel says that it won: in the epoch in which it voted for itself last.</summary>
    public void Elected(string sentinel, MasterState? disk)
    {
        if (disk?.Leader != sentinel)
            throw new InvariantViolation("leaders", $"{sentinel} leads, but its vote on disk is for '{disk?.Leader}'");
        Lead(sentinel, disk.LeaderEpoch);
    }

    public void Told(string sentinel, PeerMessage message)
    {
        if (message is SentinelHello { Phase: FailoverPhase.Leading } hello)
            Lead(sentinel, hello.FailoverEpoch);
    }

    private void Lead(string sentinel, long epoch)
    {
        if (!_leaders.TryAdd(epoch, sentinel) && _leaders[epoch] != sentinel)
            throw new InvariantViolation("leaders", $"{_leaders[epoch]} and {sentinel} both lead in epoch {epoch}");
    }
}

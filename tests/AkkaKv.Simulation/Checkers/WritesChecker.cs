using AkkaKv.Replication;
using AkkaKv.Simulation.DataNodes;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Checkers;

/// <summary>
/// Asynchronous replication may lose an acknowledged write, but only one that the promoted replica (or a master that restarted from its
/// disk) did not have: on the way that the surviving history took, nothing is missing.
/// </summary>
internal sealed class WritesChecker
{
    private readonly Dictionary<long, (ReplicationId Id, long Offset)> _executed = [];
    private readonly List<long> _acknowledged = [];

    public int AcknowledgedCount => _acknowledged.Count;

    /// <summary>A master executed the write; its history then ended here.</summary>
    public void Executed(DataNode node, long number) => _executed[number] = (node.History.Id, node.History.Offset);

    /// <summary>The client got the answer.</summary>
    public void Acknowledged(long number) => _acknowledged.Add(number);

    /// <summary>Looks for what is lost when all is calm again. Returns how many acknowledged writes are, for a good reason.</summary>
    public int Check(DataNode master, HistoryChecker histories)
    {
        var kept = master.Data.Numbers.ToHashSet();
        var survived = new Dictionary<ReplicationId, long>();
        var upTo = master.History.Offset;
        for (var line = histories.Line(master.History.Id); line is not null; line = line.Parent)
        {
            survived[line.Id] = upTo;
            // A node can be promoted while it is still behind the point where its master was.
            upTo = Math.Min(upTo, line.BaseOffset);
        }
        var lost = 0;
        foreach (var number in _acknowledged)
        {
            if (kept.Contains(number))
                continue;
            if (!_executed.TryGetValue(number, out var position))
                throw new InvariantViolation("writes", $"write {number} was acknowledged, but no master ever executed it");
            if (survived.TryGetValue(position.Id, out var end) && position.Offset <= end)
                throw new InvariantViolation("writes", $"write {number} is lost, though the promoted replica had {position.Id}:{end} and the write was at {position.Offset}");
            lost++;
        }
        return lost;
    }
}

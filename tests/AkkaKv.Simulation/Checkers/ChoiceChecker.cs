using AkkaKv.Replication;
using AkkaKv.Simulation.DataNodes;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Checkers;

/// <summary>
/// Where nothing but the master fails, the replica with the most of its history is promoted. With more faults at a time the best replica
/// may be out of reach, so only worlds in which masters die one at a time are judged.
/// </summary>
internal static class ChoiceChecker
{
    /// <summary>A replica is about to be promoted.</summary>
    public static void Promoted(World world, DataNode chosen, ReplicationId id, long offset)
    {
        if (!world.OnlyMastersDie)
            return;
        foreach (var node in world.Nodes)
        {
            if (node != chosen && node.IsAlive && !node.IsMaster && node.History.Id == id && node.History.Offset > offset)
                throw new InvariantViolation("choice", $"{chosen.Name} is promoted at {id}:{offset} though {node.Name} is at {node.History.Offset}");
        }
    }
}

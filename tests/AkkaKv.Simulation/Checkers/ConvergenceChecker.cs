using AkkaKv.Replication;
using AkkaKv.Sentinel;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Checkers;

/// <summary>A healed cluster becomes one again: one master, everybody else its replica with the same data, all sentinels of one mind.</summary>
internal static class ConvergenceChecker
{
    /// <summary>What is still different from how it should be; null when nothing is.</summary>
    /// <param name="world">The world.</param>
    /// <param name="toTheByte">Whether a command that is just on its way to the replicas is a difference.</param>
    public static string? WhatIsMissing(World world, bool toTheByte)
    {
        var first = world.Sentinels[0].Monitor!;
        foreach (var sentinel in world.Sentinels)
        {
            var monitor = sentinel.Monitor!;
            if (sentinel.InTilt)
                return $"{sentinel.Name} is in TILT";
            if (monitor.FailoverState != FailoverState.None)
                return $"{sentinel.Name} is in a failover ({monitor.FailoverState.Name()})";
            if (monitor.CurrentAddress != first.CurrentAddress || monitor.ConfigEpoch != first.ConfigEpoch)
                return $"{sentinel.Name} has {monitor.CurrentAddress} of epoch {monitor.ConfigEpoch}, {world.Sentinels[0].Name} has {first.CurrentAddress} of {first.ConfigEpoch}";
        }
        var master = world.NodeAt(first.CurrentAddress);
        if (!master.IsMaster)
            return $"{master.Name} should be the master and is a replica of {master.MasterAddress}";
        foreach (var node in world.Nodes)
        {
            if (node == master)
                continue;
            if (node.MasterAddress != master.Address)
                return $"{node.Name} is {(node.IsMaster ? "a master" : $"a replica of {node.MasterAddress}")} instead of a replica of {master.Name}";
            if (!node.Uplink!.State.IsUp())
                return $"{node.Name} has no link to its master: {node.Uplink.State}";
            if (node.History.Id != master.History.Id || toTheByte && node.History.Offset != master.History.Offset)
                return $"{node.Name} is at {node.History.Id}:{node.History.Offset}, its master at {master.History.Id}:{master.History.Offset}";
        }
        return world.Client.IsServed ? null : "the client's last write is not done";
    }

    /// <summary>Data that are the same by id and offset are compared as such too.</summary>
    public static void CheckData(World world)
    {
        foreach (var node in world.Nodes)
            world.Checks.History.Positioned(node, "everything");
        var numbers = world.Nodes[0].Data.Numbers.ToList();
        foreach (var node in world.Nodes)
        {
            if (!node.Data.Numbers.SequenceEqual(numbers))
                throw new InvariantViolation("convergence", $"{node.Name} and {world.Nodes[0].Name} have different data at the same offset");
        }
    }
}

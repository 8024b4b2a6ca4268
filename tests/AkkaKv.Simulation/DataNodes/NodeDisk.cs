using AkkaKv.Replication;

namespace AkkaKv.Simulation.DataNodes;

/// <summary>An RDB file as a node saved it, with its place in the replication history (none for a master without a backlog, as Redis does it).</summary>
internal sealed record SavedSnapshot(byte[] Rdb, ReplicationId Id, long Offset);

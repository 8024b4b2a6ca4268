using AkkaKv.Commands.Commands.Server;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on replication.</summary>
internal static class ServerReplicationRows
{
    public static readonly CommandRow[] Rows =
    [
        new("failover", -1, "6.2.0", Admin | NoScript | Stale)
        {
            Summary = "Hands the master's role over to a replica without losing writes.",
            Complexity = "O(1)",
        },
        new("psync", -3, "2.8.0", Admin | NoScript | NoAsyncLoading | NoMulti, ReplicationCommands.Synchronize)
        {
            Summary = "Begins replication where an earlier link ended, or from a full copy.",
        },
        new("replconf", -1, "3.0.0", Admin | NoScript | Loading | Stale | AllowBusy, ReplicationCommands.Configure)
        {
            Summary = "Carries settings and acknowledgements of a replication link.",
            Complexity = "O(1)",
            IsInternal = true,
        },
        new("replicaof", 3, "5.0.0", Admin | NoScript | Stale | NoAsyncLoading, ReplicationCommands.ReplicaOf)
        {
            Summary = "Makes this server a replica of another, or a master.",
            Complexity = "O(1)",
        },
        new("restore-asking", -4, "3.0.0", Write | DenyOom | Asking)
        {
            Categories = AclCategories.Keyspace | AclCategories.Dangerous,
            Keys = [KeySpec.Range("OW update", 1)],
            Summary = "Creates a key from a serialized value while its slot is imported.",
            Complexity = "O(1)",
            IsInternal = true,
        },
        new("role", 1, "2.8.12", NoScript | Loading | Stale | Fast, ReplicationCommands.Role)
        {
            Categories = AclCategories.Admin | AclCategories.Dangerous,
            Summary = "Tells the role of this server in replication.",
            Complexity = "O(1)",
        },
        new("slaveof", 3, "1.0.0", Admin | NoScript | Stale | NoAsyncLoading, ReplicationCommands.ReplicaOf)
        {
            Summary = "Makes this server a replica of another, or a master.",
            Complexity = "O(1)",
            Deprecated = ("5.0.0", "REPLICAOF"),
        },
        new("sync", 1, "1.0.0", Admin | NoScript | NoAsyncLoading | NoMulti, ReplicationCommands.Synchronize)
        {
            Summary = "Begins replication from a full copy.",
        },
    ];
}

using AkkaKv.Commands.Commands.Server;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on the cluster.</summary>
internal static class ClusterRows
{
    public static readonly CommandRow[] Rows =
    [
        new("asking", 1, "3.0.0", Fast, ModuleCommands.ClusterDisabled)
        {
            Categories = AclCategories.Connection,
            Summary = "Allows the next command on a slot that is being imported.",
            Complexity = "O(1)",
        },
        new("cluster", -2, "3.0.0", None)
        {
            Summary = "Manages hash slots and cluster nodes.",
            Subcommands =
            [
                new("addslots", -3, "3.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Gives hash slots to this node.",
                    Complexity = "O(N)",
                },
                new("addslotsrange", -4, "7.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Gives ranges of hash slots to this node.",
                    Complexity = "O(N)",
                },
                new("bumpepoch", 2, "3.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Advances the cluster's configuration epoch.",
                    Complexity = "O(1)",
                },
                new("count-failure-reports", 3, "3.0.0", Admin | Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Counts the live failure reports about a node.",
                    Complexity = "O(N)",
                },
                new("countkeysinslot", 3, "3.0.0", Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Counts the keys in a hash slot.",
                    Complexity = "O(1)",
                },
                new("delslots", -3, "3.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Takes hash slots from this node.",
                    Complexity = "O(N)",
                },
                new("delslotsrange", -4, "7.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Takes ranges of hash slots from this node.",
                    Complexity = "O(N)",
                },
                new("failover", -2, "3.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Makes this replica take over from its master.",
                    Complexity = "O(1)",
                },
                new("flushslots", 2, "3.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Takes all hash slots from this node.",
                    Complexity = "O(1)",
                },
                new("forget", 3, "3.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Removes a node from the table of nodes.",
                    Complexity = "O(1)",
                },
                new("getkeysinslot", 4, "3.0.0", Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Names keys of a hash slot.",
                    Complexity = "O(log(N))",
                },
                new("help", 2, "5.0.0", Loading | Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("info", 2, "3.0.0", Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Describes the state of the cluster.",
                    Complexity = "O(1)",
                },
                new("keyslot", 3, "3.0.0", Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Computes the hash slot of a key.",
                    Complexity = "O(N)",
                },
                new("links", 2, "7.0.0", Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Lists the links between this node and its peers.",
                    Complexity = "O(N)",
                },
                new("meet", -4, "3.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Introduces another node to this one.",
                    Complexity = "O(1)",
                },
                new("myid", 2, "3.0.0", Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Tells the id of this node.",
                    Complexity = "O(1)",
                },
                new("nodes", 2, "3.0.0", Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Lists the nodes as this node sees them.",
                    Complexity = "O(N)",
                },
                new("replicas", 3, "5.0.0", Admin | Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Lists the replicas of a master.",
                    Complexity = "O(1)",
                },
                new("replicate", 3, "3.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Makes this node a replica of a master.",
                    Complexity = "O(1)",
                },
                new("reset", -2, "3.0.0", Admin | NoScript | Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Makes this node forget the cluster.",
                    Complexity = "O(N)",
                },
                new("saveconfig", 2, "3.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Writes the cluster's state to disk.",
                    Complexity = "O(1)",
                },
                new("set-config-epoch", 3, "3.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Sets the configuration epoch of a new node.",
                    Complexity = "O(1)",
                },
                new("setslot", -4, "3.0.0", Admin | Stale | NoAsyncLoading, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Assigns a hash slot or changes its migration state.",
                    Complexity = "O(1)",
                },
                new("shards", 2, "7.0.0", Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Lists the shards with their slots and nodes.",
                    Complexity = "O(N)",
                },
                new("slaves", 3, "3.0.0", Admin | Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Lists the replicas of a master.",
                    Complexity = "O(1)",
                    Deprecated = ("5.0.0", "CLUSTER REPLICAS"),
                },
                new("slots", 2, "3.0.0", Stale, ModuleCommands.ClusterDisabled)
                {
                    Summary = "Lists the ranges of hash slots with their nodes.",
                    Complexity = "O(N)",
                    Deprecated = ("7.0.0", "CLUSTER SHARDS"),
                },
            ],
        },
        new("readonly", 1, "3.0.0", Loading | Stale | Fast, ModuleCommands.ClusterDisabled)
        {
            Categories = AclCategories.Connection,
            Summary = "Allows reads on a cluster replica.",
            Complexity = "O(1)",
        },
        new("readwrite", 1, "3.0.0", Loading | Stale | Fast, ModuleCommands.ClusterDisabled)
        {
            Categories = AclCategories.Connection,
            Summary = "Takes back the permission to read on a cluster replica.",
            Complexity = "O(1)",
        },
    ];
}

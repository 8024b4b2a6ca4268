using AkkaKv.Commands.Commands.Server;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on the server.</summary>
internal static class ServerRows
{
    public static readonly CommandRow[] Rows =
    [
        new("bgrewriteaof", 1, "1.0.0", Admin | NoScript | NoAsyncLoading)
        {
            Summary = "Rewrites the append-only file in the background.",
            Complexity = "O(1)",
        },
        new("bgsave", -1, "1.0.0", Admin | NoScript | NoAsyncLoading, ProcessCommands.SaveInBackground)
        {
            Summary = "Saves the data set in the background.",
            Complexity = "O(1)",
        },
        new("flushall", -1, "1.0.0", Write, DataSetCommands.FlushAll)
        {
            Categories = AclCategories.Keyspace | AclCategories.Dangerous,
            Summary = "Removes all keys of all databases.",
            Complexity = "O(N)",
        },
        new("flushdb", -1, "1.0.0", Write, DataSetCommands.FlushDatabase)
        {
            Categories = AclCategories.Keyspace | AclCategories.Dangerous,
            Summary = "Removes all keys of the selected database.",
            Complexity = "O(N)",
        },
        new("lastsave", 1, "1.0.0", Loading | Stale | Fast, ProcessCommands.LastSave)
        {
            Categories = AclCategories.Admin | AclCategories.Dangerous,
            Summary = "Tells when the data set was last saved.",
            Complexity = "O(1)",
        },
        new("save", 1, "1.0.0", Admin | NoScript | NoAsyncLoading | NoMulti, ProcessCommands.Save)
        {
            Summary = "Saves the data set while nothing else runs.",
            Complexity = "O(N)",
        },
        new("shutdown", -1, "1.0.0", Admin | NoScript | Loading | Stale | NoMulti | AllowBusy, ProcessCommands.Shutdown)
        {
            Summary = "Ends the server.",
            Complexity = "O(N)",
        },
        new("swapdb", 3, "4.0.0", Write | Fast, DataSetCommands.SwapDatabases)
        {
            Categories = AclCategories.Keyspace | AclCategories.Dangerous,
            Summary = "Exchanges two databases.",
            Complexity = "O(N)",
        },
    ];
}

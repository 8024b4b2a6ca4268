using AkkaKv.Commands.Commands;
using AkkaKv.Commands.Commands.Information;
using AkkaKv.Commands.Commands.Server;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on inspecting and configuring the server.</summary>
internal static class ServerInspectionRows
{
    public static readonly CommandRow[] Rows =
    [
        new("command", -1, "2.8.13", Loading | Stale, CommandCommands.All)
        {
            Categories = AclCategories.Connection,
            Summary = "Describes all commands.",
            Complexity = "O(N)",
            Subcommands =
            [
                new("count", 2, "2.8.13", Loading | Stale, CommandCommands.Count)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Counts the commands.",
                    Complexity = "O(1)",
                },
                new("docs", -2, "7.0.0", Loading | Stale, CommandCommands.Docs)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Documents commands.",
                    Complexity = "O(N)",
                },
                new("getkeys", -4, "2.8.13", Loading | Stale, CommandCommands.GetKeys)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Finds the keys in a complete command.",
                    Complexity = "O(N)",
                },
                new("getkeysandflags", -4, "7.0.0", Loading | Stale, CommandCommands.GetKeysAndFlags)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Finds the keys in a complete command and how each is used.",
                    Complexity = "O(N)",
                },
                new("help", 2, "5.0.0", Loading | Stale, HelpCommand.Run)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("info", -2, "2.8.13", Loading | Stale, CommandCommands.Info)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Describes commands.",
                    Complexity = "O(N)",
                },
                new("list", -2, "7.0.0", Loading | Stale, CommandCommands.List)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Names the commands, optionally filtered.",
                    Complexity = "O(N)",
                },
            ],
        },
        new("config", -2, "2.0.0", None)
        {
            Summary = "Reads and changes settings at run time.",
            Subcommands =
            [
                new("get", -3, "2.0.0", Admin | NoScript | Loading | Stale, ConfigCommands.Get)
                {
                    Summary = "Shows the settings whose names match.",
                    Complexity = "O(N)",
                },
                new("help", 2, "5.0.0", Loading | Stale, HelpCommand.Run)
                {
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("resetstat", 2, "2.0.0", Admin | NoScript | Loading | Stale, ConfigCommands.ResetStatistics)
                {
                    Summary = "Sets the statistics back to zero.",
                    Complexity = "O(1)",
                },
                new("rewrite", 2, "2.8.0", Admin | NoScript | Loading | Stale, ConfigCommands.Rewrite)
                {
                    Summary = "Writes the current settings to the configuration file.",
                    Complexity = "O(1)",
                },
                new("set", -4, "2.0.0", Admin | NoScript | Loading | Stale, ConfigCommands.Set)
                {
                    Summary = "Changes settings; all of them or none.",
                    Complexity = "O(N)",
                },
            ],
        },
        new("dbsize", 1, "1.0.0", ReadOnly | Fast, DataSetCommands.DatabaseSize)
        {
            Categories = AclCategories.Keyspace,
            Summary = "Counts the keys of the selected database.",
            Complexity = "O(1)",
        },
        new("debug", -2, "1.0.0", Admin | NoScript | Loading | Stale, DebugCommand.Run)
        {
            Summary = "Inspects and steers the server's inside, for tests.",
            IsInternal = true,
        },
        new("info", -1, "1.0.0", Loading | Stale, InfoCommand.Run)
        {
            Categories = AclCategories.Dangerous,
            Summary = "Reports state and statistics of the server.",
            Complexity = "O(1)",
        },
        new("latency", -2, "2.8.13", None)
        {
            Summary = "Reports latency events.",
            Subcommands =
            [
                new("doctor", 2, "2.8.13", Admin | NoScript | Loading | Stale, LatencyCommands.Doctor)
                {
                    Summary = "Explains the observed latency in words.",
                    Complexity = "O(1)",
                },
                new("graph", 3, "2.8.13", Admin | NoScript | Loading | Stale, LatencyCommands.Graph)
                {
                    Summary = "Draws the latency of an event.",
                    Complexity = "O(1)",
                },
                new("help", 2, "2.8.13", Loading | Stale, HelpCommand.Run)
                {
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("histogram", -2, "7.0.0", Admin | NoScript | Loading | Stale, LatencyCommands.Histogram)
                {
                    Summary = "Shows how the run times of commands are distributed.",
                    Complexity = "O(N)",
                },
                new("history", 3, "2.8.13", Admin | NoScript | Loading | Stale, LatencyCommands.History)
                {
                    Summary = "Shows the latest samples of an event.",
                    Complexity = "O(1)",
                },
                new("latest", 2, "2.8.13", Admin | NoScript | Loading | Stale, LatencyCommands.Latest)
                {
                    Summary = "Shows the latest sample of every event.",
                    Complexity = "O(1)",
                },
                new("reset", -2, "2.8.13", Admin | NoScript | Loading | Stale, LatencyCommands.Reset)
                {
                    Summary = "Forgets the samples of events.",
                    Complexity = "O(1)",
                },
            ],
        },
        new("lolwut", -1, "5.0.0", ReadOnly | Fast, ProcessCommands.Lolwut)
        {
            Summary = "Draws a picture and tells the version.",
        },
        new("memory", -2, "4.0.0", None)
        {
            Summary = "Reports the use of memory.",
            Subcommands =
            [
                new("doctor", 2, "4.0.0", None, MemoryDoctor.Run)
                {
                    Summary = "Explains memory problems in words.",
                    Complexity = "O(1)",
                },
                new("help", 2, "4.0.0", Loading | Stale, HelpCommand.Run)
                {
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("malloc-stats", 2, "4.0.0", None, MemoryCommands.AllocatorStatistics)
                {
                    Summary = "Shows the allocator's own statistics.",
                },
                new("purge", 2, "4.0.0", None, MemoryCommands.Purge)
                {
                    Summary = "Asks the allocator to give memory back.",
                },
                new("stats", 2, "4.0.0", None, MemoryStatsCommand.Run)
                {
                    Summary = "Shows where memory goes.",
                    Complexity = "O(1)",
                },
                new("usage", -3, "4.0.0", ReadOnly, MemoryCommands.Usage)
                {
                    Keys = [KeySpec.Range("RO", 2)],
                    Summary = "Tells how many bytes a key and its value take.",
                    Complexity = "O(N)",
                },
            ],
        },
        new("monitor", 1, "1.0.0", Admin | NoScript | Loading | Stale, ProcessCommands.Monitor)
        {
            Summary = "Shows every command that the server executes.",
        },
        new("slowlog", -2, "2.2.12", None)
        {
            Summary = "Inspects the log of slow commands.",
            Subcommands =
            [
                new("get", -2, "2.2.12", Admin | Loading | Stale, SlowLogCommands.Get)
                {
                    Summary = "Shows the latest entries.",
                    Complexity = "O(N)",
                },
                new("help", 2, "6.2.0", Loading | Stale, HelpCommand.Run)
                {
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("len", 2, "2.2.12", Admin | Loading | Stale, SlowLogCommands.Length)
                {
                    Summary = "Counts the entries.",
                    Complexity = "O(1)",
                },
                new("reset", 2, "2.2.12", Admin | Loading | Stale, SlowLogCommands.Reset)
                {
                    Summary = "Removes all entries.",
                    Complexity = "O(N)",
                },
            ],
        },
        new("time", 1, "2.6.0", Loading | Stale | Fast, DataSetCommands.Time)
        {
            Summary = "Tells the server's time.",
            Complexity = "O(1)",
        },
    ];
}

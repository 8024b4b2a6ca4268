using AkkaKv.Commands.Commands;
using AkkaKv.Commands.Commands.Server;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on users and modules.</summary>
internal static class ServerSecurityRows
{
    public static readonly CommandRow[] Rows =
    [
        new("acl", -2, "6.0.0", None)
        {
            Summary = "Manages the users and what they may do.",
            Subcommands =
            [
                new("cat", -2, "6.0.0", NoScript | Loading | Stale, AclCommands.Categories)
                {
                    Summary = "Names the categories of commands, or the commands of one category.",
                    Complexity = "O(1)",
                },
                new("deluser", -3, "6.0.0", Admin | NoScript | Loading | Stale, AclCommands.DeleteUser)
                {
                    Summary = "Removes users and closes their connections.",
                    Complexity = "O(1)",
                },
                new("dryrun", -4, "7.0.0", Admin | NoScript | Loading | Stale, AclCommands.DryRun)
                {
                    Summary = "Says whether a user may run a command, without running it.",
                    Complexity = "O(1)",
                },
                new("genpass", -2, "6.0.0", NoScript | Loading | Stale, AclCommands.GeneratePassword)
                {
                    Summary = "Makes a random password.",
                    Complexity = "O(1)",
                },
                new("getuser", 3, "6.0.0", Admin | NoScript | Loading | Stale, AclCommands.GetUser)
                {
                    Summary = "Shows the rules of one user.",
                    Complexity = "O(N)",
                },
                new("help", 2, "6.0.0", Loading | Stale, HelpCommand.Run)
                {
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("list", 2, "6.0.0", Admin | NoScript | Loading | Stale, AclCommands.List)
                {
                    Summary = "Shows all users as lines of rules.",
                    Complexity = "O(N)",
                },
                new("load", 2, "6.0.0", Admin | NoScript | Loading | Stale, AclFileCommands.Load)
                {
                    Summary = "Reads the users from the configured file again.",
                    Complexity = "O(N)",
                },
                new("log", -2, "6.0.0", Admin | NoScript | Loading | Stale, AclLogCommand.Run)
                {
                    Summary = "Shows the latest refused commands and logins, or clears them.",
                    Complexity = "O(N)",
                },
                new("save", 2, "6.0.0", Admin | NoScript | Loading | Stale, AclFileCommands.Save)
                {
                    Summary = "Writes the users to the configured file.",
                    Complexity = "O(N)",
                },
                new("setuser", -3, "6.0.0", Admin | NoScript | Loading | Stale | Sensitive, AclCommands.SetUser)
                {
                    Summary = "Creates a user or changes its rules.",
                    Complexity = "O(N)",
                },
                new("users", 2, "6.0.0", Admin | NoScript | Loading | Stale, AclCommands.Users)
                {
                    Summary = "Names all users.",
                    Complexity = "O(N)",
                },
                new("whoami", 2, "6.0.0", NoScript | Loading | Stale, AclCommands.WhoAmI)
                {
                    Summary = "Names the user of this connection.",
                    Complexity = "O(1)",
                },
            ],
        },
        new("module", -2, "4.0.0", None)
        {
            Summary = "Manages modules.",
            Subcommands =
            [
                new("help", 2, "5.0.0", Loading | Stale, HelpCommand.Run)
                {
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("list", 2, "4.0.0", Admin | NoScript, ModuleCommands.List)
                {
                    Summary = "Lists the loaded modules.",
                    Complexity = "O(N)",
                },
                new("load", -3, "4.0.0", Admin | NoScript | NoAsyncLoading)
                {
                    Summary = "Loads a module.",
                    Complexity = "O(1)",
                },
                new("loadex", -3, "7.0.0", Admin | NoScript | NoAsyncLoading)
                {
                    Summary = "Loads a module with settings and arguments.",
                    Complexity = "O(1)",
                },
                new("unload", 3, "4.0.0", Admin | NoScript | NoAsyncLoading)
                {
                    Summary = "Unloads a module.",
                    Complexity = "O(1)",
                },
            ],
        },
    ];
}

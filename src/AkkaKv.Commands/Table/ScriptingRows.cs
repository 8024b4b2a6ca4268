using AkkaKv.Commands.Commands;
using AkkaKv.Commands.Commands.Scripting;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on scripts and functions.</summary>
internal static class ScriptingRows
{
    public static readonly CommandRow[] Rows =
    [
        new("eval", -3, "2.6.0", NoScript | Stale | SkipMonitor | NoMandatoryKeys | MovableKeys | MayReplicate | RunsScript, EvalCommands.Eval)
        {
            Categories = AclCategories.Scripting,
            Keys = [new KeySpec { Flags = "RW access update", Begin = new SearchIndex(2), Find = new KeyCount(0, 1, 1) }],
            Summary = "Runs a script.",
        },
        new("eval_ro", -3, "7.0.0", ReadOnly | NoScript | Stale | SkipMonitor | NoMandatoryKeys | MovableKeys | RunsScript, EvalCommands.Eval)
        {
            Categories = AclCategories.Scripting,
            Keys = [new KeySpec { Flags = "RO access", Begin = new SearchIndex(2), Find = new KeyCount(0, 1, 1) }],
            Summary = "Runs a script that only reads.",
        },
        new("evalsha", -3, "2.6.0", NoScript | Stale | SkipMonitor | NoMandatoryKeys | MovableKeys | MayReplicate | RunsScript, EvalCommands.EvalSha)
        {
            Categories = AclCategories.Scripting,
            Keys = [KeySpec.Counted("RW access update", 2, 0, 1, 1)],
            Summary = "Runs a script known by its digest.",
        },
        new("evalsha_ro", -3, "7.0.0", ReadOnly | NoScript | Stale | SkipMonitor | NoMandatoryKeys | MovableKeys | RunsScript, EvalCommands.EvalSha)
        {
            Categories = AclCategories.Scripting,
            Keys = [KeySpec.Counted("RO access", 2, 0, 1, 1)],
            Summary = "Runs a script known by its digest that only reads.",
        },
        new("fcall", -3, "7.0.0", NoScript | Stale | SkipMonitor | NoMandatoryKeys | MovableKeys | MayReplicate | RunsScript, EvalCommands.Call)
        {
            Categories = AclCategories.Scripting,
            Keys = [new KeySpec { Flags = "RW access update", Begin = new SearchIndex(2), Find = new KeyCount(0, 1, 1) }],
            Summary = "Calls a function.",
        },
        new("fcall_ro", -3, "7.0.0", ReadOnly | NoScript | Stale | SkipMonitor | NoMandatoryKeys | MovableKeys | RunsScript, EvalCommands.Call)
        {
            Categories = AclCategories.Scripting,
            Keys = [new KeySpec { Flags = "RO access", Begin = new SearchIndex(2), Find = new KeyCount(0, 1, 1) }],
            Summary = "Calls a function that only reads.",
        },
        new("function", -2, "7.0.0", None)
        {
            Summary = "Manages libraries of functions.",
            Subcommands =
            [
                new("delete", 3, "7.0.0", Write | NoScript, FunctionCommands.Delete)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Removes a library.",
                    Complexity = "O(1)",
                },
                new("dump", 2, "7.0.0", NoScript, FunctionCommands.Dump)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Serializes all libraries.",
                    Complexity = "O(N)",
                },
                new("flush", -2, "7.0.0", Write | NoScript, FunctionCommands.Flush)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Removes all libraries.",
                    Complexity = "O(N)",
                },
                new("help", 2, "7.0.0", Loading | Stale, HelpCommand.Run)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("kill", 2, "7.0.0", NoScript | AllowBusy, FunctionCommands.Kill)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Stops the function that is running.",
                    Complexity = "O(1)",
                },
                new("list", -2, "7.0.0", NoScript, FunctionCommands.List)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Describes the libraries.",
                    Complexity = "O(N)",
                },
                new("load", -3, "7.0.0", Write | DenyOom | NoScript | MayReplicate, FunctionCommands.Load)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Adds a library.",
                    Complexity = "O(1)",
                },
                new("restore", -3, "7.0.0", Write | DenyOom | NoScript, FunctionCommands.Restore)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Adds serialized libraries.",
                    Complexity = "O(N)",
                },
                new("stats", 2, "7.0.0", NoScript | AllowBusy, FunctionCommands.Statistics)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Describes the running function and the engines.",
                    Complexity = "O(1)",
                },
            ],
        },
        new("script", -2, "2.6.0", None)
        {
            Summary = "Manages cached scripts.",
            Subcommands =
            [
                new("debug", 3, "3.2.0", NoScript, ScriptCommands.Debug)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Chooses how scripts are debugged.",
                    Complexity = "O(1)",
                },
                new("exists", -3, "2.6.0", NoScript, ScriptCommands.Exists)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Says which digests are cached.",
                    Complexity = "O(N)",
                },
                new("flush", -2, "2.6.0", NoScript | MayReplicate, ScriptCommands.Flush)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Forgets all cached scripts.",
                    Complexity = "O(N)",
                },
                new("help", 2, "5.0.0", Loading | Stale, HelpCommand.Run)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("kill", 2, "2.6.0", NoScript | AllowBusy, ScriptCommands.Kill)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Stops the script that is running.",
                    Complexity = "O(1)",
                },
                new("load", 3, "2.6.0", NoScript | Stale | MayReplicate, ScriptCommands.Load)
                {
                    Categories = AclCategories.Scripting,
                    Summary = "Caches a script.",
                    Complexity = "O(N)",
                },
            ],
        },
    ];
}

namespace AkkaKv.Sentinel;

/// <summary>Who answers a subcommand of SENTINEL.</summary>
public enum SentinelCommandTarget
{
    /// <summary>The sentinel itself, from what it knows of all its masters.</summary>
    Sentinel,

    /// <summary>The monitor of the master that the third argument names.</summary>
    Master,

    /// <summary>The monitor of the master at an address.</summary>
    MasterByAddress,

    /// <summary>Every monitor; the replies are joined.</summary>
    EveryMaster,
}

/// <summary>One row of the table of SENTINEL's subcommands.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Arity">Number of arguments with SENTINEL and the name itself; negative for at least that many, as in COMMAND.</param>
/// <param name="Target">Who answers.</param>
/// <param name="Since">The version of Redis that introduced it.</param>
/// <param name="Syntax">As HELP shows it.</param>
/// <param name="Summary">As HELP explains it, line by line.</param>
public sealed record SentinelSubcommand(
    string Name, int Arity, SentinelCommandTarget Target, string Since, string? Syntax, params string[] Summary)
{
    /// <summary>All of them, in the order of HELP; aliases and their second forms have no syntax of their own.</summary>
    public static IReadOnlyList<SentinelSubcommand> All { get; } =
    [
        new("ckquorum", 3, SentinelCommandTarget.Master, "2.8.4", "CKQUORUM <master-name>",
            "Check if the current Sentinel configuration is able to reach the quorum",
            "needed to failover a master and the majority needed to authorize the",
            "failover."),
        new("config", -3, SentinelCommandTarget.Sentinel, "6.2.0", "CONFIG SET <param> <value>",
            "Set a global Sentinel configuration parameter.",
            "CONFIG GET <param>",
            "Get global Sentinel configuration parameter."),
        new("debug", -2, SentinelCommandTarget.Sentinel, "7.0.0", "DEBUG [<param> <value> ...]",
            "Show a list of configurable time parameters and their values (milliseconds).",
            "Or update current configurable parameters values (one or more)."),
        new("get-master-addr-by-name", 3, SentinelCommandTarget.Sentinel, "2.8.4", "GET-MASTER-ADDR-BY-NAME <master-name>",
            "Return the ip and port number of the master with that name."),
        new("failover", 3, SentinelCommandTarget.Master, "2.8.4", "FAILOVER <master-name>",
            "Manually failover a master node without asking for agreement from other",
            "Sentinels"),
        new("flushconfig", 2, SentinelCommandTarget.Sentinel, "2.8.4", "FLUSHCONFIG",
            "Force Sentinel to rewrite its configuration on disk, including the current",
            "Sentinel state."),
        new("info-cache", -3, SentinelCommandTarget.EveryMaster, "3.2.0", "INFO-CACHE <master-name>",
            "Return last cached INFO output from masters and all its replicas."),
        new("is-master-down-by-addr", 6, SentinelCommandTarget.MasterByAddress, "2.8.4",
            "IS-MASTER-DOWN-BY-ADDR <ip> <port> <current-epoch> <runid>",
            "Check if the master specified by ip:port is down from current Sentinel's",
            "point of view."),
        new("master", 3, SentinelCommandTarget.Master, "2.8.4", "MASTER <master-name>",
            "Show the state and info of the specified master."),
        new("masters", 2, SentinelCommandTarget.EveryMaster, "2.8.4", "MASTERS",
            "Show a list of monitored masters and their state."),
        new("monitor", 6, SentinelCommandTarget.Sentinel, "2.8.4", "MONITOR <name> <ip> <port> <quorum>",
            "Start monitoring a new master with the specified name, ip, port and quorum."),
        new("myid", 2, SentinelCommandTarget.Sentinel, "6.2.0", "MYID",
            "Return the ID of the Sentinel instance."),
        new("pending-scripts", 2, SentinelCommandTarget.Sentinel, "2.8.4", "PENDING-SCRIPTS",
            "Get pending scripts information."),
        new("remove", 3, SentinelCommandTarget.Sentinel, "2.8.4", "REMOVE <master-name>",
            "Remove master from Sentinel's monitor list."),
        new("replicas", 3, SentinelCommandTarget.Master, "5.0.0", "REPLICAS <master-name>",
            "Show a list of replicas for this master and their state."),
        new("reset", 3, SentinelCommandTarget.Sentinel, "2.8.4", "RESET <pattern>",
            "Reset masters for specific master name matching this pattern."),
        new("sentinels", 3, SentinelCommandTarget.Master, "2.8.4", "SENTINELS <master-name>",
            "Show a list of Sentinel instances for this master and their state."),
        new("set", -5, SentinelCommandTarget.Master, "2.8.4", "SET <master-name> <option> <value> [<option> <value> ...]",
            "Set configuration parameters for certain masters."),
        new("simulate-failure", -3, SentinelCommandTarget.Sentinel, "3.2.0",
            "SIMULATE-FAILURE [CRASH-AFTER-ELECTION] [CRASH-AFTER-PROMOTION] [HELP]",
            "Simulate a Sentinel crash."),
        new("slaves", 3, SentinelCommandTarget.Master, "2.8.0", null),
        new("help", 2, SentinelCommandTarget.Sentinel, "6.2.0", "HELP",
            "Prints this help."),
    ];

    private static readonly Dictionary<string, SentinelSubcommand> ByName = All.ToDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The row of a subcommand, whatever its case; null when there is none.</summary>
    public static SentinelSubcommand? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether a request with this many arguments (SENTINEL included) fits.</summary>
    public bool Accepts(int argumentCount) => Arity >= 0 ? argumentCount == Arity : argumentCount >= -Arity;
}

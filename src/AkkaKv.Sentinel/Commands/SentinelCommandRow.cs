namespace AkkaKv.Sentinel;

/// <summary>One command of the sentinel's port, as COMMAND describes it.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Arity">Number of arguments with the name; negative for at least that many.</param>
/// <param name="Flags">COMMAND's flags, by space.</param>
/// <param name="Categories">ACL categories without the sign, by space.</param>
/// <param name="Since">The version of Redis that introduced it.</param>
/// <param name="Group">Its group in the documentation.</param>
/// <param name="Summary">What it does.</param>
public sealed record SentinelCommandRow(
    string Name, int Arity, string Flags, string Categories, string Since, string Group, string Summary)
{
    /// <summary>All commands that a sentinel knows; everything else is unknown to it.</summary>
    public static IReadOnlyList<SentinelCommandRow> All { get; } =
    [
        new("auth", -2, "noscript loading stale fast no_auth allow_busy", "fast connection", "1.0.0", "connection", "Authenticate to the server"),
        new("client", -2, "", "slow", "2.4.0", "connection", "A container for client connection commands"),
        new("command", -1, "loading stale", "slow connection", "2.8.13", "server", "Get array of Redis command details"),
        new("hello", -1, "noscript loading stale fast no_auth allow_busy", "fast connection", "6.0.0", "connection", "Handshake with Redis"),
        new("info", -1, "loading stale", "slow dangerous", "1.0.0", "server", "Get information and statistics about the server"),
        new("ping", -1, "fast", "fast connection", "1.0.0", "connection", "Ping the server"),
        new("psubscribe", -2, "pubsub noscript loading stale", "pubsub slow", "2.0.0", "pubsub",
            "Listen for messages published to channels matching the given patterns"),
        new("publish", 3, "pubsub loading stale fast", "pubsub fast", "2.0.0", "pubsub", "Post a message to a channel"),
        new("punsubscribe", -1, "pubsub noscript loading stale", "pubsub slow", "2.0.0", "pubsub",
            "Stop listening for messages posted to channels matching the given patterns"),
        new("quit", -1, "noscript loading stale fast no_auth allow_busy", "fast connection", "1.0.0", "connection", "Close the connection"),
        new("role", 1, "noscript loading stale fast", "admin fast dangerous", "2.8.12", "server",
            "Return the role of the instance in the context of replication"),
        new("sentinel", -2, "admin", "admin slow dangerous", "2.8.4", "sentinel", "A container for Sentinel commands"),
        new("shutdown", -1, "admin noscript loading stale no_multi allow_busy", "admin slow dangerous", "1.0.0", "server",
            "Synchronously save the dataset to disk and then shut down the server"),
        new("subscribe", -2, "pubsub noscript loading stale", "pubsub slow", "2.0.0", "pubsub",
            "Listen for messages published to the given channels"),
        new("unsubscribe", -1, "pubsub noscript loading stale", "pubsub slow", "2.0.0", "pubsub",
            "Stop listening for messages posted to the given channels"),
    ];

    private static readonly Dictionary<string, SentinelCommandRow> ByName =
        All.ToDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The row of a command, whatever its case; null when there is none.</summary>
    public static SentinelCommandRow? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether a request with this many arguments (the name included) fits.</summary>
    public bool Accepts(int argumentCount) => Arity >= 0 ? argumentCount == Arity : argumentCount >= -Arity;
}

namespace AkkaKv.Commands.Table;

/// <summary>What the gates need to know about a command. The names that clients see are those of <c>COMMAND INFO</c>, see <see cref="CommandFlagNames"/>.</summary>
[Flags]
public enum CommandFlags
{
    /// <summary>No property.</summary>
    None = 0,

    /// <summary>May change data: refused by read-only replicas and when too few replicas listen, propagated.</summary>
    Write = 1 << 0,

    /// <summary>Reads data and changes none.</summary>
    ReadOnly = 1 << 1,

    /// <summary>May take memory: refused when <c>maxmemory</c> is reached and nothing can be evicted.</summary>
    DenyOom = 1 << 2,

    /// <summary>Administers the server.</summary>
    Admin = 1 << 3,

    /// <summary>Belongs to publish/subscribe.</summary>
    PubSub = 1 << 4,

    /// <summary>Not allowed in scripts.</summary>
    NoScript = 1 << 5,

    /// <summary>May make the connection wait.</summary>
    Blocking = 1 << 6,

    /// <summary>Allowed while the data set is being loaded.</summary>
    Loading = 1 << 7,

    /// <summary>Allowed on a replica without a link to its master that does not serve stale data.</summary>
    Stale = 1 << 8,

    /// <summary>Not shown by MONITOR.</summary>
    SkipMonitor = 1 << 9,

    /// <summary>Not recorded in the slow log.</summary>
    SkipSlowlog = 1 << 10,

    /// <summary>Implies ASKING in a cluster.</summary>
    Asking = 1 << 11,

    /// <summary>Takes constant or logarithmic time.</summary>
    Fast = 1 << 12,

    /// <summary>Allowed before authentication.</summary>
    NoAuth = 1 << 13,

    /// <summary>Not allowed in a transaction.</summary>
    NoMulti = 1 << 14,

    /// <summary>Keys cannot be found by a simple range of positions.</summary>
    MovableKeys = 1 << 15,

    /// <summary>Allowed while a script runs too long.</summary>
    AllowBusy = 1 << 16,

    /// <summary>Its key arguments may be absent.</summary>
    NoMandatoryKeys = 1 << 17,

    /// <summary>Not allowed while a data set is loaded beside the current one.</summary>
    NoAsyncLoading = 1 << 18,

    /// <summary>Does not write but may be propagated (PUBLISH): held back by CLIENT PAUSE WRITE. Not shown to clients.</summary>
    MayReplicate = 1 << 19,

    /// <summary>Runs at once inside a transaction instead of being queued. Not shown to clients.</summary>
    NeverQueued = 1 << 20,

    /// <summary>Allowed for a RESP2 connection that has subscriptions. Not shown to clients.</summary>
    SubscribedContext = 1 << 21,

    /// <summary>Its arguments hold secrets: neither MONITOR nor the slow log shows them. Not shown to clients.</summary>
    Sensitive = 1 << 22,

    /// <summary>Runs a script, which may say itself what it does. Not shown to clients.</summary>
    RunsScript = 1 << 23,
}

/// <summary>The names of flags in <c>COMMAND INFO</c>, in the order of Redis 7.0's replies.</summary>
public static class CommandFlagNames
{
    /// <summary>Flag and name, in the order in which they are listed.</summary>
    public static readonly IReadOnlyList<(CommandFlags Flag, string Name)> All =
    [
        (CommandFlags.Write, "write"),
        (CommandFlags.ReadOnly, "readonly"),
        (CommandFlags.DenyOom, "denyoom"),
        (CommandFlags.Admin, "admin"),
        (CommandFlags.PubSub, "pubsub"),
        (CommandFlags.NoScript, "noscript"),
        (CommandFlags.Blocking, "blocking"),
        (CommandFlags.Loading, "loading"),
        (CommandFlags.Stale, "stale"),
        (CommandFlags.SkipMonitor, "skip_monitor"),
        (CommandFlags.SkipSlowlog, "skip_slowlog"),
        (CommandFlags.Asking, "asking"),
        (CommandFlags.Fast, "fast"),
        (CommandFlags.NoAuth, "no_auth"),
        (CommandFlags.NoMandatoryKeys, "no_mandatory_keys"),
        (CommandFlags.AllowBusy, "allow_busy"),
        (CommandFlags.NoAsyncLoading, "no_async_loading"),
        (CommandFlags.NoMulti, "no_multi"),
        (CommandFlags.MovableKeys, "movablekeys"),
    ];
}

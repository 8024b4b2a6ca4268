using AkkaKv.Commands.Access;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Sessions;

/// <summary>What a connection is used for.</summary>
public enum SessionKind
{
    /// <summary>A client.</summary>
    Normal,

    /// <summary>A replica of this server.</summary>
    Replica,

    /// <summary>The link from this server's master: its commands pass the gates that clients meet, and get no replies.</summary>
    Master,
}

/// <summary>Whether a connection gets replies (CLIENT REPLY).</summary>
public enum ReplyMode
{
    /// <summary>Yes.</summary>
    On,

    /// <summary>No.</summary>
    Off,

    /// <summary>Not for the next command.</summary>
    SkipNext,
}

/// <summary>
/// One connection as the engine knows it. Created by <see cref="SessionRegistry"/>; belongs to the thread that runs the engine.
/// </summary>
public sealed class ClientSession
{
    internal ClientSession(long id, ISessionHost host, string address, string localAddress, long nowMs)
    {
        Id = id;
        Host = host;
        Address = address;
        LocalAddress = localAddress;
        CreatedAtMs = nowMs;
        LastInteractionMs = nowMs;
        Output = new OutputBuffer();
        Reply = new ReplyWriter(Output);
    }

    /// <summary>Fires when a session whose command answered <see cref="ExecutionResult.Blocked"/> may go on. Its output has been written.</summary>
    public event Action<ClientSession>? Unblocked;

    /// <summary>A number that is never used again while the process runs.</summary>
    public long Id { get; }

    /// <summary>The owner of the connection.</summary>
    public ISessionHost Host { get; }

    /// <summary>The client's address, <c>ip:port</c>.</summary>
    public string Address { get; }

    /// <summary>The address that the client connected to.</summary>
    public string LocalAddress { get; }

    /// <summary>Unix milliseconds of the connection's start.</summary>
    public long CreatedAtMs { get; }

    /// <summary>Unix milliseconds of the last request.</summary>
    public long LastInteractionMs { get; set; }

    /// <summary>Replies and messages that the host has to send.</summary>
    public OutputBuffer Output { get; }

    /// <summary>Writes into <see cref="Output"/>.</summary>
    public ReplyWriter Reply { get; }

    /// <summary>What the connection is used for.</summary>
    public SessionKind Kind { get; set; }

    /// <summary>The selected database.</summary>
    public int DatabaseIndex { get; set; }

    /// <summary>CLIENT SETNAME's name; empty without one.</summary>
    public string Name { get; set; } = "";

    /// <summary>CLIENT SETINFO's lib-name.</summary>
    public string LibraryName { get; set; } = "";

    /// <summary>CLIENT SETINFO's lib-ver.</summary>
    public string LibraryVersion { get; set; } = "";

    /// <summary>The name of the user it acts for.</summary>
    public string User => Account?.Name ?? AccessControl.DefaultName;

    /// <summary>The user it acts for; null: it may do everything.</summary>
    internal AclUser? Account { get; set; }

    /// <summary>Whether it has given a valid password. Without a configured one nobody is asked for it.</summary>
    public bool IsAuthenticated { get; set; }

    /// <summary>The command that ran last.</summary>
    public CommandRow? LastCommand { get; internal set; }

    /// <summary>The open transaction; null outside one.</summary>
    public Transaction? Transaction { get; internal set; }

    /// <summary>The watched keys.</summary>
    public WatchList Watched { get; } = new();

    /// <summary>What it listens to; null when it never did.</summary>
    public Channels.Subscriptions? Subscriptions { get; internal set; }

    /// <summary>Whether it listens to any channel, pattern or shard channel.</summary>
    public bool IsSubscribed => Subscriptions is { Count: > 0 };

    /// <summary>Its client-side caching; null when it is off.</summary>
    public Tracking.SessionTracking? Tracking { get; internal set; }

    /// <summary>Whether it watches all commands (MONITOR).</summary>
    public bool IsMonitor { get; internal set; }

    /// <summary>CLIENT NO-EVICT.</summary>
    public bool IsNoEvict { get; set; }

    /// <summary>CLIENT NO-TOUCH.</summary>
    public bool IsNoTouch { get; set; }

    /// <summary>CLIENT REPLY.</summary>
    public ReplyMode ReplyMode { get; internal set; }

    /// <summary>Why it waits; null when it does not.</summary>
    public BlockedState? Blocked { get; internal set; }

    /// <summary>The connection ends when its output is sent; nothing of it is executed any more.</summary>
    public bool IsClosing { get; internal set; }

    /// <summary>
    /// The replication offset behind this session's last command, so behind all its writes: what WAIT waits for.
    /// </summary>
    public long WriteOffset { get; internal set; }

    /// <summary>Whether its replies are to be dropped: the link from a master, CLIENT REPLY OFF.</summary>
    internal bool IsMuted => Kind == SessionKind.Master || ReplyMode != ReplyMode.On;

    internal void RaiseUnblocked() => Unblocked?.Invoke(this);
}

namespace AkkaKv.Sentinel;

/// <summary>Everything that can happen to a <see cref="MasterMonitor"/>. One door: <see cref="MasterMonitor.Step"/>.</summary>
public abstract record SentinelInput;

/// <summary>Nothing but time: <see cref="MasterMonitor.NextDeadline"/> was reached.</summary>
public sealed record TimePassed : SentinelInput
{
    /// <summary>The only value of it.</summary>
    public static TimePassed Instance { get; } = new();
}

/// <summary>The connection asked for by <see cref="OpenLink"/> stands.</summary>
public sealed record LinkOpened(int Link) : SentinelInput;

/// <summary>Why a link is not there.</summary>
public enum LinkFailure
{
    /// <summary>The host answered that nobody listens.</summary>
    Refused,

    /// <summary>The other side ended the connection, politely or not.</summary>
    Reset,

    /// <summary>No answer, no route, no such host, or a reply that is not RESP.</summary>
    Unreachable,
}

/// <summary>The link ended, or the attempt to open it failed.</summary>
public sealed record LinkLost(int Link, LinkFailure Reason) : SentinelInput;

/// <summary>The kind of a reply, as far as sentinels look.</summary>
public enum ReplyKind
{
    /// <summary>A status line.</summary>
    Status,

    /// <summary>An error line.</summary>
    Error,

    /// <summary>A bulk or verbatim string.</summary>
    Text,

    /// <summary>Anything else; the text is empty.</summary>
    Other,
}

/// <summary>The reply to the oldest unanswered <see cref="SendCommand"/> of that link.</summary>
public sealed record ReplyArrived(int Link, CommandTag Tag, ReplyKind Kind, string Text) : SentinelInput;

/// <summary>A peer's message arrived.</summary>
public sealed record PeerMessageArrived(PeerMessage Message) : SentinelInput;

/// <summary>Cluster gossip knows a sentinel that watches this master too.</summary>
public sealed record PeerFound(string Id, InstanceAddress Address) : SentinelInput;

/// <summary>A data node told its state.</summary>
public sealed record NodeStatusArrived(NodeStatus Status) : SentinelInput;

/// <summary>SENTINEL FAILOVER was accepted.</summary>
public sealed record FailoverRequested : SentinelInput;

/// <summary>SENTINEL RESET matched this master.</summary>
public sealed record ResetRequested : SentinelInput;

/// <summary>SENTINEL SET changed the settings; the option and the value are what the +set event shows.</summary>
public sealed record SettingsChanged(MasterSettings Settings, string Option, string Value) : SentinelInput;

/// <summary>SENTINEL DEBUG changed the timings.</summary>
public sealed record TimingsChanged(SentinelTimings Timings) : SentinelInput;

/// <summary>SENTINEL CONFIG SET changed the address under which this sentinel is shown.</summary>
public sealed record IdentityChanged(SentinelIdentity Identity) : SentinelInput;

/// <summary>SENTINEL SIMULATE-FAILURE: 1 crash after being elected, 2 crash after the promotion, 3 both.</summary>
public sealed record FailuresSimulated(int Flags) : SentinelInput;

/// <summary>SENTINEL REMOVE, or the host ends: links are closed, nothing follows but a last event when a user removed the master.</summary>
public sealed record WatchEnded(bool IsRemoved) : SentinelInput;

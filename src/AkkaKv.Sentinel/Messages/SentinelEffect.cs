namespace AkkaKv.Sentinel;

/// <summary>Something the host must do. Effects are performed strictly in the order of the outbox.</summary>
public abstract record SentinelEffect;

/// <summary>Connect to the address; answer with <see cref="LinkOpened"/> or <see cref="LinkLost"/> for that number.</summary>
public sealed record OpenLink(int Link, InstanceAddress Address) : SentinelEffect;

/// <summary>Drop the link without a further input for it.</summary>
public sealed record CloseLink(int Link) : SentinelEffect;

/// <summary>What a command was sent for; comes back with its reply.</summary>
public enum CommandTag
{
    /// <summary>Its reply is of no interest.</summary>
    Discard,

    /// <summary>PING.</summary>
    Ping,

    /// <summary>INFO.</summary>
    Info,

    /// <summary>The EXEC that ends a change of role.</summary>
    RoleChange,
}

/// <summary>Send a command on a link; replies come in order.</summary>
public sealed record SendCommand(int Link, CommandTag Tag, IReadOnlyList<string> Arguments) : SentinelEffect;

/// <summary>
/// Write this down. Nothing after it in this outbox, or in a later one, may leave before it is durable: a vote that is forgotten can be
/// given twice.
/// </summary>
public sealed record Persist(MasterState State) : SentinelEffect;

/// <summary>Send to one peer, by its id.</summary>
public sealed record TellPeer(string PeerId, PeerMessage Message) : SentinelEffect;

/// <summary>Send to every sentinel the host knows, whether the monitor has met it or not.</summary>
public sealed record TellPeers(PeerMessage Message) : SentinelEffect;

/// <summary>How loud an event is: Redis's log marks <c>*</c> and <c>#</c>.</summary>
public enum EventLevel
{
    /// <summary>Log mark <c>-</c>; not published.</summary>
    Verbose,

    /// <summary>Log mark <c>*</c>.</summary>
    Notice,

    /// <summary>Log mark <c>#</c>.</summary>
    Warning,
}

/// <summary>Log <c>channel message</c> and publish the message on the channel to the subscribers of the sentinel's RESP port.</summary>
public sealed record PublishEvent(EventLevel Level, string Channel, string Message) : SentinelEffect;

/// <summary>A line for the log alone.</summary>
public sealed record WriteLog(EventLevel Level, string Line) : SentinelEffect;

/// <summary>
/// The master is elsewhere from now on: for routers, gateways and data nodes, as soon as it is decided and earlier than the
/// +switch-master event of the sentinel that leads the failover.
/// </summary>
public sealed record AnnounceMaster(string MasterName, InstanceAddress Address, long ConfigEpoch) : SentinelEffect;

/// <summary>What INFO sentinel and SENTINEL GET-MASTER-ADDR-BY-NAME show changed.</summary>
public sealed record SummaryChanged(MasterSummary Summary) : SentinelEffect;

/// <summary>A failover ended, well or not.</summary>
public sealed record RecordTimeline(FailoverTimeline Timeline) : SentinelEffect;

/// <summary>End this process at once, with exit code 99: the user asked for it by SENTINEL SIMULATE-FAILURE.</summary>
public sealed record CrashProcess : SentinelEffect;

/// <summary>One line of INFO sentinel.</summary>
/// <param name="Name">The master's name.</param>
/// <param name="Status"><c>ok</c>, <c>sdown</c> or <c>odown</c>.</param>
/// <param name="Address">Where clients are sent.</param>
/// <param name="Replicas">Known replicas.</param>
/// <param name="Sentinels">Known sentinels, this one included.</param>
/// <param name="ConfigEpoch">The epoch in which the address was decided.</param>
/// <param name="InTilt">Whether this monitor distrusts its clock.</param>
public sealed record MasterSummary(
    string Name, string Status, InstanceAddress Address, int Replicas, int Sentinels, long ConfigEpoch, bool InTilt);

namespace AkkaKv.Sentinel;

/// <summary>What sentinels tell each other about one master. Plain values, carried by remoting; delivered at most once and in any order.</summary>
public abstract record PeerMessage(string MasterName, string SenderId);

/// <summary>How far the sender's own failover has come, as far as it concerns its peers.</summary>
public enum FailoverPhase
{
    /// <summary>It does none.</summary>
    None,

    /// <summary>It asks for votes.</summary>
    Campaigning,

    /// <summary>It was elected and is at work.</summary>
    Leading,
}

/// <summary>
/// The sender's whole view of the master: sent when it changes, repeated so that a lost one does not matter. Carries what Redis's
/// <c>__sentinel__:hello</c> and SENTINEL IS-MASTER-DOWN-BY-ADDR carry together.
/// </summary>
/// <param name="MasterName">The master it is about.</param>
/// <param name="SenderId">The sender's id.</param>
/// <param name="SenderAddress">Where clients reach the sender.</param>
/// <param name="CurrentEpoch">The newest epoch the sender knows.</param>
/// <param name="MasterAddress">Where the sender takes the master to be.</param>
/// <param name="ConfigEpoch">The epoch in which that was decided.</param>
/// <param name="MasterDown">Whether the sender sees the master at that address subjectively down.</param>
/// <param name="Leader">Whom the sender voted for last; empty for nobody.</param>
/// <param name="LeaderEpoch">The epoch of that vote.</param>
/// <param name="Phase">The sender's own failover.</param>
/// <param name="FailoverEpoch">The epoch of that failover; 0 for none.</param>
public sealed record SentinelHello(
    string MasterName,
    string SenderId,
    InstanceAddress SenderAddress,
    long CurrentEpoch,
    InstanceAddress MasterAddress,
    long ConfigEpoch,
    bool MasterDown,
    string Leader,
    long LeaderEpoch,
    FailoverPhase Phase,
    long FailoverEpoch) : PeerMessage(MasterName, SenderId);

/// <summary>
/// The sender is about to become a candidate and writes its own vote to its disk first. Binds nobody; it only keeps the others from becoming candidates
/// meanwhile, which would split the vote.
/// </summary>
public sealed record CandidacyNotice(string MasterName, string SenderId) : PeerMessage(MasterName, SenderId);

/// <summary>The sender is a candidate in this epoch and knows the configuration of that config epoch.</summary>
public sealed record VoteRequest(string MasterName, string SenderId, long Epoch, long ConfigEpoch) : PeerMessage(MasterName, SenderId);

/// <summary>
/// The answer to a <see cref="VoteRequest"/> of <paramref name="RequestedEpoch"/>: the sender's last vote. Granted when it names the
/// candidate and that epoch; anything else is a refusal.
/// </summary>
public sealed record VoteReply(string MasterName, string SenderId, long RequestedEpoch, string Leader, long LeaderEpoch)
    : PeerMessage(MasterName, SenderId);

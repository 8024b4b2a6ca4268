namespace AkkaKv.Sentinel;

/// <summary>
/// The other sentinels: meets them, takes in their hellos (presence, epoch, configuration, opinion), and sends its own when it changes
/// and now and then when it does not.
/// </summary>
internal sealed class PeerBook(
    MonitorState monitor, VoteBook votes, FailoverMachine failover, ElectionSchedule schedule, ConfigurationSwitch configuration)
{
    /// <summary>Between two hellos of an elected leader, in milliseconds: its peers hold back as long as they hear it.</summary>
    public const long LeadingHelloPeriodMs = 100;

    private SentinelHello? _lastSent;
    private long _lastSentAt;
    private long _disputeLoggedAt = long.MinValue / 2;

    public long NextDeadline => _lastSent is null ? monitor.Now : _lastSentAt + PeriodMs;

    private long PeriodMs => failover.Phase == FailoverPhase.Leading
        ? Math.Min(LeadingHelloPeriodMs, monitor.HelloPeriodMs)
        : monitor.HelloPeriodMs;

    /// <summary>A sentinel was found by gossip or spoke for the first time.</summary>
    public PeerSentinel? Meet(string id, InstanceAddress address)
    {
        if (id == monitor.Identity.Id)
            return null;
        if (monitor.FindPeer(id) is { } known)
        {
            if (known.Address != address)
            {
                known.Address = address;
                monitor.Event(
                    EventLevel.Notice, "+sentinel-address-switch", $"{monitor.Master.Details} ip {address.Host} port {address.Port} for {id}");
                monitor.Persist();
            }
            return known;
        }
        ForgetDuplicate(id, address);
        var peer = new PeerSentinel(monitor, id, address);
        monitor.Peers.Add(peer);
        monitor.Event(EventLevel.Notice, "+sentinel", peer.Details);
        monitor.Persist();
        // The new one shall not wait a period for our view.
        monitor.Outbox.Add(new TellPeer(id, Hello()));
        return peer;
    }

    public void OnHello(SentinelHello hello)
    {
        if (Meet(hello.SenderId, hello.SenderAddress) is not { } peer)
            return;
        peer.HeardAt = monitor.Now;
        peer.Hello = hello;
        peer.HelloAt = monitor.Now;
        if (hello.Phase == FailoverPhase.None)
            peer.CandidacyHeardAt = null;
        peer.Leader = hello.Leader;
        peer.LeaderEpoch = hello.LeaderEpoch;
        votes.AdoptEpoch(hello.CurrentEpoch);
        if (hello.ConfigEpoch > monitor.ConfigEpoch)
            Adopt(hello, peer);
        else if (hello.ConfigEpoch < monitor.ConfigEpoch)
            monitor.Outbox.Add(new TellPeer(peer.Id, Hello()));
        else if (hello.MasterAddress != monitor.CurrentAddress)
            Dispute(hello, peer);
        YieldTo(hello);
    }

    /// <summary>A peer is about to become a candidate.</summary>
    public void OnNotice(CandidacyNotice notice)
    {
        if (monitor.FindPeer(notice.SenderId) is not { } peer)
            return;
        peer.HeardAt = monitor.Now;
        peer.CandidacyHeardAt = monitor.Now;
    }

    /// <summary>Sends the hello if it changed or is due. To be called at the end of every step.</summary>
    public void Speak()
    {
        var hello = Hello();
        if (hello == _lastSent && monitor.Now < NextDeadline)
            return;
        _lastSent = hello;
        _lastSentAt = monitor.Now;
        monitor.Outbox.Add(new TellPeers(hello));
    }

    private SentinelHello Hello() => new(
        monitor.Settings.Name,
        monitor.Identity.Id,
        monitor.Identity.Address,
        monitor.CurrentEpoch,
        monitor.CurrentAddress,
        monitor.ConfigEpoch,
        // A sentinel in TILT has no opinion.
        monitor.Master.IsDown && !monitor.InTilt && monitor.CurrentAddress == monitor.Master.Address,
        monitor.Leader,
        monitor.LeaderEpoch,
        failover.Phase,
        failover.IsRunning ? failover.Epoch : 0);

    /// <summary>The peer knows a configuration that was decided in a later epoch.</summary>
    private void Adopt(SentinelHello hello, PeerSentinel peer)
    {
        failover.Abandon("superseded");
        monitor.ConfigEpoch = hello.ConfigEpoch;
        if (hello.MasterAddress == monitor.Master.Address)
        {
            monitor.Persist();
            return;
        }
        monitor.Event(EventLevel.Warning, "+config-update-from", peer.Details);
        schedule.Reset();
        configuration.SwitchTo(hello.MasterAddress);
    }

    /// <summary>
    /// Two configurations of the same epoch: only different declarations can cause that. Redis's sentinels stay silent about it for
    /// ever; here it is said, until a failover or the truth of the roles ends it.
    /// </summary>
    private void Dispute(SentinelHello hello, PeerSentinel peer)
    {
        if (monitor.Now - _disputeLoggedAt < 10_000)
            return;
        _disputeLoggedAt = monitor.Now;
        monitor.Outbox.Add(new WriteLog(
            EventLevel.Warning,
            $"Sentinel {peer.Id} takes {hello.MasterAddress} for the master of '{monitor.Settings.Name}', this one "
            + $"{monitor.CurrentAddress}, both in config epoch {hello.ConfigEpoch}: compare the declared addresses."));
    }

    /// <summary>A leader of a newer epoch is at work: an older one that promoted nobody yet steps back.</summary>
    private void YieldTo(SentinelHello hello)
    {
        if (hello.Phase == FailoverPhase.Leading
            && failover.IsRunning
            && failover.State < FailoverState.ReconfigureReplicas
            && hello.FailoverEpoch > failover.Epoch)
        {
            failover.Abort("-failover-abort-superseded");
        }
    }

    /// <summary>A sentinel that came back under a new id at the same address replaces the one that is gone.</summary>
    private void ForgetDuplicate(string id, InstanceAddress address)
    {
        if (monitor.Peers.Find(peer => peer.Address == address && peer.IsDown) is not { } gone)
            return;
        monitor.Peers.Remove(gone);
        monitor.Event(
            EventLevel.Notice, "-dup-sentinel", $"{monitor.Master.Details} #duplicate of {address.Host}:{address.Port} or {id}");
    }
}

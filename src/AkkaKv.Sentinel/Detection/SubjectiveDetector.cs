namespace AkkaKv.Sentinel;

/// <summary>SDOWN: what this sentinel alone believes about an instance or a peer.</summary>
/// <remarks>
/// Down is: no valid reply to PING for down-after-milliseconds; or a link that broke and is refused when reopened (hard evidence, a dead
/// process need not be waited for); or a master that calls itself a replica for too long.
/// </remarks>
internal sealed class SubjectiveDetector(MonitorState monitor)
{
    public void Check()
    {
        CheckInstance(monitor.Master, IsMasterInWrongRole());
        foreach (var replica in monitor.Replicas)
            CheckInstance(replica, false);
        foreach (var peer in monitor.Peers)
            CheckPeer(peer);
    }

    /// <summary>When the next instance or peer falls down if it stays silent.</summary>
    public long NextDeadline()
    {
        var next = long.MaxValue;
        foreach (var instance in monitor.Instances)
        {
            if (!instance.IsDown && SilentSince(instance.Link) is { } since)
                next = Math.Min(next, since + monitor.Settings.DownAfterMs + 1);
        }
        foreach (var peer in monitor.Peers)
        {
            if (!peer.IsDown)
                next = Math.Min(next, peer.HeardAt + monitor.Settings.DownAfterMs + 1);
        }
        return next;
    }

    private void CheckInstance(WatchedInstance instance, bool isInWrongRole)
    {
        var isSilent = SilentSince(instance.Link) is { } since && monitor.Now - since > monitor.Settings.DownAfterMs;
        var isRefused = monitor.Settings.TrustHardEvidence && instance.Link.IsRefusedAfterLoss;
        var isDown = isSilent || isRefused || isInWrongRole;
        if (isDown && !instance.IsDown)
            instance.MarkDown();
        else if (!isDown && instance.IsDown)
            instance.MarkUp();
    }

    private void CheckPeer(PeerSentinel peer)
    {
        var isDown = monitor.Now - peer.HeardAt > monitor.Settings.DownAfterMs;
        if (isDown && !peer.IsDown)
            peer.MarkDown();
        else if (!isDown && peer.IsDown)
            peer.MarkUp();
    }

    private static long? SilentSince(InstanceLink link) => link.PingPendingSince ?? (link.IsUp ? null : link.LastOkReplyAt);

    /// <summary>A master that reports to be a replica, longer than a switch needs to become known, does not serve as a master.</summary>
    private bool IsMasterInWrongRole()
    {
        var master = monitor.Master;
        return master.ReportedRole == InstanceRole.Replica
            && monitor.Now - master.RoleReportedSince > monitor.Settings.DownAfterMs + 2 * monitor.Timings.InfoPeriodMs;
    }
}

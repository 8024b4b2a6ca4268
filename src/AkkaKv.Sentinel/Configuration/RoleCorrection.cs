namespace AkkaKv.Sentinel;

/// <summary>
/// Corrects instances that are not what the configuration says: a former master that returns as a master (+convert-to-slave), a replica
/// of somebody else (+fix-slave-config), and a declared master that is a replica in truth.
/// </summary>
/// <remarks>
/// The danger is a correction out of an old configuration: it would undo a promotion by somebody else. So nothing is corrected without
/// fresh word from a majority of the voters that none of them knows better and none fails over. Redis waits eight seconds for such word
/// (or failover-timeout); here the word is counted. Only an instance that was down or restarted, which nobody can have promoted since,
/// is corrected at once: it must not take writes.
/// </remarks>
internal sealed class RoleCorrection(MonitorState monitor, FailoverMachine failover, ConfigurationSwitch configuration)
{
    private const long RepeatMs = 1_000;
    private readonly Dictionary<InstanceAddress, long> _orderedAt = [];

    /// <summary>How long an instance that was never lost from sight may differ before it is corrected.</summary>
    private long PatienceMs => Math.Max(1_000, 4 * monitor.HelloPeriodMs);

    public void Check()
    {
        if (failover.IsRunning || !HasMajoritysWord())
            return;
        FollowDeclaredMaster();
        if (!MasterLooksSane())
            return;
        foreach (var replica in monitor.Replicas)
            Check(replica);
    }

    private void Check(WatchedReplica replica)
    {
        if (!replica.Link.IsUp || replica.IsDown || replica.RefreshedAt is null)
            return;
        var isMaster = replica.ReportedRole == InstanceRole.Master;
        if (!isMaster && (replica.MasterAddress is null || replica.MasterAddress == monitor.Master.Address))
        {
            if (replica.MasterAddress is not null)
                replica.CameBack = false;
            return;
        }
        var since = isMaster ? replica.RoleReportedSince : replica.MasterAddressSince;
        var isAtOnce = replica.CameBack && monitor.CurrentEpoch == monitor.ConfigEpoch;
        if (!isAtOnce && monitor.Now - since <= PatienceMs)
            return;
        if (_orderedAt.TryGetValue(replica.Address, out var orderedAt) && monitor.Now - orderedAt < RepeatMs)
            return;
        _orderedAt[replica.Address] = monitor.Now;
        RoleOrder.Follow(replica.Link, monitor.Master.Address);
        monitor.Event(EventLevel.Notice, isMaster ? "+convert-to-slave" : "+fix-slave-config", replica.Details);
    }

    /// <summary>
    /// No failover was ever decided, yet the declared master follows another one: the declaration is older than the truth (all sentinels
    /// lost their memory, or were declared differently). Who the declared master follows is the master.
    /// </summary>
    private void FollowDeclaredMaster()
    {
        var master = monitor.Master;
        if (monitor.ConfigEpoch != 0 || master.RefersTo is not { } truth || truth == master.Address)
            return;
        if (monitor.Now - master.RoleReportedSince <= PatienceMs)
            return;
        configuration.SwitchTo(truth);
    }

    private bool MasterLooksSane()
    {
        var master = monitor.Master;
        return master.ReportedRole == InstanceRole.Master
            && !master.IsDown
            && master.RefreshedAt is { } refreshedAt
            && monitor.Now - refreshedAt < 2 * monitor.Timings.InfoPeriodMs;
    }

    private bool HasMajoritysWord()
    {
        var known = 1;
        foreach (var peer in monitor.Peers)
        {
            if (!peer.IsVoter || peer.Hello is not { } hello || monitor.Now - peer.HelloAt > 2 * monitor.HelloPeriodMs)
                continue;
            if (hello.ConfigEpoch > monitor.ConfigEpoch || hello.Phase == FailoverPhase.Leading)
                return false;
            known++;
        }
        return known >= monitor.Voters.Majority(monitor.VotingPeers);
    }
}

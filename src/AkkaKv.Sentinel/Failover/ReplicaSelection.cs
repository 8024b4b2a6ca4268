namespace AkkaKv.Sentinel;

/// <summary>
/// Which replica is promoted. Excluded: down, disconnected, silent for five ping periods, priority 0, state unknown or old, cut off from
/// the master for much longer than the master is down, a master of its own making (unless the configured master itself follows it). Of
/// the others: one that a lost leader promoted already, then the smallest priority, then the largest offset, then the smallest run id.
/// </summary>
/// <remarks>
/// Redis compares offsets that may be 30 s old and so may promote a replica that lacks writes which another one has. Here every
/// candidate is asked when the election starts, and a replica whose answer is older competes only if no newer one came in time.
/// </remarks>
internal static class ReplicaSelection
{
    /// <summary>Whether any replica could be promoted now.</summary>
    public static bool IsAnyEligible(MonitorState monitor) => monitor.Replicas.Exists(replica => IsEligible(monitor, replica));

    /// <summary>The eligible replicas, best first.</summary>
    public static List<WatchedReplica> Rank(MonitorState monitor)
    {
        var eligible = monitor.Replicas.FindAll(replica => IsEligible(monitor, replica));
        eligible.Sort(Compare);
        return eligible;
    }

    /// <summary>Whether this replica's state was asked for at that time or later, so that its offset is worth comparing.</summary>
    public static bool IsFresh(WatchedReplica replica, long since) => replica.RefreshAskedAt >= since;

    private static bool IsEligible(MonitorState monitor, WatchedReplica replica)
    {
        var now = monitor.Now;
        var master = monitor.Master;
        var pingPeriods = 5 * monitor.Timings.PingPeriodMs;
        if (replica.IsDown || !replica.Link.IsUp || replica.Priority == 0)
            return false;
        if (replica.Link.LastOkReplyAt is not { } aliveAt || now - aliveAt > pingPeriods)
            return false;
        var infoValidity = master.IsDown ? pingPeriods : 3 * monitor.Timings.InfoPeriodMs;
        if (replica.RefreshedAt is not { } refreshedAt || now - refreshedAt > infoValidity)
            return false;
        // A master that nobody in sight promoted holds a history of its own. Where the configured master follows it, that history is the
        // configured master's too: all restarted with roles from before the last failover.
        if (replica.ReportedRole == InstanceRole.Master && replica.CameBack)
            return master.ReportedRole == InstanceRole.Replica && master.RefersTo == replica.Address;
        // Nobody can have followed a master that is a replica itself, for longer than anybody knows.
        if (master.ReportedRole == InstanceRole.Replica)
            return true;
        var linkDownMax = 10 * monitor.Settings.DownAfterMs + (master.IsDown ? now - master.DownSince : 0);
        return replica.MasterLinkDownMs <= linkDownMax;
    }

    private static int Compare(WatchedReplica left, WatchedReplica right)
    {
        var order = right.ReportedRole == InstanceRole.Master ? 1 : 0;
        order -= left.ReportedRole == InstanceRole.Master ? 1 : 0;
        if (order == 0)
            order = left.Priority.CompareTo(right.Priority);
        if (order == 0)
            order = right.Offset.CompareTo(left.Offset);
        if (order == 0)
            order = CompareRunIds(left.RunId, right.RunId);
        return order != 0 ? order : string.CompareOrdinal(left.Address.ToString(), right.Address.ToString());
    }

    /// <summary>Instances without a run id (very old Redis) come last.</summary>
    private static int CompareRunIds(string left, string right) => (left.Length == 0, right.Length == 0) switch
    {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => -1,
        _ => string.Compare(left, right, StringComparison.OrdinalIgnoreCase),
    };
}

namespace AkkaKv.Sentinel;

/// <summary>
/// State reconf_slaves: points the other replicas at the new master, not more than parallel-syncs of them at a time, until all that are
/// alive follow it or failover-timeout is over.
/// </summary>
internal sealed class Reconfigurator(MonitorState monitor, FailoverMachine failover)
{
    public void Advance()
    {
        var promoted = failover.Promoted ?? throw new InvalidOperationException("Replicas are reconfigured without a promoted one.");
        ReleaseLateOnes();
        Observe(promoted.Address);
        // A new master that is lost again must come under watch as the master: the rest of this failover would only delay the next one.
        var isCutShort = promoted.IsDown;
        var isTimedOut = monitor.Now - failover.StateSince > monitor.Settings.FailoverTimeoutMs;
        if (!isCutShort && !isTimedOut)
            Order(promoted.Address);
        if (isTimedOut)
            monitor.Event(EventLevel.Warning, "+failover-end-for-timeout", monitor.Master.Details);
        if (isTimedOut || isCutShort || !monitor.Replicas.Exists(IsAwaited))
        {
            monitor.Event(EventLevel.Warning, "+failover-end", monitor.Master.Details);
            failover.Enter(FailoverState.UpdateConfiguration);
        }
        if (isTimedOut)
            OrderRest(promoted.Address);
    }

    public long NextDeadline()
    {
        var next = failover.StateSince + monitor.Settings.FailoverTimeoutMs + 1;
        foreach (var replica in monitor.Replicas)
        {
            if (replica.Reconfiguration == Reconfiguration.Sent)
                next = Math.Min(next, replica.ReconfigurationSentAt + monitor.Timings.ReplicaReconfigurationTimeoutMs + 1);
        }
        return next;
    }

    private static bool IsAwaited(WatchedReplica replica) =>
        !replica.IsPromoted && !replica.IsDown && replica.Reconfiguration != Reconfiguration.Done;

    private void ReleaseLateOnes()
    {
        foreach (var replica in monitor.Replicas)
        {
            if (replica.Reconfiguration != Reconfiguration.Sent
                || monitor.Now - replica.ReconfigurationSentAt <= monitor.Timings.ReplicaReconfigurationTimeoutMs)
            {
                continue;
            }
            monitor.Event(EventLevel.Notice, "-slave-reconf-sent-timeout", replica.Details);
            replica.Reconfiguration = Reconfiguration.Done;
        }
    }

    private void Observe(InstanceAddress newMaster)
    {
        foreach (var replica in monitor.Replicas)
        {
            if (replica.ReportedRole != InstanceRole.Replica || replica.MasterAddress != newMaster)
                continue;
            if (replica.Reconfiguration == Reconfiguration.Sent)
            {
                replica.Reconfiguration = Reconfiguration.InProgress;
                monitor.Event(EventLevel.Notice, "+slave-reconf-inprog", replica.Details);
            }
            if (replica.Reconfiguration == Reconfiguration.InProgress && replica.MasterLinkUp)
            {
                replica.Reconfiguration = Reconfiguration.Done;
                failover.Clock.LastReconfiguredAt = monitor.Now;
                monitor.Event(EventLevel.Notice, "+slave-reconf-done", replica.Details);
            }
        }
    }

    private void Order(InstanceAddress newMaster)
    {
        var underWay = monitor.Replicas.Count(replica => replica.Reconfiguration is Reconfiguration.Sent or Reconfiguration.InProgress);
        foreach (var replica in monitor.Replicas)
        {
            if (underWay >= monitor.Settings.ParallelSyncs)
                return;
            if (replica.IsPromoted || replica.Reconfiguration != Reconfiguration.None || !replica.Link.IsUp || replica.IsDown)
                continue;
            Order(replica, newMaster, "+slave-reconf-sent");
            underWay++;
        }
    }

    /// <summary>Time is over: whoever is left is told at least, best effort.</summary>
    private void OrderRest(InstanceAddress newMaster)
    {
        foreach (var replica in monitor.Replicas)
        {
            if (!replica.IsPromoted && replica.Reconfiguration == Reconfiguration.None && replica.Link.IsUp)
                Order(replica, newMaster, "+slave-reconf-sent-be");
        }
    }

    private void Order(WatchedReplica replica, InstanceAddress newMaster, string eventName)
    {
        RoleOrder.Follow(replica.Link, newMaster);
        replica.Reconfiguration = Reconfiguration.Sent;
        replica.ReconfigurationSentAt = monitor.Now;
        monitor.Event(EventLevel.Notice, eventName, replica.Details);
    }
}

namespace AkkaKv.Sentinel;

/// <summary>The states that make one replica the master: select_slave, send_slaveof_noone, wait_promotion.</summary>
internal sealed class Promotion(MonitorState monitor, FailoverMachine failover)
{
    /// <summary>How long the chosen replica may take to obey.</summary>
    public long TimeoutMs => Math.Min(monitor.Timings.PromotionTimeoutMs, monitor.Settings.FailoverTimeoutMs);

    /// <summary>Chooses, as soon as every candidate's offset is newer than the start of this failover, or the wait for it is over.</summary>
    public void Select()
    {
        var ranked = ReplicaSelection.Rank(monitor);
        var fresh = ranked.FindAll(replica => ReplicaSelection.IsFresh(replica, failover.StartedAt));
        var isWaiting = monitor.Now - failover.StateSince < monitor.Timings.SelectionWaitMs;
        var unheard = monitor.Replicas.FindAll(replica =>
            replica.Link.IsUp && !replica.IsDown && !ReplicaSelection.IsFresh(replica, failover.StartedAt));
        if (isWaiting && unheard.Count > 0)
        {
            foreach (var replica in unheard)
                replica.Link.RequestInfoSoon();
            return;
        }
        var chosen = fresh.Count > 0 ? fresh[0] : ranked.Count > 0 ? ranked[0] : null;
        if (chosen is null)
        {
            failover.Abort("-failover-abort-no-good-slave", forWantOfReplica: true);
            return;
        }
        monitor.Event(EventLevel.Warning, "+selected-slave", chosen.Details);
        chosen.IsPromoted = true;
        failover.Promoted = chosen;
        failover.Clock.SelectedAt = monitor.Now;
        failover.Enter(FailoverState.SendReplicaOfNoOne);
        monitor.Event(EventLevel.Notice, "+failover-state-send-slaveof-noone", chosen.Details);
    }

    /// <summary>Orders the promotion; a chosen replica that is lost meanwhile ends this failover, and the next one chooses another.</summary>
    public void Order()
    {
        var promoted = Chosen();
        if (!promoted.Link.IsUp)
        {
            AbortIfLost(promoted);
            return;
        }
        RoleOrder.BecomeMaster(promoted.Link);
        monitor.Event(EventLevel.Notice, "+failover-state-wait-promotion", promoted.Details);
        failover.Enter(FailoverState.WaitPromotion);
    }

    /// <summary>Waits until the replica says that it is a master; see <see cref="Succeeded"/>.</summary>
    public void Await() => AbortIfLost(Chosen());

    /// <summary>
    /// The replica is a master. From here the new configuration is in force: it carries the epoch of the election, so every sentinel
    /// that hears of it adopts it.
    /// </summary>
    public void Succeeded()
    {
        var promoted = Chosen();
        monitor.ConfigEpoch = failover.Epoch;
        monitor.NewMaster = promoted;
        failover.Clock.PromotedAt = monitor.Now;
        failover.Enter(FailoverState.ReconfigureReplicas);
        monitor.Persist();
        monitor.Event(EventLevel.Warning, "+promoted-slave", promoted.Details);
        monitor.CrashIfSimulated(2);
        monitor.Event(EventLevel.Warning, "+failover-state-reconf-slaves", monitor.Master.Details);
        monitor.Announce(promoted.Address);
    }

    private WatchedReplica Chosen() =>
        failover.Promoted ?? throw new InvalidOperationException($"No replica is chosen in state {failover.State.Name()}.");

    private void AbortIfLost(WatchedReplica promoted)
    {
        if (promoted.IsDown || monitor.Now - failover.StateSince >= TimeoutMs)
            failover.Abort("-failover-abort-slave-timeout");
    }
}

namespace AkkaKv.Sentinel;

/// <summary>Takes in what an instance says about itself, by INFO or by its own message.</summary>
internal sealed class InstanceReports(MonitorState monitor, FailoverMachine failover)
{
    public void OnInfo(WatchedInstance instance, string text)
    {
        instance.InfoText = text;
        Apply(instance, InfoReport.Parse(text), instance.Link.InfoAnswerAskedAt ?? monitor.Now);
    }

    public void OnStatus(NodeStatus status)
    {
        if (status.Address == monitor.Master.Address)
        {
            Apply(monitor.Master, InfoReport.From(status), monitor.Now);
            return;
        }
        if (status.Role == InstanceRole.Replica && status.MasterAddress == monitor.Master.Address)
            Meet(status.Address);
        if (monitor.FindReplica(status.Address) is { } replica)
            Apply(replica, InfoReport.From(status), monitor.Now);
    }

    private void Apply(WatchedInstance instance, InfoReport report, long askedAt)
    {
        ApplyRunId(instance, report.RunId);
        instance.RefreshedAt = monitor.Now;
        instance.RefreshAskedAt = askedAt;
        if (report.Role is { } role)
            instance.ReportRole(role);
        switch (instance)
        {
            case WatchedMaster master:
                master.RefersTo = report.Role == InstanceRole.Replica && report.MasterLinkUp ? MasterOf(report) : null;
                foreach (var address in report.Replicas)
                    Meet(address);
                break;
            case WatchedReplica replica:
                ApplyTo(replica, report);
                break;
        }
    }

    private void ApplyRunId(WatchedInstance instance, string? runId)
    {
        if (string.IsNullOrEmpty(runId) || runId == instance.RunId)
            return;
        var isReboot = instance.RunId.Length > 0;
        instance.RunId = runId;
        if (!isReboot)
            return;
        instance.CameBack = true;
        monitor.Event(EventLevel.Notice, "+reboot", instance.Details);
    }

    private void ApplyTo(WatchedReplica replica, InfoReport report)
    {
        replica.MasterLinkDownMs = report.MasterLinkDownMs;
        replica.Priority = report.Priority ?? replica.Priority;
        replica.IsAnnounced = report.IsAnnounced;
        if (report.Role == InstanceRole.Replica)
        {
            var master = MasterOf(report);
            if (master != replica.MasterAddress)
            {
                replica.MasterAddress = master;
                replica.MasterAddressSince = monitor.Now;
            }
            replica.MasterLinkUp = report.MasterLinkUp;
            replica.Offset = report.ReplicaOffset ?? replica.Offset;
        }
        else if (report.Role == InstanceRole.Master)
        {
            replica.Offset = report.MasterOffset ?? replica.Offset;
            if (!monitor.InTilt)
                failover.OnReplicaBecameMaster(replica);
        }
    }

    /// <summary>Adds a replica that was not known before.</summary>
    private void Meet(InstanceAddress address)
    {
        if (address == monitor.Master.Address || monitor.FindReplica(address) is not null)
            return;
        var replica = new WatchedReplica(monitor, address);
        monitor.Replicas.Add(replica);
        monitor.Event(EventLevel.Notice, "+slave", replica.Details);
        monitor.Persist();
    }

    private static InstanceAddress? MasterOf(InfoReport report) =>
        report.MasterHost is { Length: > 0 } host ? new InstanceAddress(host, report.MasterPort) : null;
}

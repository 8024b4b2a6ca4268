namespace AkkaKv.Sentinel;

/// <summary>The instance that this sentinel takes for the master.</summary>
internal sealed class WatchedMaster : WatchedInstance
{
    public WatchedMaster(MonitorState monitor, InstanceAddress address)
        : base(monitor, new InstanceLink(monitor, address), InstanceRole.Master)
    {
    }

    /// <summary>The replica that became the master: same process, same connection.</summary>
    public WatchedMaster(MonitorState monitor, WatchedReplica promoted)
        : base(monitor, promoted.Link, InstanceRole.Master) => Inherit(promoted);

    /// <summary>A quorum of sentinels sees it down.</summary>
    public bool IsObjectivelyDown { get; set; }

    public long ObjectivelyDownSince { get; set; }

    /// <summary>The master it follows itself, with its link up, when it is a replica in truth; otherwise null.</summary>
    public InstanceAddress? RefersTo { get; set; }

    /// <inheritdoc/>
    public override string Details => $"master {Monitor.Settings.Name} {Address.Host} {Address.Port}";
}

namespace AkkaKv.Sentinel;

/// <summary>How far a replica has come in being pointed at a new master.</summary>
internal enum Reconfiguration
{
    /// <summary>Nothing was ordered.</summary>
    None,

    /// <summary>REPLICAOF was sent.</summary>
    Sent,

    /// <summary>It names the new master as its own.</summary>
    InProgress,

    /// <summary>Its link to the new master is up, or it is no longer waited for.</summary>
    Done,
}

/// <summary>A known replica of the watched master.</summary>
internal sealed class WatchedReplica : WatchedInstance
{
    public WatchedReplica(MonitorState monitor, InstanceAddress address)
        : base(monitor, new InstanceLink(monitor, address), InstanceRole.Replica)
    {
    }

    /// <summary>The master that is one no longer: same process, same connection.</summary>
    public WatchedReplica(MonitorState monitor, WatchedMaster former)
        : base(monitor, former.Link, InstanceRole.Replica)
    {
        Inherit(former);
        // It still says that it is a master, or will when it returns, and nobody ordered that in the present configuration.
        CameBack = true;
    }

    /// <summary>A replica that stays one, under a new master: its failover state is forgotten.</summary>
    public WatchedReplica(MonitorState monitor, WatchedReplica former)
        : base(monitor, former.Link, InstanceRole.Replica)
    {
        Inherit(former);
        MasterAddress = former.MasterAddress;
        MasterLinkUp = former.MasterLinkUp;
        MasterLinkDownMs = former.MasterLinkDownMs;
        Priority = former.Priority;
        Offset = former.Offset;
        IsAnnounced = former.IsAnnounced;
        CameBack = former.CameBack;
    }

    /// <summary>The master it says it follows; null while unknown.</summary>
    public InstanceAddress? MasterAddress { get; set; }

    public long MasterAddressSince { get; set; }

    public bool MasterLinkUp { get; set; }

    public long MasterLinkDownMs { get; set; }

    /// <summary>replica-priority: the smallest is promoted first, 0 never. Redis's default is 100.</summary>
    public int Priority { get; set; } = 100;

    public long Offset { get; set; }

    public bool IsAnnounced { get; set; } = true;

    public bool IsPromoted { get; set; }

    public Reconfiguration Reconfiguration { get; set; }

    public long ReconfigurationSentAt { get; set; }

    /// <inheritdoc/>
    public override string Details
    {
        get
        {
            var master = Monitor.Master.Address;
            return $"slave {Address} {Address.Host} {Address.Port} @ {Monitor.Settings.Name} {master.Host} {master.Port}";
        }
    }
}

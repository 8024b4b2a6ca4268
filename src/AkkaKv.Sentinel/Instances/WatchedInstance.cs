namespace AkkaKv.Sentinel;

/// <summary>What the master and a replica have in common: a link, a run id, a reported role, and being down or not.</summary>
internal abstract class WatchedInstance
{
    protected WatchedInstance(MonitorState monitor, InstanceLink link, InstanceRole expectedRole)
    {
        Monitor = monitor;
        Link = link;
        ReportedRole = expectedRole;
        RoleReportedSince = monitor.Now;
    }

    protected MonitorState Monitor { get; }

    public InstanceLink Link { get; }

    public InstanceAddress Address => Link.Address;

    public string RunId { get; set; } = "";

    /// <summary>What it said last; before it said anything, what it should be.</summary>
    public InstanceRole ReportedRole { get; private set; }

    public long RoleReportedSince { get; private set; }

    /// <summary>When its state was last learned, by INFO or by its own message.</summary>
    public long? RefreshedAt { get; set; }

    /// <summary>The newest state was asked for at this time or later; decides whether an offset is new enough to be compared.</summary>
    public long? RefreshAskedAt { get; set; }

    /// <summary>The text of the last INFO, for SENTINEL INFO-CACHE.</summary>
    public string? InfoText { get; set; }

    public bool IsDown { get; private set; }

    public long DownSince { get; private set; }

    /// <summary>It was down, or restarted, since it last behaved as configured: what it says it is was not ordered by anyone living.</summary>
    public bool CameBack { get; set; }

    public bool ScriptKillSent { get; set; }

    /// <summary>The details that Redis's events show for it.</summary>
    public abstract string Details { get; }

    public void ReportRole(InstanceRole role)
    {
        if (role == ReportedRole)
            return;
        ReportedRole = role;
        RoleReportedSince = Monitor.Now;
    }

    public void MarkDown()
    {
        IsDown = true;
        DownSince = Monitor.Now;
        CameBack = true;
        Monitor.Event(EventLevel.Warning, "+sdown", Details);
    }

    public void MarkUp()
    {
        IsDown = false;
        ScriptKillSent = false;
        Monitor.Event(EventLevel.Warning, "-sdown", Details);
    }

    /// <summary>Takes over what is known of the same process under its former role.</summary>
    protected void Inherit(WatchedInstance former)
    {
        RunId = former.RunId;
        InfoText = former.InfoText;
        RefreshedAt = former.RefreshedAt;
    }
}

namespace AkkaKv.Sentinel;

/// <summary>ODOWN: this sentinel and enough of its peers see the master down. Peers push their opinion when it changes and repeat it.</summary>
internal sealed class ObjectiveDetector(MonitorState monitor)
{
    public void Check()
    {
        var master = monitor.Master;
        var agreeing = 0;
        if (master.IsDown)
        {
            agreeing = monitor.Peers.Count(peer => peer.IsVoter && peer.SeesMasterDown);
            if (monitor.Voters.Includes(monitor.Identity.Id))
                agreeing++;
        }
        var isDown = master.IsDown && agreeing >= monitor.Settings.Quorum;
        if (isDown && !master.IsObjectivelyDown)
        {
            master.IsObjectivelyDown = true;
            master.ObjectivelyDownSince = monitor.Now;
            monitor.Event(EventLevel.Warning, "+odown", $"{master.Details} #quorum {agreeing}/{monitor.Settings.Quorum}");
        }
        else if (!isDown && master.IsObjectivelyDown)
        {
            master.IsObjectivelyDown = false;
            monitor.Event(EventLevel.Warning, "-odown", master.Details);
        }
    }
}

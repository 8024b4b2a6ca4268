namespace AkkaKv.Sentinel;

/// <summary>
/// Puts another address in the master's place: at the end of an own failover, or because a newer configuration was heard of. Links and
/// what they know are carried over, so the switch opens no blind window.
/// </summary>
internal sealed class ConfigurationSwitch(MonitorState monitor)
{
    public void SwitchTo(InstanceAddress address)
    {
        var former = monitor.Master;
        var name = monitor.Settings.Name;
        monitor.Event(
            EventLevel.Warning, "+switch-master", $"{name} {former.Address.Host} {former.Address.Port} {address.Host} {address.Port}");
        if (address == former.Address)
            return;

        var promoted = monitor.FindReplica(address);
        var others = monitor.Replicas.Where(replica => replica != promoted).ToList();
        monitor.Master = promoted is null ? new WatchedMaster(monitor, address) : new WatchedMaster(monitor, promoted);
        monitor.Replicas.Clear();
        foreach (var replica in others)
            Add(new WatchedReplica(monitor, replica));
        Add(new WatchedReplica(monitor, former));
        monitor.Persist();
        monitor.Announce(address);
        foreach (var instance in monitor.Instances)
            instance.Link.RequestInfoSoon();
    }

    private void Add(WatchedReplica replica)
    {
        monitor.Replicas.Add(replica);
        monitor.Event(EventLevel.Notice, "+slave", replica.Details);
    }
}

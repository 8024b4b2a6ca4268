using System.Globalization;
using AkkaKv.Protocol;

namespace AkkaKv.Sentinel;

/// <summary>The fields that SENTINEL MASTERS, REPLICAS and SENTINELS show, in Redis's names and order.</summary>
internal static class InstanceFields
{
    public static void WriteMaster(MasterMonitor monitor, ReplyWriter reply)
    {
        var state = monitor.State;
        var master = state.Master;
        var fields = new FieldList();
        fields.Add("name", state.Settings.Name);
        AddIdentity(fields, master.Address, master.RunId);
        fields.Add("flags", MasterFlags(monitor));
        AddLink(fields, state, master.Link, monitor.Failover.IsRunning ? monitor.Failover.State.Name() : null);
        if (master.IsDown)
            fields.Add("s-down-time", state.Now - master.DownSince);
        if (master.IsObjectivelyDown)
            fields.Add("o-down-time", state.Now - master.ObjectivelyDownSince);
        fields.Add("down-after-milliseconds", state.Settings.DownAfterMs);
        AddReport(fields, state, master);
        fields.Add("config-epoch", state.ConfigEpoch);
        fields.Add("num-slaves", state.Replicas.Count);
        fields.Add("num-other-sentinels", state.Peers.Count);
        fields.Add("quorum", state.Settings.Quorum);
        fields.Add("failover-timeout", state.Settings.FailoverTimeoutMs);
        fields.Add("parallel-syncs", state.Settings.ParallelSyncs);
        if (state.Settings.NotificationScript is { } notification)
            fields.Add("notification-script", notification);
        if (state.Settings.ClientReconfigScript is { } reconfig)
            fields.Add("client-reconfig-script", reconfig);
        fields.WriteTo(reply);
    }

    public static void WriteReplica(MonitorState state, WatchedReplica replica, ReplyWriter reply)
    {
        var fields = new FieldList();
        fields.Add("name", replica.Address.ToString());
        AddIdentity(fields, replica.Address, replica.RunId);
        fields.Add("flags", ReplicaFlags(replica));
        AddLink(fields, state, replica.Link, null);
        if (replica.IsDown)
            fields.Add("s-down-time", state.Now - replica.DownSince);
        fields.Add("down-after-milliseconds", state.Settings.DownAfterMs);
        AddReport(fields, state, replica);
        fields.Add("master-link-down-time", replica.MasterLinkDownMs);
        fields.Add("master-link-status", replica.MasterLinkUp ? "ok" : "err");
        fields.Add("master-host", replica.MasterAddress?.Host ?? "?");
        fields.Add("master-port", replica.MasterAddress?.Port ?? 0);
        fields.Add("slave-priority", replica.Priority);
        fields.Add("slave-repl-offset", replica.Offset);
        fields.Add("replica-announced", replica.IsAnnounced ? 1 : 0);
        fields.WriteTo(reply);
    }

    public static void WriteSentinel(MonitorState state, PeerSentinel peer, ReplyWriter reply)
    {
        var fields = new FieldList();
        fields.Add("name", peer.Id);
        AddIdentity(fields, peer.Address, peer.Id);
        var flags = new List<string>();
        if (peer.IsDown)
            flags.Add("s_down");
        flags.Add("sentinel");
        // There is no connection of its own to a peer: silence is the only sign that it cannot be reached.
        if (peer.IsDown)
            flags.Add("disconnected");
        if (peer.SeesMasterDown)
            flags.Add("master_down");
        fields.Add("flags", string.Join(',', flags));
        fields.Add("link-pending-commands", 0);
        fields.Add("link-refcount", 1);
        fields.Add("last-ping-sent", 0);
        fields.Add("last-ok-ping-reply", state.Now - peer.HeardAt);
        fields.Add("last-ping-reply", state.Now - peer.HeardAt);
        if (peer.IsDown)
            fields.Add("s-down-time", state.Now - peer.DownSince);
        fields.Add("down-after-milliseconds", state.Settings.DownAfterMs);
        fields.Add("last-hello-message", state.Now - (peer.Hello is null ? peer.HeardAt : peer.HelloAt));
        fields.Add("voted-leader", peer.Leader.Length > 0 ? peer.Leader : "?");
        fields.Add("voted-leader-epoch", peer.LeaderEpoch);
        fields.WriteTo(reply);
    }

    private static string MasterFlags(MasterMonitor monitor)
    {
        var master = monitor.State.Master;
        var flags = new List<string>();
        if (master.IsDown)
            flags.Add("s_down");
        if (master.IsObjectivelyDown)
            flags.Add("o_down");
        flags.Add("master");
        if (!master.Link.IsUp)
            flags.Add("disconnected");
        if (monitor.Failover.IsRunning)
            flags.Add("failover_in_progress");
        if (monitor.Failover is { IsRunning: true, IsManual: true })
            flags.Add("force_failover");
        if (master.ScriptKillSent)
            flags.Add("script_kill_sent");
        return string.Join(',', flags);
    }

    private static string ReplicaFlags(WatchedReplica replica)
    {
        var flags = new List<string>();
        if (replica.IsDown)
            flags.Add("s_down");
        flags.Add("slave");
        if (!replica.Link.IsUp)
            flags.Add("disconnected");
        if (replica.IsPromoted)
            flags.Add("promoted");
        switch (replica.Reconfiguration)
        {
            case Reconfiguration.Sent:
                flags.Add("reconf_sent");
                break;
            case Reconfiguration.InProgress:
                flags.Add("reconf_inprog");
                break;
            case Reconfiguration.Done:
                flags.Add("reconf_done");
                break;
        }
        if (replica.ScriptKillSent)
            flags.Add("script_kill_sent");
        return string.Join(',', flags);
    }

    private static void AddIdentity(FieldList fields, InstanceAddress address, string runId)
    {
        fields.Add("ip", address.Host);
        fields.Add("port", address.Port);
        fields.Add("runid", runId);
    }

    private static void AddLink(FieldList fields, MonitorState state, InstanceLink link, string? failoverState)
    {
        fields.Add("link-pending-commands", link.PendingCommands);
        fields.Add("link-refcount", 1);
        if (failoverState is not null)
            fields.Add("failover-state", failoverState);
        fields.Add("last-ping-sent", link.PingPendingSince is { } pending ? state.Now - pending : 0);
        fields.Add("last-ok-ping-reply", state.Now - (link.LastOkReplyAt ?? link.CreatedAt));
        fields.Add("last-ping-reply", state.Now - (link.LastReplyAt ?? link.CreatedAt));
    }

    private static void AddReport(FieldList fields, MonitorState state, WatchedInstance instance)
    {
        fields.Add("info-refresh", instance.RefreshedAt is { } refreshed ? state.Now - refreshed : 0);
        fields.Add("role-reported", instance.ReportedRole == InstanceRole.Master ? "master" : "slave");
        fields.Add("role-reported-time", state.Now - instance.RoleReportedSince);
    }

    private sealed class FieldList
    {
        private readonly List<(string Name, string Value)> _fields = [];

        public void Add(string name, string value) => _fields.Add((name, value));

        public void Add(string name, long value) => _fields.Add((name, value.ToString(CultureInfo.InvariantCulture)));

        public void WriteTo(ReplyWriter reply)
        {
            reply.Map(_fields.Count);
            foreach (var (name, value) in _fields)
            {
                reply.Bulk(name);
                reply.Bulk(value);
            }
        }
    }
}

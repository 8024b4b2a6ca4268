using AkkaKv.Protocol;

namespace AkkaKv.Sentinel;

/// <summary>The subcommands of SENTINEL that one monitor answers. Replies and error texts are Redis's.</summary>
public static class MasterCommands
{
    /// <summary>Executes a subcommand whose target is this monitor.</summary>
    /// <param name="monitor">The master's monitor.</param>
    /// <param name="now">Monotonic milliseconds.</param>
    /// <param name="request">SENTINEL and its arguments; the number of arguments was checked.</param>
    /// <param name="reply">Where the reply goes. It must not be sent before the effects are performed.</param>
    /// <param name="outbox">Effects are appended.</param>
    public static void Execute(MasterMonitor monitor, long now, SentinelArguments request, ReplyWriter reply, SentinelOutbox outbox)
    {
        monitor.Step(now, TimePassed.Instance, outbox);
        switch (request[1].ToLowerInvariant())
        {
            case "master" or "masters":
                InstanceFields.WriteMaster(monitor, reply);
                break;
            case "replicas" or "slaves":
                WriteReplicas(monitor, reply);
                break;
            case "sentinels":
                reply.Array(monitor.State.Peers.Count);
                foreach (var peer in monitor.State.Peers)
                    InstanceFields.WriteSentinel(monitor.State, peer, reply);
                break;
            case "ckquorum":
                CheckQuorum(monitor.State, reply);
                break;
            case "failover":
                StartFailover(monitor, now, reply, outbox);
                break;
            case "is-master-down-by-addr":
                IsMasterDown(monitor, now, request, reply, outbox);
                break;
            case "info-cache":
                WriteInfoCache(monitor.State, reply);
                break;
            case "set":
                MasterOptions.Set(monitor, now, request, reply, outbox);
                break;
            default:
                throw new ArgumentException($"SENTINEL {request[1]} is not answered by a master's monitor.", nameof(request));
        }
    }

    /// <summary>Replicas that do not want to be announced (replica-announced no) are not shown, as in Redis.</summary>
    private static void WriteReplicas(MasterMonitor monitor, ReplyWriter reply)
    {
        var announced = monitor.State.Replicas.FindAll(replica => replica.IsAnnounced);
        reply.Array(announced.Count);
        foreach (var replica in announced)
            InstanceFields.WriteReplica(monitor.State, replica, reply);
    }

    private static void CheckQuorum(MonitorState state, ReplyWriter reply)
    {
        var usable = 1 + state.Peers.Count(peer => !peer.IsDown);
        var voting = (state.Voters.Includes(state.Identity.Id) ? 1 : 0) + state.LiveVotingPeers;
        var problems = new List<string>();
        if (voting < state.Settings.Quorum)
            problems.Add("Not enough available Sentinels to reach the specified quorum for this master");
        if (voting < state.Voters.Majority(state.VotingPeers))
            problems.Add("Not enough available Sentinels to reach the majority and authorize a failover");
        if (problems.Count == 0)
            reply.SimpleString(Bytes($"OK {usable} usable Sentinels. Quorum and failover authorization can be reached"));
        else
            reply.Error($"NOQUORUM {usable} usable Sentinels. {string.Join(". ", problems)}");
    }

    private static void StartFailover(MasterMonitor monitor, long now, ReplyWriter reply, SentinelOutbox outbox)
    {
        if (monitor.Failover.IsRunning)
        {
            reply.Error("INPROG Failover already in progress");
        }
        else if (!ReplicaSelection.IsAnyEligible(monitor.State))
        {
            reply.Error("NOGOODSLAVE No suitable replica to promote");
        }
        else if (!monitor.MayVote)
        {
            // Redis has no such case: this sentinel may have voted in the coming epoch before it lost its memory.
            reply.Error("TRYAGAIN This Sentinel has lost its memory and has not heard from all the others yet");
        }
        else
        {
            monitor.Step(now, new FailoverRequested(), outbox);
            reply.Ok();
        }
    }

    /// <summary>The form in which Redis's sentinels, and some tools, ask for an opinion and for a vote.</summary>
    private static void IsMasterDown(
        MasterMonitor monitor, long now, SentinelArguments request, ReplyWriter reply, SentinelOutbox outbox)
    {
        if (!request.TryNumber(4, out var epoch))
        {
            reply.Error("ERR value is not an integer or out of range");
            return;
        }
        var state = monitor.State;
        var isDown = state.Master.IsDown && !state.InTilt;
        var leader = "*";
        long leaderEpoch = 0;
        if (request[5] != "*")
        {
            (leader, leaderEpoch) = monitor.Vote(now, request[5], epoch, outbox);
            if (leader.Length == 0)
                leader = "*";
        }
        WriteOpinion(reply, isDown, leader, leaderEpoch);
    }

    /// <summary>Down or not; the vote that stands, <c>*</c> for none; its epoch.</summary>
    internal static void WriteOpinion(ReplyWriter reply, bool isDown, string leader, long leaderEpoch)
    {
        reply.Array(3);
        reply.Integer(isDown ? 1 : 0);
        reply.Bulk(leader);
        reply.Integer(leaderEpoch);
    }

    private static void WriteInfoCache(MonitorState state, ReplyWriter reply)
    {
        reply.Bulk(state.Settings.Name);
        reply.Array(1 + state.Replicas.Count);
        foreach (var instance in state.Instances)
        {
            reply.Array(2);
            reply.Integer(instance.RefreshedAt is { } refreshed ? state.Now - refreshed : 0);
            if (instance.InfoText is { } text)
                reply.Bulk(text);
            else
                reply.NullBulk();
        }
    }

    private static ReadOnlySpan<byte> Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}

namespace AkkaKv.Sentinel;

/// <summary>Answers those who ask for this sentinel's vote, whether by message or by SENTINEL IS-MASTER-DOWN-BY-ADDR.</summary>
internal sealed class VoteDesk(MonitorState monitor, VoteBook votes, FailoverMachine failover, ElectionSchedule schedule)
{
    public void OnRequest(VoteRequest request)
    {
        if (request.SenderId == monitor.Identity.Id || !monitor.Voters.Includes(request.SenderId))
            return;
        if (monitor.FindPeer(request.SenderId) is { } peer)
            peer.HeardAt = monitor.Now;
        // A candidate with an old configuration gets ours by the hello that answers its own.
        if (request.ConfigEpoch >= monitor.ConfigEpoch)
            Vote(request.SenderId, request.Epoch);
        if (!votes.MayVote)
            return;
        monitor.Outbox.Add(new TellPeer(
            request.SenderId,
            new VoteReply(monitor.Settings.Name, monitor.Identity.Id, request.Epoch, monitor.Leader, monitor.LeaderEpoch)));
    }

    /// <summary>Votes if nothing speaks against it; the vote that stands afterwards is in the monitor's state.</summary>
    public void Vote(string candidate, long epoch)
    {
        if (failover.Phase == FailoverPhase.Leading)
            return;
        if (schedule.LeaderAtWork() is { } leader && leader.Id != candidate)
            return;
        if (votes.TryVote(candidate, epoch) && candidate != monitor.Identity.Id)
            schedule.VotedForOther();
    }
}

namespace AkkaKv.Sentinel;

/// <summary>
/// The voter's side of an election: epochs only grow, one vote per epoch, and the vote is durable before anybody hears of it.
/// </summary>
/// <remarks>
/// Two refusals that Redis does not know keep elections calm. A voter that hears an elected leader at work does not vote for another
/// (Raft's leader stickiness), and a candidate whose configuration is older than the voter's would fail over a master that is none any
/// more. A sentinel that lost its memory withholds its vote until it has heard from every voter, or long enough passed; then it takes the
/// newest epoch that it heard of as one in which it may have voted, and votes in later ones only.
/// </remarks>
internal sealed class VoteBook(MonitorState monitor)
{
    /// <summary>Whether this sentinel may vote, for others or for itself.</summary>
    public bool MayVote => !monitor.MayHaveForgotten;

    /// <summary>Ends the time without a vote if it is over. The vote of the newest known epoch then goes to nobody: it may have been given before.</summary>
    public void RegainMemory()
    {
        if (!monitor.MayHaveForgotten)
            return;
        if (!HasHeardFromEveryVoter() && monitor.Now - monitor.StartedAt < monitor.Timings.LostMemoryGraceMs)
            return;
        monitor.MayHaveForgotten = false;
        if (monitor.LeaderEpoch < monitor.CurrentEpoch)
            (monitor.Leader, monitor.LeaderEpoch) = ("", monitor.CurrentEpoch);
        monitor.Persist();
    }

    /// <summary>A newer epoch was heard of; voting in an older one is over.</summary>
    public void AdoptEpoch(long epoch)
    {
        if (!TryRaise(epoch))
            return;
        monitor.Persist();
        monitor.Event(EventLevel.Warning, "+new-epoch", $"{epoch}");
    }

    /// <summary>Opens a new epoch as its candidate and votes for itself. Returns the epoch.</summary>
    public long OpenEpoch()
    {
        monitor.CurrentEpoch++;
        monitor.Event(EventLevel.Warning, "+new-epoch", $"{monitor.CurrentEpoch}");
        monitor.Event(EventLevel.Warning, "+try-failover", monitor.Master.Details);
        Grant(monitor.Identity.Id, monitor.CurrentEpoch);
        return monitor.CurrentEpoch;
    }

    /// <summary>Votes for the candidate if that is still possible. True when this request made the vote.</summary>
    /// <param name="candidate">The candidate's id.</param>
    /// <param name="epoch">The epoch it asks for.</param>
    public bool TryVote(string candidate, long epoch)
    {
        if (!MayVote)
            return false;
        // Epoch and vote go to the disk together: the voter's disk is on the way of every failover.
        var isNew = TryRaise(epoch);
        if (isNew)
            monitor.Event(EventLevel.Warning, "+new-epoch", $"{epoch}");
        if (monitor.LeaderEpoch >= epoch || monitor.CurrentEpoch > epoch)
        {
            if (isNew)
                monitor.Persist();
            return false;
        }
        Grant(candidate, epoch);
        return true;
    }

    private bool TryRaise(long epoch)
    {
        if (epoch <= monitor.CurrentEpoch)
            return false;
        monitor.CurrentEpoch = epoch;
        return true;
    }

    private void Grant(string candidate, long epoch)
    {
        monitor.Leader = candidate;
        monitor.LeaderEpoch = epoch;
        monitor.Persist();
        monitor.Event(EventLevel.Warning, "+vote-for-leader", $"{candidate} {epoch}");
    }

    private bool HasHeardFromEveryVoter()
    {
        var others = monitor.Voters.Total(monitor.VotingPeers) - (monitor.Voters.Includes(monitor.Identity.Id) ? 1 : 0);
        return monitor.Peers.Count(peer => peer.IsVoter && peer.Hello is not null) >= others;
    }
}

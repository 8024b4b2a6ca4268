namespace AkkaKv.Sentinel;

/// <summary>The candidate's side of an election (state wait_start): ask for votes, count them, win or lose as soon as that is certain.</summary>
internal sealed class Campaign(MonitorState monitor, VoteBook votes, FailoverMachine failover)
{
    private readonly Dictionary<string, bool> _answers = new(StringComparer.Ordinal);
    private long _askedAt;

    public long NextDeadline => Math.Min(failover.StateSince + ElectionTimeoutMs, _askedAt + monitor.Timings.VoteRequestPeriodMs);

    /// <summary>Opens the epoch, votes for itself and asks the others.</summary>
    public long Open()
    {
        _answers.Clear();
        // Ahead of the vote, which must wait for the disk: by then another one could have become a candidate as well.
        monitor.Outbox.Add(new TellPeers(new CandidacyNotice(monitor.Settings.Name, monitor.Identity.Id)));
        var epoch = votes.OpenEpoch();
        Ask(epoch);
        return epoch;
    }

    public void OnVote(VoteReply reply)
    {
        if (failover.State != FailoverState.WaitStart || reply.RequestedEpoch != failover.Epoch)
            return;
        if (!monitor.Voters.Includes(reply.SenderId))
            return;
        var isGranted = reply.Leader == monitor.Identity.Id && reply.LeaderEpoch == failover.Epoch;
        // Requests are repeated, and so are the answers.
        if (_answers.TryGetValue(reply.SenderId, out var known) && known == isGranted)
            return;
        if (reply.Leader.Length > 0 && reply.LeaderEpoch == failover.Epoch)
            monitor.Outbox.Add(new WriteLog(EventLevel.Warning, $"{reply.SenderId} voted for {reply.Leader} {reply.LeaderEpoch}"));
        _answers[reply.SenderId] = isGranted;
    }

    public void Advance()
    {
        var won = (monitor.Voters.Includes(monitor.Identity.Id) ? 1 : 0) + _answers.Values.Count(granted => granted);
        if (monitor.LeaderEpoch != failover.Epoch || monitor.Leader != monitor.Identity.Id)
        {
            // A newer epoch's candidate has this sentinel's vote by now.
            failover.Abort("-failover-abort-not-elected");
        }
        else if (won >= monitor.NeededVotes || IsOverriddenByUser())
        {
            failover.Clock.ElectedAt = monitor.Now;
            monitor.Event(EventLevel.Warning, "+elected-leader", monitor.Master.Details);
            monitor.CrashIfSimulated(1);
            failover.Enter(FailoverState.SelectReplica);
            monitor.Event(EventLevel.Warning, "+failover-state-select-slave", monitor.Master.Details);
        }
        else if (IsLost(won) || monitor.Now - failover.StateSince >= ElectionTimeoutMs)
        {
            failover.Abort("-failover-abort-not-elected");
        }
        else if (monitor.Now - _askedAt >= monitor.Timings.VoteRequestPeriodMs)
        {
            Ask(failover.Epoch);
        }
    }

    private long ElectionTimeoutMs => Math.Min(monitor.Timings.ElectionTimeoutMs, monitor.Settings.FailoverTimeoutMs);

    private void Ask(long epoch)
    {
        _askedAt = monitor.Now;
        monitor.Outbox.Add(new TellPeers(new VoteRequest(monitor.Settings.Name, monitor.Identity.Id, epoch, monitor.ConfigEpoch)));
    }

    /// <summary>Even with every vote that is still out there is no majority.</summary>
    private bool IsLost(int won)
    {
        var total = monitor.Voters.Total(monitor.VotingPeers);
        var refused = _answers.Values.Count(granted => !granted);
        return total - refused < monitor.NeededVotes && won < monitor.NeededVotes;
    }

    /// <summary>
    /// SENTINEL FAILOVER needs no agreement in Redis. Here it asks like any other failover, and goes on without the majority only when
    /// the majority is not there to be asked: then it is the user's decision and the user's responsibility.
    /// </summary>
    private bool IsOverriddenByUser() => failover.IsManual && monitor.LiveVotingPeers + 1 < monitor.NeededVotes;
}

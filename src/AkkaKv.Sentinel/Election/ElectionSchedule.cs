namespace AkkaKv.Sentinel;

/// <summary>
/// When this sentinel becomes a candidate. Redis waits a random second so that candidates do not split the votes; here they are ranked:
/// of the live voters, the one with the smallest id starts at once, each next one a stagger later, and none
/// while another one leads. A lost election is repeated after a short growing pause.
/// </summary>
internal sealed class ElectionSchedule(MonitorState monitor, VoteBook votes)
{
    private long? _candidateAt;
    private long _notBefore;
    private long _replicasNotBefore;
    private int _lost;

    /// <summary>When <see cref="IsDue"/> may change by time alone.</summary>
    public long NextDeadline => _candidateAt ?? (monitor.Master.IsObjectivelyDown ? Math.Max(_notBefore, monitor.Now + 1) : long.MaxValue);

    /// <summary>Whether to start an election now. To be asked only while the master is objectively down and no failover runs here.</summary>
    public bool IsDue()
    {
        if (!CanWin() || LeaderAtWork() is not null || IsAnotherCandidate() || !votes.MayVote || IsWaitingForReplica())
        {
            _candidateAt = null;
            return false;
        }
        _candidateAt ??= Math.Max(monitor.Now, _notBefore) + Rank() * monitor.Timings.ElectionStaggerMs;
        return monitor.Now >= _candidateAt;
    }

    /// <summary>The peer that was elected and is heard at work; null when there is none.</summary>
    public PeerSentinel? LeaderAtWork() => monitor.Peers.Find(peer => !peer.IsDown
        && peer.Hello is { Phase: FailoverPhase.Leading }
        && monitor.Now - peer.HelloAt <= Math.Max(5 * PeerBook.LeadingHelloPeriodMs, monitor.HelloPeriodMs));

    /// <summary>The master is not objectively down, or another one is master now.</summary>
    public void Reset()
    {
        _candidateAt = null;
        _notBefore = 0;
        _replicasNotBefore = 0;
        _lost = 0;
    }

    /// <summary>The vote went to somebody else, who now gets the time to use it.</summary>
    public void VotedForOther()
    {
        _candidateAt = null;
        _notBefore = Math.Max(_notBefore, monitor.Now + monitor.Timings.ElectionTimeoutMs);
    }

    /// <summary>The own candidacy, or the failover after it, came to nothing.</summary>
    public void Failed(bool forWantOfReplica)
    {
        _candidateAt = null;
        var pause = Math.Min(25L << Math.Min(++_lost, 10), monitor.Timings.ElectionBackOffMaxMs);
        _notBefore = monitor.Now + pause + monitor.Jitter(monitor.Timings.ElectionStaggerMs);
        if (forWantOfReplica)
            _replicasNotBefore = monitor.Now + monitor.Timings.NoReplicaPauseMs;
    }

    /// <summary>Somebody else asks for votes, and gets half of an election's time before he is given up.</summary>
    private bool IsAnotherCandidate() => monitor.Peers.Exists(peer => peer.IsVoter && !peer.IsDown
        && monitor.Now - peer.CandidacyHeardAt < monitor.Timings.ElectionTimeoutMs / 2);

    /// <summary>Too few voters are alive: an election would only burn epochs.</summary>
    private bool CanWin() => monitor.Voters.Includes(monitor.Identity.Id) && monitor.LiveVotingPeers + 1 >= monitor.NeededVotes;

    private bool IsWaitingForReplica() => monitor.Now < _replicasNotBefore && !ReplicaSelection.IsAnyEligible(monitor);

    private int Rank() => monitor.Peers.Count(peer => peer.IsVoter && !peer.IsDown
        && string.CompareOrdinal(peer.Id, monitor.Identity.Id) < 0);
}

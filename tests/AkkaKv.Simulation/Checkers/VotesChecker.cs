using AkkaKv.Sentinel;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Checkers;

/// <summary>A sentinel votes for one candidate per epoch, also over crashes, as long as it keeps its disk.</summary>
internal sealed class VotesChecker
{
    private readonly Dictionary<(string Voter, int DiskNumber, long Epoch), string> _votes = [];
    private readonly Dictionary<string, int> _disks = [];

    public void Written(string sentinel, MasterState state) => Voted(sentinel, state.Leader, state.LeaderEpoch);

    public void Told(string sentinel, PeerMessage message)
    {
        switch (message)
        {
            case VoteReply reply:
                Voted(sentinel, reply.Leader, reply.LeaderEpoch);
                break;
            case VoteRequest request:
                Voted(sentinel, sentinel, request.Epoch);
                break;
            case SentinelHello hello:
                Voted(sentinel, hello.Leader, hello.LeaderEpoch);
                break;
        }
    }

    /// <summary>With its disk a sentinel loses what it knows; that is why it then withholds its vote for a while.</summary>
    public void Lost(string sentinel) => _disks[sentinel] = _disks.GetValueOrDefault(sentinel) + 1;

    private void Voted(string voter, string candidate, long epoch)
    {
        if (epoch == 0)
            return;
        var key = (voter, _disks.GetValueOrDefault(voter), epoch);
        if (!_votes.TryAdd(key, candidate) && _votes[key] != candidate)
            throw new InvariantViolation("votes", $"{voter} voted for {_votes[key]} and for {candidate} in epoch {epoch}");
    }
}

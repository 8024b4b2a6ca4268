using AkkaKv.Sentinel;
using AkkaKv.Tests.Sentinel.World;

namespace AkkaKv.Tests.Sentinel;

public class VoteTests
{
    private static readonly DeclaredVoters Three = DeclaredVoters.Of("s1", "s2", "s3");

    private static readonly MasterState Remembered =
        new("mymaster", MonitorProbe.Master, 0, 4, "s2", 4, [], [], null);

    [Fact]
    public void One_vote_is_given_in_an_epoch_and_repeated_to_whoever_asks()
    {
        var probe = new MonitorProbe(2, Three, Remembered).Connect();
        probe.Feed(Request("s2", 5));
        probe.Feed(Request("s3", 5));
        Assert.Equal(new VoteReply("mymaster", "s1", 5, "s2", 5), LastReply(probe, "s2"));
        Assert.Equal(new VoteReply("mymaster", "s1", 5, "s2", 5), LastReply(probe, "s3"));
        Assert.Single(probe.Events, line => line == "+vote-for-leader s2 5");
    }

    [Fact]
    public void A_vote_is_durable_before_it_is_told()
    {
        var probe = new MonitorProbe(2, Three, Remembered).Connect();
        probe.Feed(Request("s2", 5));
        var persisted = probe.Effects.FindIndex(effect => effect is Persist { State: { LeaderEpoch: 5, Leader: "s2" } });
        var told = probe.Effects.FindIndex(effect => effect is TellPeer { Message: VoteReply { LeaderEpoch: 5 } });
        Assert.True(persisted >= 0 && told > persisted, "The vote left before it was written down.");
    }

    [Fact]
    public void A_restarted_sentinel_keeps_its_vote()
    {
        var probe = new MonitorProbe(2, Three, Remembered).Connect();
        probe.Feed(Request("s3", 4));
        Assert.Equal(new VoteReply("mymaster", "s1", 4, "s2", 4), LastReply(probe, "s3"));
    }

    [Fact]
    public void An_epoch_is_never_taken_back()
    {
        var probe = new MonitorProbe(2, Three, Remembered).Connect();
        probe.Feed(Request("s3", 2));
        Assert.Equal(4, probe.Monitor.CurrentEpoch);
        Assert.Equal("s2", LastReply(probe, "s3").Leader);
    }

    [Fact]
    public void A_sentinel_without_memory_votes_only_when_it_has_heard_every_voter()
    {
        var probe = new MonitorProbe(2, Three).Connect();
        probe.Feed(new PeerMessageArrived(Hello("s2")));
        probe.Feed(Request("s2", 1));
        Assert.DoesNotContain(probe.Effects, effect => effect is TellPeer { Message: VoteReply });
        probe.Feed(new PeerMessageArrived(Hello("s3")));
        probe.Feed(Request("s2", 1));
        Assert.Equal("s2", LastReply(probe, "s2").Leader);
    }

    [Fact]
    public void A_sentinel_without_memory_votes_after_a_while_even_if_a_voter_stays_away()
    {
        var probe = new MonitorProbe(2, Three).Connect();
        for (var i = 0; i < 110; i++)
            probe.Pass(100).Pong();
        probe.Feed(Request("s2", 1));
        Assert.Equal("s2", LastReply(probe, "s2").Leader);
    }

    [Fact]
    public void A_sentinel_without_memory_never_votes_in_an_epoch_that_it_found_open()
    {
        var probe = new MonitorProbe(2, Three).Connect();
        probe.Feed(new PeerMessageArrived(Hello("s2") with { CurrentEpoch = 5, Leader = "s2", LeaderEpoch = 5 }));
        probe.Feed(new PeerMessageArrived(Hello("s3")));
        probe.Feed(Request("s3", 5));
        Assert.Equal("", LastReply(probe, "s3").Leader);
        probe.Feed(Request("s3", 6));
        Assert.Equal("s3", LastReply(probe, "s3").Leader);
    }

    [Fact]
    public void A_restart_does_not_bring_a_lost_memory_back()
    {
        var probe = new MonitorProbe(2, Three).Connect();
        probe.Feed(new PeerMessageArrived(Hello("s2")));
        var written = probe.Effects.OfType<Persist>().Last().State;
        probe = new MonitorProbe(2, Three, written).Connect();
        probe.Feed(Request("s2", 1));
        Assert.DoesNotContain(probe.Effects, effect => effect is TellPeer { Message: VoteReply });
        probe.Feed(new PeerMessageArrived(Hello("s2"))).Feed(new PeerMessageArrived(Hello("s3")));
        probe.Feed(Request("s2", 1));
        Assert.Equal("s2", LastReply(probe, "s2").Leader);
        Assert.False(probe.Effects.OfType<Persist>().Last().State.MayHaveForgotten);
    }

    [Fact]
    public void A_stranger_gets_no_vote()
    {
        var probe = new MonitorProbe(2, Three, Remembered).Connect();
        probe.Feed(Request("stranger", 9));
        Assert.Equal(4, probe.Monitor.CurrentEpoch);
        Assert.DoesNotContain(probe.Effects, effect => effect is TellPeer { PeerId: "stranger" });
    }

    [Fact]
    public void A_candidate_with_an_older_configuration_gets_no_vote()
    {
        var probe = new MonitorProbe(2, Three, Remembered with { ConfigEpoch = 3 }).Connect();
        probe.Feed(new PeerMessageArrived(new VoteRequest("mymaster", "s3", 5, ConfigEpoch: 2)));
        Assert.Equal("s2", LastReply(probe, "s3").Leader);
        Assert.Equal(4, probe.Monitor.CurrentEpoch);
    }

    [Fact]
    public void While_an_elected_leader_is_heard_nobody_else_gets_a_vote()
    {
        var probe = new MonitorProbe(2, Three, Remembered).Connect();
        probe.Feed(new PeerMessageArrived(Hello("s2") with { CurrentEpoch = 4, Phase = FailoverPhase.Leading, FailoverEpoch = 4 }));
        probe.Feed(Request("s3", 5));
        Assert.Equal("s2", LastReply(probe, "s3").Leader);
        probe.Pass(1000);
        probe.Feed(Request("s3", 6));
        Assert.Equal("s3", LastReply(probe, "s3").Leader);
    }

    [Fact]
    public void Nobody_becomes_a_candidate_while_another_one_writes_down_its_vote()
    {
        var probe = new MonitorProbe(2, Three, Remembered).Connect();
        foreach (var peer in new[] { "s2", "s3" })
            probe.Feed(new PeerMessageArrived(Hello(peer) with { MasterDown = true, CurrentEpoch = 4 }));
        probe.Feed(new PeerMessageArrived(new CandidacyNotice("mymaster", "s2")));
        probe.Feed(new LinkLost(probe.LastLink, LinkFailure.Reset));
        probe.Feed(new LinkLost(probe.LastLink, LinkFailure.Refused)).Pass(200);
        Assert.Contains("+odown master mymaster 127.0.0.1 7001 #quorum 3/2", probe.Events);
        Assert.DoesNotContain(probe.Events, line => line.StartsWith("+try-failover", StringComparison.Ordinal));
        probe.Pass(200);
        Assert.Contains(probe.Events, line => line.StartsWith("+try-failover", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    public void A_majority_is_more_than_half_of_the_declared_voters(int voters, int majority)
    {
        Assert.Equal(majority, DeclaredVoters.Number(voters).Majority(knownPeers: 0));
        Assert.Equal(majority, DeclaredVoters.Anyone.Majority(knownPeers: voters - 1));
        Assert.Equal(majority, DeclaredVoters.Of([.. Enumerable.Range(1, voters).Select(i => $"s{i}")]).Majority(knownPeers: 9));
    }

    private static PeerMessageArrived Request(string candidate, long epoch) =>
        new(new VoteRequest("mymaster", candidate, epoch, ConfigEpoch: 0));

    private static SentinelHello Hello(string sender) => new(
        "mymaster", sender, new InstanceAddress("127.0.0.1", 26000 + sender[1]), 0, MonitorProbe.Master, 0, false, "", 0, FailoverPhase.None, 0);

    private static VoteReply LastReply(MonitorProbe probe, string to) => probe.Effects
        .OfType<TellPeer>().Where(tell => tell.PeerId == to).Select(tell => tell.Message).OfType<VoteReply>().Last();
}

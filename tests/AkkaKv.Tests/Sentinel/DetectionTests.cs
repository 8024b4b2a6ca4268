using AkkaKv.Sentinel;
using AkkaKv.Tests.Sentinel.World;

namespace AkkaKv.Tests.Sentinel;

public class DetectionTests
{
    private const string SdownMaster = "+sdown master mymaster 127.0.0.1 7001";

    [Theory]
    [InlineData("PONG", ReplyKind.Status)]
    [InlineData("LOADING Redis is loading the dataset in memory", ReplyKind.Error)]
    [InlineData("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", ReplyKind.Error)]
    public void A_reply_that_shows_life_keeps_the_master_up(string text, ReplyKind kind)
    {
        var probe = new MonitorProbe().Connect();
        for (var i = 0; i < 30; i++)
            probe.Pass(200).Pong(text, kind);
        Assert.DoesNotContain(SdownMaster, probe.Events);
    }

    [Theory]
    [InlineData("NOAUTH Authentication required.")]
    [InlineData("ERR unknown command 'PING'")]
    public void An_error_that_shows_no_life_does_not_keep_the_master_up(string text)
    {
        var probe = new MonitorProbe().Connect();
        for (var i = 0; i < 10; i++)
            probe.Pass(200).Pong(text, ReplyKind.Error);
        Assert.Contains(SdownMaster, probe.Events);
    }

    [Fact]
    public void Silence_longer_than_down_after_is_down_and_a_reply_is_up_again()
    {
        var probe = new MonitorProbe().Connect().Pass(1150);
        Assert.DoesNotContain(SdownMaster, probe.Events);
        probe.Pass(200);
        Assert.Contains(SdownMaster, probe.Events);
        probe.Feed(new LinkOpened(probe.LastLink)).Pong();
        Assert.Contains("-sdown master mymaster 127.0.0.1 7001", probe.Events);
    }

    [Fact]
    public void A_master_that_was_never_reached_is_down_after_the_same_time()
    {
        var probe = new MonitorProbe();
        probe.Feed(TimePassed.Instance).Pass(1100);
        Assert.Contains(SdownMaster, probe.Events);
    }

    [Fact]
    public void A_link_that_breaks_and_is_refused_proves_the_master_down_at_once()
    {
        var probe = new MonitorProbe(downAfterMs: 30_000).Connect().Pass(100);
        probe.Feed(new LinkLost(probe.LastLink, LinkFailure.Reset));
        Assert.DoesNotContain(SdownMaster, probe.Events);
        probe.Feed(new LinkLost(probe.LastLink, LinkFailure.Refused));
        Assert.Contains(SdownMaster, probe.Events);
    }

    [Fact]
    public void A_refusal_alone_proves_nothing()
    {
        var probe = new MonitorProbe(downAfterMs: 30_000);
        probe.Feed(TimePassed.Instance);
        probe.Feed(new LinkLost(probe.LastLink, LinkFailure.Refused)).Pass(1000);
        Assert.DoesNotContain(SdownMaster, probe.Events);
    }

    [Fact]
    public void Hard_evidence_counts_only_where_it_is_trusted()
    {
        var probe = new MonitorProbe(downAfterMs: 30_000).Connect().Pass(100);
        probe.Feed(new SettingsChanged(probe.Monitor.Settings with { TrustHardEvidence = false }, "trust-hard-evidence", "no"));
        probe.Feed(new LinkLost(probe.LastLink, LinkFailure.Reset));
        probe.Feed(new LinkLost(probe.LastLink, LinkFailure.Refused)).Pass(500);
        Assert.DoesNotContain(SdownMaster, probe.Events);
    }

    [Fact]
    public void A_link_on_which_a_ping_stays_unanswered_for_half_of_down_after_is_replaced()
    {
        var probe = new MonitorProbe().Connect();
        var first = probe.LastLink;
        probe.Pass(800);
        Assert.Contains(new CloseLink(first), probe.Effects);
        Assert.NotEqual(first, probe.LastLink);
        Assert.DoesNotContain(SdownMaster, probe.Events);
    }

    [Fact]
    public void A_busy_script_is_killed_once_when_it_makes_the_master_look_down()
    {
        var probe = new MonitorProbe(quorum: 2, voters: DeclaredVoters.Number(3)).Connect();
        for (var i = 0; i < 15; i++)
            probe.Pass(200).Pong("BUSY Redis is busy running a script.", ReplyKind.Error);
        Assert.Single(probe.Effects.OfType<SendCommand>(), send => send.Arguments.SequenceEqual(["SCRIPT", "KILL"]));
    }

    [Fact]
    public void An_opinion_of_a_peer_expires()
    {
        var probe = new MonitorProbe(quorum: 2, voters: DeclaredVoters.Of("s1", "s2", "s3")).Connect();
        probe.Feed(new PeerMessageArrived(Opinion("s2")));
        probe.Pass(6000);
        Assert.Contains(SdownMaster, probe.Events);
        Assert.Contains("+odown master mymaster 127.0.0.1 7001 #quorum 2/2", probe.Events);
        Assert.Contains("-odown master mymaster 127.0.0.1 7001", probe.Events);
    }

    [Fact]
    public void The_opinion_of_a_sentinel_that_is_no_declared_voter_does_not_count()
    {
        var probe = new MonitorProbe(quorum: 2, voters: DeclaredVoters.Of("s1", "s2", "s3")).Connect();
        probe.Feed(new PeerMessageArrived(Opinion("stranger"))).Pass(2000);
        Assert.Contains(SdownMaster, probe.Events);
        Assert.DoesNotContain(probe.Events, line => line.StartsWith("+odown", StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_run_id_is_a_reboot()
    {
        var probe = new MonitorProbe().Connect();
        probe.Feed(new ReplyArrived(probe.LastLink, CommandTag.Info, ReplyKind.Text, "run_id:bbbb\r\nrole:master\r\n"));
        Assert.Contains("+reboot master mymaster 127.0.0.1 7001", probe.Events);
    }

    [Fact]
    public void Replicas_are_met_in_the_masters_info_of_any_age_of_redis()
    {
        var probe = new MonitorProbe().Connect(
            "role:master\r\nslave0:ip=127.0.0.1,port=7002,state=online,offset=1,lag=0\r\nslave1:127.0.0.1,7003,online\r\n");
        Assert.Contains("+slave slave 127.0.0.1:7002 127.0.0.1 7002 @ mymaster 127.0.0.1 7001", probe.Events);
        Assert.Contains("+slave slave 127.0.0.1:7003 127.0.0.1 7003 @ mymaster 127.0.0.1 7001", probe.Events);
    }

    [Fact]
    public void A_node_that_tells_its_state_needs_no_polling()
    {
        var probe = new MonitorProbe().Connect();
        probe.Feed(new NodeStatusArrived(new NodeStatus(
            new InstanceAddress("127.0.0.1", 7002), new string('b', 40), InstanceRole.Replica, MonitorProbe.Master, true, 0, 5, 100)));
        Assert.Contains("+slave slave 127.0.0.1:7002 127.0.0.1 7002 @ mymaster 127.0.0.1 7001", probe.Events);
    }

    private static SentinelHello Opinion(string sender) => new(
        "mymaster", sender, new InstanceAddress("127.0.0.1", 26002), 0, MonitorProbe.Master, 0, true, "", 0, FailoverPhase.None, 0);
}

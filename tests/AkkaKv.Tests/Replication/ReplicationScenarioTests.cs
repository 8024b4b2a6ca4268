using AkkaKv.Replication;

namespace AkkaKv.Tests.Replication;

/// <summary>Both ends of the link wired back to back.</summary>
public sealed class ReplicationScenarioTests
{
    private readonly TestNode _a = new("a");
    private readonly TestNode _b = new("b");
    private readonly TestNode _c = new("c");

    [Fact]
    public void A_new_replica_gets_everything_and_then_follows()
    {
        var cluster = new TestCluster(_a, _b);
        _a.Write("before");
        _b.Follow(_a, 0);
        cluster.Settle();
        Assert.Equal(["full: OtherHistory"], _a.Syncs);
        Same(_a, _b);
        _a.Write("after");
        cluster.Settle();
        Same(_a, _b);
        Assert.True(_b.Uplink!.State.IsUp());
        Assert.Equal(1, _a.Roster.CountAcked(0));
    }

    [Fact]
    public void The_replica_confirms_each_second_and_when_asked()
    {
        var cluster = new TestCluster(_a, _b);
        _b.Follow(_a, 0);
        cluster.Settle();
        _a.Write("one");
        cluster.Settle();
        Assert.Equal(0, _a.Roster.CountAcked(_a.History.Offset));
        cluster.Pass(1000);
        Assert.Equal(1, _a.Roster.CountAcked(_a.History.Offset));
        _a.Write("two");
        var written = _a.History.Offset;
        _a.Append(StreamCommands.GetAck);
        cluster.Settle();
        Assert.Equal(1, _a.Roster.CountAcked(written));
    }

    [Fact]
    public void A_link_cut_after_any_byte_leads_to_the_same_data_and_the_stream_is_never_sent_twice()
    {
        var handshakeAndSnapshot = BytesUntilStreaming();
        for (var cutAfter = 1; cutAfter < handshakeAndSnapshot + 60; cutAfter++)
        {
            var (master, replica) = (new TestNode("m"), new TestNode("r"));
            var cluster = new TestCluster(master, replica);
            master.Write("before");
            master.NextCutAfter = cutAfter;
            replica.Follow(master, 0);
            cluster.Settle(pieceMax: 7);
            for (var write = 0; write < 6; write++)
            {
                master.Write($"write {write}");
                cluster.Settle(pieceMax: 7);
            }

            cluster.Pass(200);
            Same(master, replica);
            Assert.Equal(cutAfter >= handshakeAndSnapshot ? "partial" : "full: OtherHistory", master.Syncs[^1]);
        }
    }

    [Fact]
    public void After_a_promotion_the_other_replica_continues_with_the_promoted_one()
    {
        var cluster = new TestCluster(_a, _b, _c);
        _a.Write("one");
        _b.Follow(_a, 0);
        _c.Follow(_a, 0);
        cluster.Settle();
        _a.Write("two");
        cluster.Settle();

        _b.Promote(cluster.Now);
        _b.Write("three");
        _c.Follow(_b, cluster.Now);
        cluster.Settle();
        Assert.Equal(["partial"], _b.Syncs);
        Same(_b, _c);
        Assert.Equal(_b.History.SecondId, _c.History.SecondId);
        Assert.Equal(_b.History.SecondOffset, _c.History.SecondOffset);
    }

    [Fact]
    public void The_old_master_that_wrote_nothing_more_continues_with_the_promoted_one()
    {
        var cluster = new TestCluster(_a, _b);
        _b.Follow(_a, 0);
        cluster.Settle();
        _a.Write("one");
        cluster.Settle();
        _b.Promote(cluster.Now);
        _b.Write("two");
        _a.Follow(_b, cluster.Now);
        cluster.Settle();
        Assert.Equal(["partial"], _b.Syncs);
        Same(_b, _a);
    }

    [Fact]
    public void The_old_master_that_wrote_more_than_the_promoted_one_has_gets_everything_anew()
    {
        var cluster = new TestCluster(_a, _b);
        _b.Follow(_a, 0);
        cluster.Settle();
        _b.Promote(cluster.Now);
        _a.Write("lost");
        _b.Write("kept");
        _a.Follow(_b, cluster.Now);
        cluster.Settle();
        Assert.Equal(["full: BeyondSecondOffset"], _b.Syncs);
        Same(_b, _a);
    }

    [Fact]
    public void A_chain_passes_the_stream_on_byte_by_byte()
    {
        var cluster = new TestCluster(_a, _b, _c);
        _a.Write("one");
        _b.Follow(_a, 0);
        cluster.Settle();
        _c.Follow(_b, cluster.Now);
        cluster.Settle();
        _a.Write("two");
        _a.Append(StreamCommands.Ping);
        cluster.Settle();
        Same(_a, _b);
        Same(_b, _c);
    }

    [Fact]
    public void The_end_of_a_chain_continues_when_the_middle_is_promoted()
    {
        var cluster = new TestCluster(_a, _b, _c);
        _b.Follow(_a, 0);
        cluster.Settle();
        _c.Follow(_b, cluster.Now);
        cluster.Settle();
        _a.Write("one");
        cluster.Settle();
        _b.Promote(cluster.Now);
        _b.Write("two");
        cluster.Pass(200);
        Assert.Equal("partial", _b.Syncs[^1]);
        Same(_b, _c);
    }

    [Fact]
    public void The_end_of_a_chain_continues_when_the_middle_learns_a_new_id()
    {
        var d = new TestNode("d");
        var cluster = new TestCluster(_a, _b, _c, d);
        _b.Follow(_a, 0);
        _c.Follow(_a, 0);
        cluster.Settle();
        d.Follow(_c, cluster.Now);
        cluster.Settle();
        _a.Write("one");
        cluster.Settle();

        _b.Promote(cluster.Now);
        _c.Follow(_b, cluster.Now);
        _b.Write("two");
        cluster.Pass(300);
        Assert.Equal("partial", _b.Syncs[^1]);
        Assert.Equal(["full: OtherHistory", "partial"], _c.Syncs);
        Same(_b, _c);
        Same(_c, d);
    }

    [Fact]
    public void A_full_synchronisation_of_the_middle_reaches_the_end_of_the_chain()
    {
        var cluster = new TestCluster(_a, _b, _c);
        _b.Write("b's own");
        _c.Follow(_b, 0);
        cluster.Settle();
        _a.Write("a's own");
        _b.Follow(_a, cluster.Now);
        cluster.Pass(300);
        Same(_a, _b);
        Same(_b, _c);
    }

    [Fact]
    public void A_replica_that_was_away_for_longer_than_the_backlog_gets_everything_anew()
    {
        var cluster = new TestCluster(_a, _b);
        _b.Follow(_a, 0);
        cluster.Settle();
        _a.LastLink.Close();
        _a.Listens = false;
        cluster.Pass(100);
        for (var write = 0; write < 3000; write++)
            _a.Write(new string('x', 1000));
        _a.Listens = true;
        cluster.Pass(1500);
        Assert.Equal(["full: OtherHistory", "full: OutsideBacklog"], _a.Syncs);
        Same(_a, _b);
    }

    [Fact]
    public void A_replica_keeps_its_data_until_the_new_ones_are_complete()
    {
        var cluster = new TestCluster(_a, _b);
        _b.Write("precious");
        _a.Write(new string('x', 500));
        _a.NextCutAfter = BytesUntilStreaming() + 200;
        _b.Follow(_a, 0);
        cluster.Settle(pieceMax: 20);
        Assert.Equal(["*1\r\n$8\r\nprecious\r\n"], _b.Data);
        cluster.Pass(200);
        Same(_a, _b);
    }

    [Fact]
    public void Attempts_are_repeated_with_growing_pauses_until_the_master_is_there()
    {
        var cluster = new TestCluster(_a, _b);
        _a.Listens = false;
        _b.Follow(_a, 0);
        cluster.Pass(5000);
        var attempts = _b.Uplink!.Log.Count(line => line.StartsWith("Connecting", StringComparison.Ordinal));
        Assert.InRange(attempts, 7, 10);
        Assert.Equal((-1L, -1L), (_b.Uplink.View.LastIoSecondsAgo(cluster.Now), _b.Uplink.View.DownSeconds(cluster.Now)));
        _a.Listens = true;
        cluster.Pass(1100);
        Assert.True(_b.Uplink.State.IsUp());
    }

    [Fact]
    public void A_master_that_has_no_link_itself_is_asked_again()
    {
        var cluster = new TestCluster(_a, _b);
        _a.RefusesSync = "-NOMASTERLINK Can't SYNC while not connected with my master\r\n";
        _b.Follow(_a, 0);
        cluster.Settle();
        Assert.Contains("Unexpected reply to PSYNC from master: -NOMASTERLINK Can't SYNC while not connected with my master", _b.Uplink!.Log);
        _a.RefusesSync = null;
        cluster.Pass(200);
        Same(_a, _b);
    }

    [Fact]
    public void A_wrong_password_is_reported_and_a_right_one_works()
    {
        var guarded = new TestNode("g") { Password = "secret" };
        var cluster = new TestCluster(guarded, _b, _c);
        _b.Follow(guarded, 0, "wrong");
        _c.Follow(guarded, 0, "secret");
        cluster.Settle();
        Assert.Contains("Unable to AUTH to MASTER: -WRONGPASS invalid username-password pair or user is disabled.", _b.Uplink!.Log);
        Assert.Equal(UpstreamState.Waiting, _b.Uplink.State);
        Same(guarded, _c);
    }

    [Fact]
    public void A_silent_master_is_given_up_and_the_replica_shows_for_how_long_it_is_down()
    {
        var cluster = new TestCluster(_a, _b);
        _b.Follow(_a, 0);
        cluster.Settle();
        _a.Listens = false;
        cluster.Pass(59_000);
        Assert.True(_b.Uplink!.State.IsUp());
        Assert.Equal(59, _b.Uplink.View.LastIoSecondsAgo(cluster.Now));
        cluster.Pass(6_000);
        Assert.Contains("MASTER timeout: no data nor PING received...", _b.Uplink.Log);
        Assert.Equal(5, _b.Uplink.View.DownSeconds(cluster.Now));
    }

    [Fact]
    public void A_replica_too_slow_for_its_limit_is_dropped_without_holding_the_master_and_comes_back()
    {
        var master = new TestNode("m") { ReplicaSettings = new ReplicaSettings(LagHardMax: 2_000_000) };
        var cluster = new TestCluster(master, _b);
        master.NextCutAfter = BytesUntilStreaming() + 1000;
        _b.Follow(master, 0);
        cluster.Settle(pieceMax: 100);
        for (var write = 0; write < 5000; write++)
            master.Write(new string('x', 1000));
        Assert.InRange(master.History.Buffer.HistoryLength, 0, 3_000_000);
        cluster.Pass(300);
        Same(master, _b);
    }

    /// <summary>How many bytes a replica receives until the stream begins, with one write before it and pieces of any size.</summary>
    private static long BytesUntilStreaming()
    {
        var (master, replica) = (new TestNode("m"), new TestNode("r"));
        var cluster = new TestCluster(master, replica);
        master.Write("before");
        replica.Follow(master, 0);
        cluster.Settle();
        return master.LastLink.Delivered;
    }

    private static void Same(TestNode master, TestNode replica)
    {
        Assert.Equal(master.Data, replica.Data);
        Assert.Equal(master.History.Id, replica.History.Id);
        Assert.Equal(master.History.Offset, replica.History.Offset);
    }
}

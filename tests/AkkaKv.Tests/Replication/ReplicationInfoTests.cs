using AkkaKv.Replication;

namespace AkkaKv.Tests.Replication;

public sealed class ReplicationInfoTests
{
    private static readonly HistoryView History = new(
        ReplicationId.Parse("b1db71d06209809ba7922894ec26e7ad14bbcc8a"), ReplicationId.None, 462, -1, true, 1048576, 1, 462);

    [Fact]
    public void A_master_shows_its_replicas_and_its_history()
    {
        IReadOnlyList<ReplicaView> replicas =
        [
            new(1, "127.0.0.1", 6380, ReplicaState.Online, 462, 1),
            new(2, "127.0.0.1", 6381, ReplicaState.WaitsForSnapshot, 0, 0),
        ];
        var info = new ReplicationInfo(null, 0, 0, 100, true, true, replicas, 1, "no-failover", History);
        Assert.Equal(
            """
            role:master
            connected_slaves:2
            min_slaves_good_slaves:1
            slave0:ip=127.0.0.1,port=6380,state=online,offset=462,lag=1
            slave1:ip=127.0.0.1,port=6381,state=wait_bgsave,offset=0,lag=0
            master_failover_state:no-failover
            master_replid:b1db71d06209809ba7922894ec26e7ad14bbcc8a
            master_replid2:0000000000000000000000000000000000000000
            master_repl_offset:462
            second_repl_offset:-1
            repl_backlog_active:1
            repl_backlog_size:1048576
            repl_backlog_first_byte_offset:1
            repl_backlog_histlen:462

            """.ReplaceLineEndings("\r\n"),
            info.ToLines());
    }

    [Fact]
    public void A_replica_whose_master_is_gone_shows_for_how_long()
    {
        var upstream = new UpstreamView("127.0.0.1", 6381, UpstreamState.Waiting, -1, 164, null);
        var info = new ReplicationInfo(upstream, 17761, 17761, 100, true, true, [], null, "no-failover", History);
        Assert.StartsWith(
            """
            role:slave
            master_host:127.0.0.1
            master_port:6381
            master_link_status:down
            master_last_io_seconds_ago:-1
            master_sync_in_progress:0
            slave_read_repl_offset:17761
            slave_repl_offset:17761
            master_link_down_since_seconds:164
            slave_priority:100
            slave_read_only:1
            replica_announced:1
            connected_slaves:0
            master_failover_state:no-failover

            """.ReplaceLineEndings("\r\n"),
            info.ToLines());
    }

    [Fact]
    public void A_replica_in_synchronisation_shows_its_progress()
    {
        var upstream = new UpstreamView("h", 1, UpstreamState.ReceivesSnapshot, 0, -1, new SyncProgress(300, 100, 2));
        var info = new ReplicationInfo(upstream, 5, 5, 100, false, true, [], null, "no-failover", History);
        Assert.Contains(
            """
            master_sync_in_progress:1
            slave_read_repl_offset:5
            slave_repl_offset:5
            master_sync_total_bytes:300
            master_sync_read_bytes:100
            master_sync_left_bytes:200
            master_sync_perc:33.33
            master_sync_last_io_seconds_ago:2
            master_link_down_since_seconds:-1
            """.ReplaceLineEndings("\r\n"),
            info.ToLines());
    }
}

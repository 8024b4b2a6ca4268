using System.Text;
using AkkaKv.Replication;

namespace AkkaKv.Tests.Replication;

public sealed class ReplicaSessionTests
{
    private static readonly ReplicationId Id = ReplicationId.Parse(new string('a', 40));
    private static readonly string Mark = new('m', 40);
    private static readonly ReplicaSettings Settings = new(TimeoutMs: 5000, KeepAliveMs: 1000, LagSoftMax: 100, LagSoftMs: 3000);

    private readonly List<ReplicaEffect> _outbox = [];

    [Fact]
    public void A_replica_that_may_continue_is_online_at_once()
    {
        var session = NewSession(capa: ["eof", "psync2"]);
        Assert.Equal(
            [$"send +CONTINUE {Id}\r\n", "state online", "stream"],
            Step(session, 0, new ReplicaInput.Decided(SyncDecision.Continue(7), Id, 9)));
        Assert.Equal(7, session.AckedOffset);
    }

    [Fact]
    public void A_replica_that_cannot_learn_a_new_id_is_not_told_one() =>
        Assert.Equal("send +CONTINUE\r\n", Step(NewSession(), 0, new ReplicaInput.Decided(SyncDecision.Continue(7), Id, 9))[0]);

    [Fact]
    public void A_full_synchronisation_with_end_mark_streams_only_after_the_replica_confirmed_it()
    {
        var session = NewSession(capa: ["eof", "psync2"]);
        Assert.Equal([$"send +FULLRESYNC {Id} 9\r\n", "state wait_bgsave"], Step(session, 0, Full(9)));
        Assert.Equal([$"send $EOF:{Mark}\r\n", "state send_bulk", "snapshot"], Step(session, 1, new ReplicaInput.SnapshotReady(123, Mark)));
        Assert.Equal([$"send {Mark}", "state online"], Step(session, 2, ReplicaInput.SnapshotSent.Instance));
        Assert.Equal(["stream", "acked 9"], Step(session, 3, new ReplicaInput.Acked(9)));
        Assert.Equal(["acked 20"], Step(session, 4, new ReplicaInput.Acked(20)));
        Assert.Equal(["acked 20"], Step(session, 5, new ReplicaInput.Acked(10)));
    }

    [Fact]
    public void A_replica_that_knows_no_end_mark_gets_the_length_and_the_stream_behind_it()
    {
        var session = NewSession();
        Step(session, 0, Full(9));
        Assert.Equal(["send $123\r\n", "state send_bulk", "snapshot"], Step(session, 1, new ReplicaInput.SnapshotReady(123, Mark)));
        Assert.Equal(["state online", "stream"], Step(session, 2, ReplicaInput.SnapshotSent.Instance));
    }

    [Fact]
    public void A_client_that_wants_only_the_RDB_is_closed_after_it()
    {
        var session = NewSession(capa: ["eof"]);
        Assert.Null(session.Handshake.Apply("rdb-only"u8, "1"u8));
        Step(session, 0, Full(9));
        Step(session, 1, new ReplicaInput.SnapshotReady(null, Mark));
        Assert.Equal(
            [$"send {Mark}", "state closed", "close after sending: the RDB it asked for was delivered"],
            Step(session, 2, ReplicaInput.SnapshotSent.Instance));
    }

    [Fact]
    public void An_old_SYNC_gets_no_FULLRESYNC_line_and_may_be_silent()
    {
        var session = NewSession(isOldForm: true);
        Assert.Equal(["state wait_bgsave"], Step(session, 0, Full(9)));
        Step(session, 1, new ReplicaInput.SnapshotReady(5, Mark));
        Step(session, 2, ReplicaInput.SnapshotSent.Instance);
        Assert.Empty(Step(session, 100_000, new ReplicaInput.Tick(0, false)));
    }

    [Fact]
    public void A_replica_that_waits_gets_a_newline_each_second()
    {
        var session = NewSession();
        Step(session, 0, Full(9));
        Assert.Empty(Step(session, 999, new ReplicaInput.Tick(0, false)));
        Assert.Equal(["send \n"], Step(session, 1000, new ReplicaInput.Tick(0, false)));
        Assert.Empty(Step(session, 1999, new ReplicaInput.Tick(0, false)));
        Assert.Equal(["send \n"], Step(session, 2000, new ReplicaInput.Tick(0, false)));
    }

    [Fact]
    public void Silence_closes_the_link_and_any_sign_of_life_prevents_it()
    {
        var session = NewSession();
        Step(session, 0, new ReplicaInput.Decided(SyncDecision.Continue(7), Id, 9));
        Step(session, 4000, ReplicaInput.Alive.Instance);
        Assert.Empty(Step(session, 8999, new ReplicaInput.Tick(0, false)));
        Assert.Equal(["state closed", "close: timed out, streaming"], Step(session, 9000, new ReplicaInput.Tick(0, false)));
        Assert.Empty(Step(session, 9001, new ReplicaInput.Tick(0, false)));
        Assert.Equal(long.MaxValue, session.NextDeadline);
    }

    [Fact]
    public void A_snapshot_that_makes_no_progress_closes_the_link()
    {
        var session = NewSession();
        Step(session, 0, Full(9));
        Step(session, 10_000, new ReplicaInput.SnapshotReady(123, Mark));
        Step(session, 14_000, ReplicaInput.Progressed.Instance);
        Assert.Empty(Step(session, 18_999, new ReplicaInput.Tick(0, false)));
        Assert.Equal(["state closed", "close: timed out, full resynchronisation"], Step(session, 19_000, new ReplicaInput.Tick(0, false)));
    }

    [Fact]
    public void A_replica_behind_the_soft_limit_is_closed_only_if_it_stays_so()
    {
        var session = NewSession();
        Step(session, 0, new ReplicaInput.Decided(SyncDecision.Continue(7), Id, 9));
        Assert.Empty(Step(session, 1000, new ReplicaInput.Tick(101, false)));
        Assert.Empty(Step(session, 2000, new ReplicaInput.Tick(100, false)));
        Assert.Empty(Step(session, 3000, new ReplicaInput.Tick(500, false)));
        Step(session, 5000, new ReplicaInput.Acked(8));
        Assert.Empty(Step(session, 5999, new ReplicaInput.Tick(500, false)));
        Assert.Equal("close: it was behind by more than 100 bytes for 3000 ms", Step(session, 6000, new ReplicaInput.Tick(500, false))[^1]);
    }

    [Fact]
    public void A_replica_whose_bytes_are_gone_is_closed_at_once()
    {
        var session = NewSession();
        Step(session, 0, Full(9));
        Assert.StartsWith("close: what it needs next is no longer kept", Step(session, 1, new ReplicaInput.Tick(1, true))[^1]);
    }

    [Fact]
    public void Inputs_out_of_order_are_a_defect_of_the_host()
    {
        Assert.Throws<InvalidOperationException>(() => Step(NewSession(), 0, ReplicaInput.SnapshotSent.Instance));
        Assert.Throws<InvalidOperationException>(() => Step(NewSession(), 0, new ReplicaInput.SnapshotReady(1, Mark)));
    }

    [Theory]
    [InlineData("listening-port", "6380", null)]
    [InlineData("listening-port", "x", "ERR value is not an integer or out of range")]
    [InlineData("LISTENING-PORT", "65536", "ERR value is not an integer or out of range")]
    [InlineData("ip-address", "10.0.0.1", null)]
    [InlineData("capa", "something new", null)]
    [InlineData("rdb-only", "2", "ERR value is not an integer or out of range")]
    [InlineData("colour", "blue", "ERR Unrecognized REPLCONF option: colour")]
    public void REPLCONF_answers_as_redis_does(string option, string value, string? error) =>
        Assert.Equal(error, new ReplicaHandshake().Apply(Encoding.ASCII.GetBytes(option), Encoding.ASCII.GetBytes(value)));

    private static ReplicaInput.Decided Full(long offset) => new(SyncDecision.Full(FullSyncReason.OtherHistory), Id, offset);

    private static ReplicaSession NewSession(bool isOldForm = false, params string[] capa)
    {
        var handshake = new ReplicaHandshake();
        foreach (var ability in capa)
            Assert.Null(handshake.Apply("capa"u8, Encoding.ASCII.GetBytes(ability)));
        return new ReplicaSession(handshake, isOldForm, Settings);
    }

    private List<string> Step(ReplicaSession session, long now, ReplicaInput input)
    {
        _outbox.Clear();
        session.Step(now, input, _outbox);
        return [.. _outbox.Select(Describe)];
    }

    private static string Describe(ReplicaEffect effect) => effect switch
    {
        ReplicaEffect.Send send => $"send {Encoding.ASCII.GetString(send.Bytes.Span)}",
        ReplicaEffect.StateChanged changed => $"state {changed.State.InfoName()}",
        ReplicaEffect.Acknowledged acknowledged => $"acked {acknowledged.Offset}",
        ReplicaEffect.Close close => $"close{(close.AfterSending ? " after sending" : "")}: {close.Reason}",
        ReplicaEffect.SendSnapshot => "snapshot",
        _ => "stream",
    };
}

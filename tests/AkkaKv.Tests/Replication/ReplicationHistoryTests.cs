using AkkaKv.Replication;

namespace AkkaKv.Tests.Replication;

public sealed class ReplicationHistoryTests
{
    private static readonly ReplicationId A = Id('a');
    private static readonly ReplicationId B = Id('b');
    private static readonly ReplicationId C = Id('c');

    [Fact]
    public void A_master_without_replicas_shows_what_redis_shows()
    {
        var view = HistoryView.Of(new ReplicationHistory(new ReplicationBuffer(), A));
        Assert.Equal(new HistoryView(A, ReplicationId.None, 0, -1, false, 1048576, 0, 0), view);
        Assert.Equal(new string('0', 40), view.SecondId.ToString());
    }

    [Fact]
    public void The_first_replica_starts_the_backlog_under_a_new_id()
    {
        var history = new ReplicationHistory(new ReplicationBuffer(), A);
        history.StartBacklog(B);
        Assert.Equal((B, true), (history.Id, history.Buffer.IsActive));
        history.StartBacklog(C);
        Assert.Equal(B, history.Id);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(5, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    [InlineData(-1, false)]
    [InlineData(-2, false)]
    public void A_replica_of_this_history_continues_if_the_backlog_has_its_next_byte(long offset, bool continues)
    {
        var history = WithStream(A, 10);
        Assert.Equal(continues, history.Decide(A, offset).IsContinue);
    }

    [Fact]
    public void Who_has_nothing_or_another_history_gets_everything()
    {
        var history = WithStream(A, 10);
        Assert.Equal(SyncDecision.Full(FullSyncReason.NothingInCommon), history.Decide(ReplicationId.None, -2));
        Assert.Equal(SyncDecision.Full(FullSyncReason.OtherHistory), history.Decide(B, 5));
        Assert.Equal(SyncDecision.Full(FullSyncReason.OutsideBacklog), history.Decide(A, 99));
    }

    [Fact]
    public void After_a_promotion_the_old_id_continues_up_to_the_second_offset_and_not_beyond()
    {
        var history = WithStream(A, 420);
        history.Promote(B);
        Assert.Equal((B, A, 421L), (history.Id, history.SecondId, history.SecondOffset));
        history.Buffer.Append(new byte[100]);
        Assert.Equal(SyncDecision.Continue(420), history.Decide(A, 420));
        Assert.Equal(SyncDecision.Continue(7), history.Decide(A, 7));
        Assert.Equal(SyncDecision.Full(FullSyncReason.BeyondSecondOffset), history.Decide(A, 421));
        Assert.Equal(SyncDecision.Continue(421), history.Decide(B, 421));
    }

    [Fact]
    public void A_second_promotion_forgets_the_first_id()
    {
        var history = WithStream(A, 10);
        history.Promote(B);
        history.Promote(C);
        Assert.Equal(FullSyncReason.OtherHistory, history.Decide(A, 10).Reason);
        Assert.True(history.Decide(B, 10).IsContinue);
    }

    [Fact]
    public void Continuing_under_a_new_id_keeps_the_old_one_as_second_and_says_so()
    {
        var history = WithStream(A, 10);
        Assert.True(history.AdoptContinue(B));
        Assert.Equal((B, A, 11L), (history.Id, history.SecondId, history.SecondOffset));
        Assert.False(history.AdoptContinue(B));
        Assert.False(history.AdoptContinue(ReplicationId.None));
        Assert.Equal((B, A, 11L), (history.Id, history.SecondId, history.SecondOffset));
    }

    [Fact]
    public void A_full_synchronisation_replaces_the_whole_history()
    {
        var history = WithStream(A, 10);
        history.Promote(B);
        history.AdoptFullSync(C, 5000);
        Assert.Equal(new HistoryView(C, ReplicationId.None, 5000, -1, true, 1048576, 5001, 0), HistoryView.Of(history));
        Assert.False(history.Decide(B, 10).IsContinue);
        Assert.True(history.Decide(C, 5000).IsContinue);
    }

    [Fact]
    public void A_backlog_that_nobody_came_back_for_ends_with_its_id()
    {
        var history = WithStream(A, 10);
        history.StopBacklog(B);
        Assert.Equal(new HistoryView(B, ReplicationId.None, 10, -1, false, 1048576, 0, 0), HistoryView.Of(history));
        Assert.False(history.Decide(A, 10).IsContinue);
    }

    [Fact]
    public void What_a_file_remembers_can_be_continued_from()
    {
        var history = new ReplicationHistory(new ReplicationBuffer(), B);
        history.Restore(A, 777);
        Assert.Equal((A, 777L), (history.Id, history.Offset));
        history.AdoptContinue(A);
        Assert.Equal((778L, 777L), (history.Buffer.FirstOffset, history.Offset));
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef0123456", false)]
    [InlineData("0123456789abcdef0123456789abcdef012345678", false)]
    [InlineData("0123456789abcdef0123456789abcdef0123456g", false)]
    [InlineData("0123456789ABCDEF0123456789abcdef01234567", true)]
    public void An_id_is_forty_hexadecimal_digits_in_any_case(string text, bool valid)
    {
        Assert.Equal(valid, ReplicationId.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out var id));
        Assert.Equal(valid ? text.ToLowerInvariant() : new string('0', 40), id.ToString());
    }

    private static ReplicationId Id(char digit) => ReplicationId.Parse(new string(digit, ReplicationId.Length));

    private static ReplicationHistory WithStream(ReplicationId id, int length)
    {
        var history = new ReplicationHistory(new ReplicationBuffer(), id);
        history.StartBacklog(id);
        history.Buffer.Append(new byte[length]);
        return history;
    }
}

using AkkaKv.Replication;
using AkkaKv.Simulation.DataNodes;

namespace AkkaKv.Simulation.Tests;

public sealed class AckLedgerTests
{
    private readonly ReplicaRoster _roster = new();
    private readonly AckLedger _ledger;

    public AckLedgerTests()
    {
        _ledger = new AckLedger(_roster);
        for (var number = 1; number <= 3; number++)
        {
            _roster.Add(number, "127.0.0.1", 6380 + number, 0);
            _roster.Change(number, ReplicaState.Online, 0);
        }
    }

    [Fact]
    public void A_wait_that_is_fulfilled_already_ends_at_once_with_the_number_of_all_that_confirmed()
    {
        _roster.Acknowledge(1, 10, 0);
        _roster.Acknowledge(2, 11, 0);
        Assert.Equal([new AckEffect.Done(7, 2)], Step(0, new AckInput.Wait(7, 10, 1, 0)));
        Assert.Equal([new AckEffect.Done(7, 2)], Step(0, new AckInput.Wait(7, 10, 0, 0)));
        Assert.Equal(0, _ledger.Count);
    }

    [Fact]
    public void A_replica_that_has_confirmed_nothing_yet_does_not_count_even_for_what_was_written_before_there_was_a_stream()
    {
        Assert.Equal([AckEffect.AskReplicas.Instance], Step(0, new AckInput.Wait(7, 0, 1, 0)));
        _roster.Acknowledge(1, 0, 1);
        Assert.Equal([new AckEffect.Done(7, 1)], Step(1, AckInput.Changed.Instance));
        Assert.All(_roster.Views(1), replica => Assert.Equal(0, replica.Offset));
    }

    [Fact]
    public void A_wait_ends_when_enough_replicas_have_confirmed()
    {
        Assert.Equal([AckEffect.AskReplicas.Instance], Step(0, new AckInput.Wait(7, 10, 2, 0)));
        _roster.Acknowledge(1, 10, 1);
        Assert.Empty(Step(1, AckInput.Changed.Instance));
        _roster.Acknowledge(2, 9, 1);
        Assert.Empty(Step(2, AckInput.Changed.Instance));
        _roster.Acknowledge(2, 15, 1);
        Assert.Equal([new AckEffect.Done(7, 2)], Step(3, AckInput.Changed.Instance));
        Assert.Empty(Step(4, AckInput.Changed.Instance));
    }

    [Fact]
    public void A_wait_that_times_out_tells_how_many_confirmed()
    {
        Step(100, new AckInput.Wait(7, 10, 3, 50));
        Step(100, new AckInput.Wait(8, 10, 3, 0));
        Assert.Equal(150, _ledger.NextDeadline);
        _roster.Acknowledge(1, 10, 1);
        Assert.Empty(Step(149, AckInput.Changed.Instance));
        Assert.Equal([new AckEffect.Done(7, 1)], Step(150, AckInput.Changed.Instance));
        Assert.Equal((1, long.MaxValue), (_ledger.Count, _ledger.NextDeadline));
    }

    [Fact]
    public void A_client_that_is_gone_waits_no_more()
    {
        Step(0, new AckInput.Wait(7, 10, 1, 50));
        Step(1, new AckInput.GiveUp(7));
        Assert.Empty(Step(50, AckInput.Changed.Instance));
    }

    [Fact]
    public void When_the_role_changes_every_wait_is_broken()
    {
        Step(0, new AckInput.Wait(7, 10, 1, 0));
        Step(0, new AckInput.Wait(8, 10, 1, 0));
        Assert.Equal([new AckEffect.Broken(7), new AckEffect.Broken(8)], Step(1, AckInput.RoleChanged.Instance));
    }

    [Fact]
    public void A_replica_that_is_not_online_or_has_left_does_not_count()
    {
        for (var number = 1; number <= 3; number++)
            _roster.Acknowledge(number, 10, 0);
        _roster.Change(1, ReplicaState.ReceivesSnapshot, 0);
        Assert.True(_roster.Remove(2));
        Assert.Equal(1, _roster.CountAcked(10));
    }

    [Fact]
    public void A_replica_is_good_while_it_was_heard_of_within_the_largest_lag()
    {
        _roster.Acknowledge(1, 10, 9000);
        _roster.Acknowledge(2, 10, 4000);
        Assert.Equal(2, _roster.CountGood(10, 14_000));
        Assert.Equal(1, _roster.CountGood(9, 14_000));
        Assert.Equal([5L, 10L, 14L], _roster.Views(14_000).Select(view => view.LagSeconds));
    }

    private List<AckEffect> Step(long now, AckInput input)
    {
        List<AckEffect> outbox = [];
        _ledger.Step(now, input, outbox);
        return outbox;
    }
}

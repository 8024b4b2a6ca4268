using AkkaKv.Replication;

namespace AkkaKv.Tests.Replication;

public sealed class StreamUpkeepTests
{
    private readonly StreamUpkeep _upkeep = new(pingPeriodMs: 10_000, backlogTtlMs: 60_000);

    [Fact]
    public void A_master_pings_its_replicas_each_period()
    {
        Assert.Empty(Step(0, replicas: 2));
        Assert.Empty(Step(9_999, replicas: 2));
        Assert.Equal([UpkeepEffect.AppendPing], Step(10_000, replicas: 1));
        Assert.Empty(Step(19_999, replicas: 1));
        Assert.Equal([UpkeepEffect.AppendPing], Step(20_000, replicas: 1));
    }

    [Fact]
    public void A_replica_does_neither()
    {
        for (var now = 0; now < 200_000; now += 1000)
            Assert.Empty(Step(now, replicas: now % 2000 == 0 ? 1 : 0, isMaster: false));
    }

    [Fact]
    public void The_backlog_ends_when_no_replica_came_for_its_time_to_live()
    {
        Step(0, replicas: 1);
        Assert.Empty(Step(1_000, replicas: 0));
        Assert.Empty(Step(60_999, replicas: 0));
        Assert.Equal([UpkeepEffect.StopBacklog], Step(61_000, replicas: 0));
        Assert.Empty(Step(200_000, replicas: 0, hasBacklog: false));
    }

    [Fact]
    public void A_replica_that_comes_in_time_keeps_the_backlog()
    {
        Step(0, replicas: 0);
        Step(59_000, replicas: 1);
        Assert.Empty(Step(60_500, replicas: 0));
        Assert.Empty(Step(120_000, replicas: 0));
        Assert.Equal([UpkeepEffect.StopBacklog], Step(120_500, replicas: 0));
    }

    private List<UpkeepEffect> Step(long now, int replicas, bool isMaster = true, bool hasBacklog = true)
    {
        List<UpkeepEffect> outbox = [];
        _upkeep.Step(now, isMaster, replicas, hasBacklog, outbox);
        return outbox;
    }
}

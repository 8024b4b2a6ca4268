using AkkaKv.Sentinel;
using AkkaKv.Tests.Sentinel.World;

namespace AkkaKv.Tests.Sentinel;

public class ReplicaSelectionTests
{
    [Fact]
    public void The_smaller_priority_wins_over_the_larger_offset() =>
        Assert.Equal(7003, Promoted((7002, 900, 100), (7003, 100, 10)));

    [Fact]
    public void Of_equal_priorities_the_larger_offset_wins() =>
        Assert.Equal(7003, Promoted((7002, 100, 100), (7003, 101, 100)));

    [Fact]
    public void Of_equal_offsets_the_smaller_run_id_wins() =>
        Assert.Equal(7002, Promoted((7003, 100, 100), (7002, 100, 100)));

    [Fact]
    public void Priority_zero_is_never_promoted() =>
        Assert.Equal(7003, Promoted((7002, 900, 0), (7003, 100, 100)));

    [Fact]
    public void An_offset_that_grew_after_the_last_poll_is_the_one_that_counts()
    {
        var world = World((7002, 100, 100), (7003, 100, 100));
        world.Run(3000);
        world.Instance(7003)!.Offset = 5000;
        Assert.Equal(7003, KillMaster(world));
    }

    [Fact]
    public void A_replica_that_does_not_answer_is_not_promoted()
    {
        var world = World((7002, 900, 100), (7003, 100, 100));
        world.Run(3000);
        world.Instance(7002)!.IsFrozen = true;
        Assert.Equal(7003, KillMaster(world));
    }

    [Fact]
    public void Replicas_that_follow_each_other_in_a_circle_get_a_master_however_long_their_links_are_down()
    {
        var world = World((7002, 900, 100), (7003, 100, 100));
        world.Run(3000);
        world.Instance(7001)!.MasterPort = 7002;
        foreach (var instance in world.Instances)
            (instance.FollowsSince, instance.LinkDownSeconds) = (world.Now + 100_000, 3_600);
        world.RunUntil(() => world.Instances.Any(instance => instance.MasterPort == 0), 60_000);
        Assert.Equal(7002, world.Instances.Single(instance => instance.MasterPort == 0).Port);
    }

    [Fact]
    public void Every_failover_leaves_a_timeline_whose_steps_are_in_order()
    {
        var world = World((7002, 900, 100), (7003, 100, 100));
        world.Run(3000);
        KillMaster(world);
        world.RunUntil(() => world.Sentinels.Any(sentinel => sentinel.Timelines.Count > 0), 5000);
        var timeline = world.Sentinels.SelectMany(sentinel => sentinel.Timelines).Single();
        Assert.Equal("switched", timeline.Outcome);
        Assert.Equal(7002, timeline.To?.Port);
        var times = timeline.Phases().Select(phase => phase.At).ToList();
        Assert.DoesNotContain(null, times);
        Assert.Equal(times.Order(), times);
        Assert.StartsWith("detected ", timeline.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Gateways_hear_of_the_new_master_from_every_sentinel_exactly_once()
    {
        var world = World((7002, 900, 100));
        world.Run(3000);
        KillMaster(world);
        world.Run(2000);
        foreach (var sentinel in world.Sentinels)
            Assert.Equal([7001, 7002], sentinel.Announcements.Select(announcement => announcement.Address.Port));
    }

    private static int Promoted(params (int Port, long Offset, int Priority)[] replicas)
    {
        var world = World(replicas);
        world.Run(3000);
        return KillMaster(world);
    }

    private static int KillMaster(SentinelWorld world)
    {
        world.Kill(7001);
        world.RunUntil(() => world.Instances.Any(instance => instance.Port != 7001 && instance.MasterPort == 0), 5000);
        return world.Instances.Single(instance => instance.Port != 7001 && instance.MasterPort == 0).Port;
    }

    private static SentinelWorld World(params (int Port, long Offset, int Priority)[] replicas)
    {
        var world = new SentinelWorld();
        world.AddInstance(7001, 0);
        foreach (var (port, offset, priority) in replicas)
        {
            var replica = world.AddInstance(port, 7001);
            replica.Offset = offset;
            replica.Priority = priority;
        }
        foreach (var id in new[] { "s1", "s2", "s3" })
        {
            world.AddSentinel(
                id,
                new MasterSettings { Name = "mymaster", Address = new InstanceAddress("127.0.0.1", 7001), Quorum = 2, DownAfterMs = 1000 },
                DeclaredVoters.Of("s1", "s2", "s3"));
        }
        return world;
    }
}

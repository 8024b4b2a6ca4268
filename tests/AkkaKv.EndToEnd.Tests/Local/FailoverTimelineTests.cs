using AkkaKv.Server.Local;

namespace AkkaKv.EndToEnd.Tests.Local;

public sealed class FailoverTimelineTests
{
    private const string Master = "master mymaster 127.0.0.1 7001";
    private const string Switch = "mymaster 127.0.0.1 7001 127.0.0.1 7002";

    private readonly FailoverTimeline _timeline = new();

    [Fact]
    public void The_first_event_of_each_kind_counts_from_the_end_of_the_process()
    {
        _timeline.ProcessEnded(1000);
        Assert.Null(_timeline.Observe(1010, "+sdown", Master));
        Assert.Null(_timeline.Observe(1012, "+sdown", Master));
        Assert.Null(_timeline.Observe(1020, "+odown", Master + " #quorum 2/2"));
        Assert.Null(_timeline.Observe(1035, "+elected-leader", Master));
        Assert.Null(_timeline.Observe(1050, "+promoted-slave", "slave 127.0.0.1:7002 127.0.0.1 7002 @ mymaster 127.0.0.1 7001"));
        Assert.Equal(
            "master is now 127.0.0.1:7002 (it was 127.0.0.1:7001)\n"
            + "  after the process ended: detected 10 ms, agreed 20 ms, elected 35 ms, promoted 50 ms, switched 60 ms",
            _timeline.Observe(1060, "+switch-master", Switch));
    }

    [Fact]
    public void Messages_that_overtake_each_other_do_not_turn_the_steps_around()
    {
        _timeline.ProcessEnded(1000);
        _timeline.Observe(1004, "+odown", Master);
        _timeline.Observe(1006, "+sdown", Master);
        Assert.EndsWith("detected 4 ms, agreed 4 ms, switched 9 ms", _timeline.Observe(1009, "+switch-master", Switch));
    }

    [Fact]
    public void The_same_switch_told_by_the_other_sentinels_is_not_shown_again()
    {
        Assert.NotNull(_timeline.Observe(10, "+switch-master", Switch));
        Assert.Null(_timeline.Observe(12, "+switch-master", Switch));
    }

    [Fact]
    public void A_replica_that_is_down_begins_nothing()
    {
        Assert.Null(_timeline.Observe(5, "+sdown", "slave 127.0.0.1:7003 127.0.0.1 7003 @ mymaster 127.0.0.1 7001"));
        Assert.Equal("master is now 127.0.0.1:7002 (it was 127.0.0.1:7001)", _timeline.Observe(900, "+switch-master", Switch));
    }

    [Fact]
    public void Without_an_ended_process_time_counts_from_the_first_sign()
    {
        _timeline.Observe(100, "+sdown", Master);
        Assert.EndsWith("after the first sign: detected 0 ms, switched 40 ms", _timeline.Observe(140, "+switch-master", Switch));
    }
}

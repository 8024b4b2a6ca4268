namespace AkkaKv.Simulation.Tests;

public class DeterminismTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(7UL)]
    [InlineData(0xFFFF_FFFF_FFFF_FFFFUL)]
    public void The_same_seed_gives_the_same_trace_message_by_message(ulong seed)
    {
        var first = Simulator.Run(seed, isDetailed: true);
        var second = Simulator.Run(seed, isDetailed: true);
        Assert.NotEmpty(first.Trace);
        Assert.Equal(first.Trace, second.Trace);
    }

    [Fact]
    public void Noting_more_changes_nothing()
    {
        var brief = Simulator.Run(3);
        var detailed = Simulator.Run(3, isDetailed: true);
        Assert.Equal(brief.Statistics.ToString(), detailed.Statistics.ToString());
        Assert.Superset(brief.Trace.ToHashSet(), detailed.Trace.ToHashSet());
    }
}

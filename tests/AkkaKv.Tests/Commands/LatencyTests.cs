using AkkaKv.Commands.Statistics;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands;

public sealed class LatencyTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void A_histogram_knows_its_percentiles_to_about_six_percent()
    {
        var histogram = new LatencyHistogram();
        for (var microseconds = 1; microseconds <= 1000; microseconds++)
            histogram.Record(microseconds * 1000);
        Assert.Equal(1000, histogram.Count);
        Assert.InRange(histogram.PercentileMicroseconds(50), 500, 532);
        Assert.InRange(histogram.PercentileMicroseconds(99), 990, 1053);
        Assert.InRange(histogram.PercentileMicroseconds(100), 1000, 1064);
        Assert.InRange(histogram.PercentileMicroseconds(0), 1, 1.1);
    }

    [Fact]
    public void Cumulative_counts_grow_with_the_marks_of_redis_and_end_with_all()
    {
        var histogram = new LatencyHistogram();
        foreach (var nanoseconds in new long[] { 1, 900, 1_500, 30_000, 500_000, 5_000_000_000 })
            histogram.Record(nanoseconds);
        Assert.Equal([(1, 2), (2, 3), (33, 4), (528, 5), (1082130, 6)], histogram.Cumulative());
    }

    [Fact]
    public void A_command_that_takes_long_is_an_event_with_samples()
    {
        Assert.Equal("OK", _node.Line("CONFIG SET latency-monitor-threshold 5"));
        _node.Server.NanosecondsPerLook = 7_000_000;
        _node.Line("KEYS *");
        _node.Line("GET a");
        _node.NowMs += 10_000;
        _node.Server.NanosecondsPerLook = 9_000_000;
        _node.Line("KEYS *");
        _node.Server.NanosecondsPerLook = 1000;
        Assert.Equal("""[["command", (integer) 1700000010, (integer) 9, (integer) 9], ["fast-command", (integer) 1700000000, (integer) 7, (integer) 7]]""", _node.Line("LATENCY LATEST"));
        Assert.Equal("[[(integer) 1700000000, (integer) 7], [(integer) 1700000010, (integer) 9]]", _node.Line("LATENCY HISTORY command"));
        Assert.Contains("command - high 9 ms, low 7 ms (all time high 9 ms)", _node.Line("LATENCY GRAPH command"), StringComparison.Ordinal);
        Assert.Contains("command: 2 samples, 8 ms on average", _node.Line("LATENCY DOCTOR"), StringComparison.Ordinal);
        Assert.Contains("\"keys\", {\"calls\", (integer) 2", _node.Line("LATENCY HISTOGRAM keys nosuch").Replace("[\"calls\"", "{\"calls\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("(integer) 1", _node.Line("LATENCY RESET command nosuch"));
        Assert.Equal("(integer) 1", _node.Line("LATENCY RESET"));
        Assert.Equal("[]", _node.Line("LATENCY LATEST"));
    }

    [Fact]
    public void Info_shows_percentiles_of_the_commands_that_ran()
    {
        _node.Line("GET a");
        Assert.Equal("OK", _node.Ask("CONFIG", "SET", "latency-tracking-info-percentiles", "50 99.5"));
        Assert.Contains("latency_percentiles_usec_get:p50=", _node.Line("INFO latencystats"), StringComparison.Ordinal);
        Assert.Contains(",p99.5=", _node.Line("INFO latencystats"), StringComparison.Ordinal);
        Assert.Contains("between 0.0 and 100.0", _node.Ask("CONFIG", "SET", "latency-tracking-info-percentiles", "101"), StringComparison.Ordinal);
        Assert.Equal("OK", _node.Line("CONFIG SET latency-tracking no"));
        _node.Line("CONFIG RESETSTAT");
        _node.Line("GET a");
        Assert.DoesNotContain("usec_get", _node.Line("INFO latencystats"), StringComparison.Ordinal);
    }
}

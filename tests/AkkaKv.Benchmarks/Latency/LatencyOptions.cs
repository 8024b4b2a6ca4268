using AkkaKv.Benchmarks.SideBySide;

namespace AkkaKv.Benchmarks.Latency;

/// <summary>What load to measure latencies under; see <see cref="Usage"/>.</summary>
internal sealed record LatencyOptions
{
    public const string Usage =
        """
        latency [--akkakv PATH] [--rate N] [--seconds N] [--keys 10000,10000000] [--connections N] [--quick]
          --akkakv PATH      the akkakv program; by default the one that src/AkkaKv.Server was built to
          --rate N           GETs per second (half of what redis-benchmark reaches on redis-server without pipelining)
          --seconds N        how long each run takes (60)
          --keys LIST        numbers of keys in the server (10000,10000000)
          --connections N    connections that take turns (50)
          --quick            5 seconds each, 10,000 and 1,000,000 keys
        """;

    public required string AkkaKvProgram { get; init; }

    /// <summary>Requests per second; 0: to be measured.</summary>
    public required int Rate { get; init; }

    public required int Seconds { get; init; }

    public required int[] Keys { get; init; }

    public required int Connections { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">An argument is unknown or lacks its value; the message says which.</exception>
    public static LatencyOptions Parse(ReadOnlySpan<string> given)
    {
        var arguments = new ModeArguments(given, Usage);
        var quick = arguments.Flag("--quick");
        var options = new LatencyOptions
        {
            AkkaKvProgram = arguments.Text("--akkakv", SideBySideOptions.BuiltProgram),
            Rate = arguments.Number("--rate", 0, max: 1_000_000),
            Seconds = arguments.Number("--seconds", quick ? 5 : 60, max: 3600),
            Keys = arguments.Numbers("--keys", quick ? [10_000, 1_000_000] : [10_000, 10_000_000]),
            Connections = arguments.Number("--connections", 50, max: 1000),
        };
        arguments.End();
        return options;
    }
}

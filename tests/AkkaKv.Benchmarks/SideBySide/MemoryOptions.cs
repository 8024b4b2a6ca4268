namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>What memory to compare; see <see cref="Usage"/>.</summary>
internal sealed record MemoryOptions
{
    public const string Usage =
        """
        memory [--akkakv PATH] [--count N] [--kinds strings,hashes,zset,connections] [--connections 2000,5000] [--quick]
          --akkakv PATH      the akkakv program; by default the one that src/AkkaKv.Server was built to
          --count N          keys, small hashes, elements of one sorted set (1000000)
          --kinds LIST       what to measure (all)
          --connections LIST numbers of idle connections (2000,5000)
          --quick            100,000 of each, 1,000 connections
        """;

    public required string AkkaKvProgram { get; init; }

    public required int Count { get; init; }

    public required string[] Kinds { get; init; }

    public required int[] Connections { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">An argument is unknown or lacks its value; the message says which.</exception>
    public static MemoryOptions Parse(ReadOnlySpan<string> given)
    {
        var arguments = new ModeArguments(given, Usage);
        var quick = arguments.Flag("--quick");
        var options = new MemoryOptions
        {
            AkkaKvProgram = arguments.Text("--akkakv", SideBySideOptions.BuiltProgram),
            Count = arguments.Number("--count", quick ? 100_000 : 1_000_000),
            Kinds = arguments.List("--kinds", ["strings", "hashes", "zset", "connections"]),
            Connections = arguments.Numbers("--connections", quick ? [1000] : [2000, 5000], max: 60_000),
        };
        arguments.End();
        return options;
    }
}

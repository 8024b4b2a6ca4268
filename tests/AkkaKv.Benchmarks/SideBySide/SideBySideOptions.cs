namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>What to compare; see <see cref="Usage"/>.</summary>
internal sealed record SideBySideOptions
{
    public const string Usage =
        """
        redis [--akkakv PATH] [--rounds N] [--requests N] [--tests get,set] [--pipelines 1,16,64] [--against-itself] [--quick]
          --akkakv PATH      the akkakv program; by default the one that src/AkkaKv.Server was built to
          --rounds N         rounds of which the median is shown (5)
          --requests N       requests of a round without pipelining; with it ten times as many (100000)
          --tests LIST       ping,set,get,incr,lpush,rpush,lpop,rpop,sadd,hset,spop,zadd,zpopmin,lrange_100,mset (all)
          --pipelines LIST   requests in flight on each connection (1,16,64)
          --against-itself   redis-server against redis-server: shows how far to trust the ratios on this machine
          --quick            one short round
        """;

    /// <summary>The program that src/AkkaKv.Server was built to, in the configuration of this program.</summary>
    public static string BuiltProgram { get; } = FindBuiltProgram();

    public required string AkkaKvProgram { get; init; }

    public required int Rounds { get; init; }

    public required int Requests { get; init; }

    public required BenchmarkTest[] Tests { get; init; }

    public required int[] Pipelines { get; init; }

    public required bool AgainstItself { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">An argument is unknown or lacks its value; the message says which.</exception>
    public static SideBySideOptions Parse(ReadOnlySpan<string> given)
    {
        var arguments = new ModeArguments(given, Usage);
        var quick = arguments.Flag("--quick");
        var options = new SideBySideOptions
        {
            AkkaKvProgram = arguments.Text("--akkakv", BuiltProgram),
            Rounds = arguments.Number("--rounds", quick ? 1 : 5, max: 1000),
            Requests = arguments.Number("--requests", quick ? 20_000 : 100_000, max: 10_000_000),
            Tests = [.. arguments.List("--tests", []).Select(name => BenchmarkTest.Find(name) ?? throw arguments.Wrong($"'{name}' is no test."))],
            Pipelines = arguments.Numbers("--pipelines", [1, 16, 64], max: 10_000),
            AgainstItself = arguments.Flag("--against-itself"),
        };
        arguments.End();
        return options.Tests.Length > 0 ? options : options with { Tests = [.. BenchmarkTest.All] };
    }

    // tests/AkkaKv.Benchmarks/bin/Release/net10.0/ -> src/AkkaKv.Server/bin/Release/net10.0/akkakv
    private static string FindBuiltProgram()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent?.Parent?.Parent?.Parent?.Parent?.FullName ?? ".";
        var name = OperatingSystem.IsWindows() ? "akkakv.exe" : "akkakv";
        return Path.Combine(root, "src", "AkkaKv.Server", "bin", output.Parent?.Name ?? "Release", output.Name, name);
    }
}

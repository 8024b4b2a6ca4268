namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>
/// Drives an AkkaKv node and redis-server with redis-benchmark, in turn, several rounds, and prints medians and ratios as a Markdown table.
/// Taking turns lets both suffer alike from whatever else the machine does.
/// </summary>
internal static class RateComparison
{
    private const int WarmUpRequests = 50_000;

    public static int Execute(SideBySideOptions options)
    {
        if (!RedisBenchmark.IsInstalled("redis-server") || !RedisBenchmark.IsInstalled("redis-benchmark"))
        {
            Console.WriteLine("Nothing compared: redis-server or redis-benchmark is not installed.");
            return 0;
        }

        if (!File.Exists(options.AkkaKvProgram))
        {
            Console.Error.WriteLine($"{options.AkkaKvProgram} is not there; build src/AkkaKv.Server, or name the program with --akkakv PATH.");
            return 2;
        }

        using var redis = ServerProcess.StartRedis();
        using var ours = options.AgainstItself ? ServerProcess.StartRedis() : ServerProcess.StartAkkaKv(options.AkkaKvProgram);
        foreach (var test in options.Tests)
        {
            RedisBenchmark.Run(redis, test, 16, WarmUpRequests);
            RedisBenchmark.Run(ours, test, 16, WarmUpRequests);
        }

        Console.WriteLine($"redis-benchmark -c 50 -d 64 -r 100000, medians of {options.Rounds} rounds in turn; ours / redis-server on {Environment.ProcessorCount} processors");
        Console.WriteLine();
        Console.WriteLine("| test | -P | redis req/s | ours req/s | ratio | redis p99 ms | ours p99 ms | redis CPU s/M | ours CPU s/M |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var pipeline in options.Pipelines)
        {
            foreach (var test in options.Tests)
                Compare(redis, ours, test, pipeline, options);
        }

        return 0;
    }

    private static void Compare(ServerProcess redis, ServerProcess ours, string test, int pipeline, SideBySideOptions options)
    {
        var requests = pipeline == 1 ? options.Requests : options.Requests * 5;
        var (theirs, mine) = (new List<Measurement>(), new List<Measurement>());
        for (var round = 0; round < options.Rounds; round++)
        {
            theirs.Add(RedisBenchmark.Run(redis, test, pipeline, requests));
            mine.Add(RedisBenchmark.Run(ours, test, pipeline, requests));
        }

        var (their, our) = (Median(theirs, it => it.RequestsPerSecond), Median(mine, it => it.RequestsPerSecond));
        Console.WriteLine(
            $"| {test.ToUpperInvariant()} | {pipeline} | {their:N0} | {our:N0} | {our / their:F2} "
            + $"| {Median(theirs, it => it.P99Ms):F2} | {Median(mine, it => it.P99Ms):F2} "
            + $"| {Median(theirs, it => it.ProcessorSecondsPerMillion):F2} | {Median(mine, it => it.ProcessorSecondsPerMillion):F2} |");
    }

    private static double Median(List<Measurement> measurements, Func<Measurement, double> of)
    {
        var values = measurements.Select(of).Order().ToArray();
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}

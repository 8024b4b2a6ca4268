namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>
/// Drives an AkkaKv node and redis-server with redis-benchmark, in turn, several rounds, and prints medians and ratios as a Markdown table.
/// Taking turns lets both suffer alike from whatever else the machine does.
/// </summary>
internal static class RateComparison
{
    /// <summary>From this share of a processor on, redis-benchmark's only thread is what limits the rate.</summary>
    private const double ClientIsLimit = 0.95;

    private const int WarmUpRequests = 50_000;

    public static int Execute(SideBySideOptions options)
    {
        if (!RedisBenchmark.CanCompare("redis-server", "redis-benchmark"))
            return 0;
        if (!File.Exists(options.AkkaKvProgram))
        {
            Console.Error.WriteLine($"{options.AkkaKvProgram} is not there; build src/AkkaKv.Server, or name the program with --akkakv PATH.");
            return 2;
        }

        using var redis = ServerProcess.StartRedis();
        using var ours = options.AgainstItself ? ServerProcess.StartRedis() : ServerProcess.StartAkkaKv(options.AkkaKvProgram);
        var tests = Served(options.Tests, ours);
        foreach (var test in tests)
        {
            RedisBenchmark.Run(redis, test, 16, WarmUpRequests / test.Weight);
            RedisBenchmark.Run(ours, test, 16, WarmUpRequests / test.Weight);
        }

        Console.WriteLine(
            $"redis-benchmark -c 50 -d {Dataset.ValueLength} -r {BenchmarkTest.KeySpace}, medians of {options.Rounds} rounds in turn on "
            + $"{Environment.ProcessorCount} processors; always redis-server / ours.");
        Console.WriteLine();
        Console.WriteLine("| test | -P | thousand req/s | ratio | p50 ms | p99 ms | max ms | server CPU s/M req | client load % | server load % | rss MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var pipeline in options.Pipelines)
        {
            foreach (var test in tests)
                Compare(redis, ours, test, pipeline, options);
        }

        Console.WriteLine();
        Console.WriteLine("client: redis-benchmark's only thread was busy all the time with either server, so it was the limit, and CPU seconds compare the servers.");
        return 0;
    }

    private static BenchmarkTest[] Served(BenchmarkTest[] tests, ServerProcess ours)
    {
        using var connection = new RespConnection(ours.Port);
        var missing = tests.Where(test => !connection.Serves(test.Command)).ToArray();
        if (missing.Length > 0)
            Console.WriteLine($"Left out, because the node does not serve the command: {string.Join(", ", missing.Select(test => test.Name))}.\n");
        return [.. tests.Except(missing)];
    }

    private static void Compare(ServerProcess redis, ServerProcess ours, BenchmarkTest test, int pipeline, SideBySideOptions options)
    {
        var requests = Math.Max(1, (pipeline == 1 ? options.Requests : options.Requests * 10) / test.Weight);
        var (theirs, mine) = (new List<Measurement>(), new List<Measurement>());
        for (var round = 0; round < options.Rounds; round++)
        {
            theirs.Add(RedisBenchmark.Run(redis, test, pipeline, requests));
            mine.Add(RedisBenchmark.Run(ours, test, pipeline, requests));
        }

        var ratio = Median(mine, it => it.RequestsPerSecond) / Median(theirs, it => it.RequestsPerSecond);
        var clientLimits = Math.Min(Median(theirs, it => it.ClientLoad), Median(mine, it => it.ClientLoad)) >= ClientIsLimit;
        Console.WriteLine(
            $"| {test.Name} | {pipeline} | {Both(it => it.RequestsPerSecond / 1000, "F0")} | {ratio:F2}{(clientLimits ? " client" : "")} "
            + $"| {Both(it => it.P50Ms, "F2")} | {Both(it => it.P99Ms, "F2")} | {Both(it => it.MaxMs, "F1")} "
            + $"| {Both(it => it.ServerSecondsPerMillion, "F2")} | {Both(it => it.ClientLoad * 100, "F0")} | {Both(it => it.ServerLoad * 100, "F0")} "
            + $"| {redis.ResidentBytes >> 20} / {ours.ResidentBytes >> 20} |");

        string Both(Func<Measurement, double> of, string format) => $"{Median(theirs, of).ToString(format)} / {Median(mine, of).ToString(format)}";
    }

    private static double Median(List<Measurement> measurements, Func<Measurement, double> of)
    {
        var values = measurements.Select(of).Order().ToArray();
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}

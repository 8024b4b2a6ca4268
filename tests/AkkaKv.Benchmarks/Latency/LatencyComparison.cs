using AkkaKv.Benchmarks.SideBySide;

namespace AkkaKv.Benchmarks.Latency;

/// <summary>Latencies of GET at the same fixed rate, of an AkkaKv node and of redis-server, one after the other, with few and with many keys.</summary>
internal static class LatencyComparison
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static int Execute(LatencyOptions options)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            Console.WriteLine("Nothing measured: this mode asks the system by poll(2).");
            return 0;
        }

        var hasRedis = RedisBenchmark.IsInstalled("redis-server") && RedisBenchmark.IsInstalled("redis-benchmark");
        if (!hasRedis)
            Console.WriteLine("redis-server or redis-benchmark is not installed, so there is nothing to compare with.");
        var rate = options.Rate != 0 ? options.Rate : hasRedis ? HalfOfMaximum() : 40_000;
        Console.WriteLine(
            $"GET of random keys with {Dataset.ValueLength}-byte values, {rate:N0} requests/s on {options.Connections} connections for {options.Seconds} s; "
            + "latency from the moment at which a request was due");
        Console.WriteLine();
        Console.WriteLine("| keys | server | p50 us | p99 us | p99.9 us | max us | server CPU % | garbage collections | their pauses ms, longest |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var keys in options.Keys)
        {
            Measure(() => ServerProcess.StartAkkaKv(options.AkkaKvProgram), keys, rate, options);
            if (hasRedis)
                Measure(() => ServerProcess.StartRedis(), keys, rate, options);
        }

        return 0;
    }

    private static int HalfOfMaximum()
    {
        using var redis = ServerProcess.StartRedis();
        var rates = Enumerable.Range(0, 3).Select(_ => RedisBenchmark.Run(redis, BenchmarkTest.Find("GET")!, 1, 100_000).RequestsPerSecond).Order();
        return (int)(rates.ElementAt(1) / 2);
    }

    private static void Measure(Func<ServerProcess> start, int keys, int rate, LatencyOptions options)
    {
        using var server = start();
        using var connection = new RespConnection(server.Port);
        connection.FillNumbered(keys);
        using var load = new OpenLoopLoad(server.Port, options.Connections, keys);
        load.Run(rate, WarmUp);

        // Collections of this process would look like the server's stalls.
        GC.Collect();
        connection.Call("CONFIG RESETSTAT");
        var before = Collections.Of(connection);
        var processorBefore = server.ProcessorTime;
        var latencies = load.Run(rate, TimeSpan.FromSeconds(options.Seconds));
        var processor = (server.ProcessorTime - processorBefore).TotalSeconds / options.Seconds;
        var after = Collections.Of(connection);
        var collections = before is null || after is null ? "– | –" : $"{after.Count - before.Count} | {after.LongestPauseMs:F2}";
        Console.WriteLine(
            $"| {keys:N0} | {server.Name} | {Microseconds(latencies.Percentile(0.5))} | {Microseconds(latencies.Percentile(0.99))} "
            + $"| {Microseconds(latencies.Percentile(0.999))} | {Microseconds(latencies.Max)} | {processor * 100:F0} | {collections} |");
    }

    private static string Microseconds(long nanoseconds) => (nanoseconds / 1000.0).ToString("N0");

    /// <summary>What the node says of its garbage collector; redis-server has none.</summary>
    private sealed record Collections(long Count, double LongestPauseMs)
    {
        public static Collections? Of(RespConnection connection) =>
            connection.InfoNumber("stats", "gc_collections") is { } count && connection.InfoNumber("stats", "gc_pause_max_usec") is { } longest
                ? new Collections(count, longest / 1000.0)
                : null;
    }
}

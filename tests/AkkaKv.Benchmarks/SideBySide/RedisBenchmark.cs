using System.Diagnostics;
using System.Globalization;

namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>One result of redis-benchmark.</summary>
/// <param name="RequestsPerSecond">The rate.</param>
/// <param name="P50Ms">Median of latency, milliseconds.</param>
/// <param name="P99Ms">99th percentile of latency, milliseconds.</param>
/// <param name="MaxMs">Largest latency, milliseconds.</param>
/// <param name="ServerSecondsPerMillion">Processor time that the server took for a million requests.</param>
/// <param name="ClientLoad">Share of one processor that redis-benchmark took while it measured; it has one thread, so at 1 it was the limit.</param>
/// <param name="ServerLoad">Share of one processor that the server took meanwhile.</param>
internal readonly record struct Measurement(
    double RequestsPerSecond, double P50Ms, double P99Ms, double MaxMs, double ServerSecondsPerMillion, double ClientLoad, double ServerLoad);

/// <summary>Runs redis-benchmark against a server, bounded in requests and in time.</summary>
internal static class RedisBenchmark
{
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(2);

    /// <summary>Whether the programs that a comparison needs are there; says so if not.</summary>
    public static bool CanCompare(params string[] programs)
    {
        var missing = programs.Where(program => !IsInstalled(program)).ToArray();
        if (missing.Length > 0)
            Console.WriteLine($"Nothing compared: {string.Join(" and ", missing)} not installed.");
        return missing.Length == 0;
    }

    /// <summary>Whether the program is there.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, program)));

    /// <summary>Runs one test with 50 connections, 64-byte values and 100,000 keys on an empty data set that it fills as the test needs it.</summary>
    public static Measurement Run(ServerProcess server, BenchmarkTest test, int pipeline, int requests)
    {
        using (var connection = new RespConnection(server.Port))
        {
            connection.Call("FLUSHALL");
            test.Prepare(connection, requests);
        }

        var (serverBefore, clientBefore) = (server.ProcessorTime, ChildProcessorTime.Total);
        var output = Execute(server, test, pipeline, requests);
        var (serverUsed, clientUsed) = (server.ProcessorTime - serverBefore, ChildProcessorTime.Total - clientBefore);

        // "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"
        var fields = output.Trim().Split('\n')[^1].Split(',').Select(field => field.Trim('"')).ToArray();
        if (fields.Length != 8 || !double.TryParse(fields[1], CultureInfo.InvariantCulture, out var rate))
            throw new InvalidOperationException($"redis-benchmark {test.Name} against {server.Name} gave no result:\n{output}");
        var seconds = requests / rate;
        return new Measurement(
            rate, Number(fields[4]), Number(fields[6]), Number(fields[7]), serverUsed.TotalSeconds * 1e6 / requests,
            clientUsed.TotalSeconds / seconds, serverUsed.TotalSeconds / seconds);
    }

    private static string Execute(ServerProcess server, BenchmarkTest test, int pipeline, int requests)
    {
        var start = new ProcessStartInfo("redis-benchmark") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "-h", "127.0.0.1", "-p", $"{server.Port}", "-c", "50", "-d", $"{Dataset.ValueLength}", "-r", $"{BenchmarkTest.KeySpace}", "-P", $"{pipeline}",
            "-n", $"{requests}", "--csv", .. test.Arguments,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(RunLimit))
        {
            process.Kill();
            throw new TimeoutException($"redis-benchmark {test.Name} -P {pipeline} against {server.Name} took longer than {RunLimit}.");
        }

        return process.ExitCode == 0 ? output.Result : throw new InvalidOperationException($"redis-benchmark {test.Name}: {errors.Result}");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

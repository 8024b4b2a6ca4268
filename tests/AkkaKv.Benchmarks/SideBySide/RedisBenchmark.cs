using System.Diagnostics;
using System.Globalization;

namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>One result of redis-benchmark.</summary>
/// <param name="RequestsPerSecond">The rate.</param>
/// <param name="P99Ms">99th percentile of latency, milliseconds.</param>
/// <param name="ProcessorSecondsPerMillion">Processor time that the server took for a million requests.</param>
internal readonly record struct Measurement(double RequestsPerSecond, double P99Ms, double ProcessorSecondsPerMillion);

/// <summary>Runs redis-benchmark against a server, bounded in requests and in time.</summary>
internal static class RedisBenchmark
{
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(2);

    /// <summary>Whether the program is there.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, program)));

    /// <summary>Runs one test with 50 connections, 64-byte values and 100,000 keys.</summary>
    public static Measurement Run(ServerProcess server, string test, int pipeline, int requests)
    {
        var start = new ProcessStartInfo("redis-benchmark") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "-h", "127.0.0.1", "-p", $"{server.Port}", "-c", "50", "-d", "64", "-r", "100000", "-P", $"{pipeline}", "-n", $"{requests}", "-t", test, "--csv",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        var before = server.ProcessorTime;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(RunLimit))
        {
            process.Kill();
            throw new TimeoutException($"redis-benchmark -t {test} -P {pipeline} against {server.Name} took longer than {RunLimit}.");
        }

        var used = server.ProcessorTime - before;
        foreach (var line in output.Result.Split('\n'))
        {
            // "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"
            var fields = line.Trim().Split(',').Select(field => field.Trim('"')).ToArray();
            if (fields.Length == 8 && fields[0].Equals(test, StringComparison.OrdinalIgnoreCase))
                return new Measurement(Number(fields[1]), Number(fields[6]), used.TotalSeconds * 1e6 / requests);
        }

        throw new InvalidOperationException($"redis-benchmark -t {test} against {server.Name} gave no result:\n{output.Result}{errors.Result}");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using AkkaKv.Benchmarks.SideBySide;

namespace AkkaKv.Benchmarks.Failover;

/// <summary>
/// Kills the master of a local topology (kill -9) again and again while a client writes through the router; each time the killed node is
/// started again and must have caught up as a replica before the next kill.
/// </summary>
internal sealed class FailoverTrials : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly FailoverOptions _options;
    private readonly string _directory = Directory.CreateTempSubdirectory("akkakv-failover-").FullName;
    private readonly Process _topology;
    private readonly List<Process> _restarted = [];
    private readonly List<string> _lines = [];

    private FailoverTrials(FailoverOptions options)
    {
        _options = options;
        _topology = Start("local", "--base-port", $"{options.BasePort}", "--data-dir", _directory);
    }

    /// <summary>Runs the trials and prints them as a table.</summary>
    public static int Execute(FailoverOptions options)
    {
        using var trials = new FailoverTrials(options);
        trials.Await("the topology", () => trials.Saw("Ready after"));
        trials.Run();
        return 0;
    }

    public void Dispose()
    {
        foreach (var process in _restarted.Append(_topology))
        {
            if (!process.HasExited)
                Signal(process.Id, "TERM");
            if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
                process.Kill(entireProcessTree: true);
            process.Dispose();
        }
        Directory.Delete(_directory, recursive: true);
    }

    private void Run()
    {
        var gaps = new List<double>();
        using var writer = new RouterWriter(_options.BasePort);
        Console.WriteLine("| trial | killed | new master | longest gap between acknowledged writes, ms | the leading sentinel's timeline |");
        Console.WriteLine("|--:|--|--|--:|--|");
        for (var trial = 1; trial <= _options.Trials; trial++)
        {
            Await("both replicas", () => ReplicasOnline() == 2);
            Thread.Sleep(500);
            var old = MasterPort();
            writer.TakeLongestGap();
            var seen = Timelines().Count;
            using (var connection = new RespConnection(old))
                Signal((int)connection.InfoNumber("server", "process_id")!.Value, "KILL");
            Await("another master", () => MasterPort() != old);
            var written = writer.Written;
            Await("a write", () => writer.Written > written);
            Await("the timeline", () => TimelineAfter(seen) is not null);
            var gap = writer.TakeLongestGap().TotalMilliseconds;
            gaps.Add(gap);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {trial} | {old} | {MasterPort()} | {gap:F0} | {TimelineAfter(seen)} |"));
            _restarted.Add(Start("node", Directory.GetFiles(_directory, $"*-{old}.conf").Single()));
        }
        Await("both replicas", () => ReplicasOnline() == 2);
        gaps.Sort();
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{gaps.Count} failovers in a row; longest gap: median {gaps[gaps.Count / 2]:F0} ms, smallest {gaps[0]:F0} ms, largest {gaps[^1]:F0} ms; {writer.Written} writes acknowledged, {writer.Refused} answered with an error"));
    }

    private int MasterPort() => Enumerable.Range(_options.BasePort + 1, 3).FirstOrDefault(port => Ask(port, "replication").Contains("role:master"));

    private int ReplicasOnline() => Ask(MasterPort(), "replication").Split("state=online").Length - 1;

    private static string Ask(int port, string section)
    {
        try
        {
            using var connection = new RespConnection(port);
            return connection.Call($"INFO {section}");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return "";
        }
    }

    private string? TimelineAfter(int seen) => Timelines().Skip(seen).FirstOrDefault();

    /// <summary>What the sentinels that led a failover wrote into their logs about it, oldest first.</summary>
    private List<string> Timelines() =>
    [
        .. Directory.GetFiles(_directory, "sentinel-*.log")
            .SelectMany(ReadShared)
            .Where(line => line.Contains("Failover of ", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("Failover of ", StringComparison.Ordinal)..])
            .OrderBy(line => line, Comparer<string>.Create((a, b) => EpochOf(a).CompareTo(EpochOf(b)))),
    ];

    private static int EpochOf(string line) => int.Parse(line.Split("in epoch ")[1].Split(' ')[0], CultureInfo.InvariantCulture);

    private static IEnumerable<string> ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n');
    }

    private bool Saw(string text)
    {
        lock (_lines)
            return _lines.Any(line => line.Contains(text, StringComparison.Ordinal));
    }

    private Process Start(params string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(_options.AkkaKvProgram, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
            _lines.Add(line);
    }

    private void Await(string what, Func<bool> condition)
    {
        var waiting = Stopwatch.StartNew();
        while (!condition())
        {
            if (waiting.Elapsed < Limit)
            {
                Thread.Sleep(10);
                continue;
            }
            lock (_lines)
                throw new TimeoutException($"No sign of {what} within {Limit.TotalSeconds} s. The last lines:\n{string.Join('\n', _lines.TakeLast(30))}");
        }
    }

    private static void Signal(int processId, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{processId}"]);
        kill.WaitForExit();
    }
}

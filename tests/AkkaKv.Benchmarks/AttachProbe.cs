using System.Diagnostics;
using AkkaKv.Benchmarks.SideBySide;

namespace AkkaKv.Benchmarks;

/// <summary>
/// Attaches a replica to a master with many keys and prints the largest gap between two answers to PING that the master gave meanwhile, with
/// and without a client that overwrites keys all the time; the same time without a replica shows what the machine itself contributes.
/// </summary>
internal static class AttachProbe
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(2);

    public static int Execute(int keyCount)
    {
        using var data = new Dataset(keyCount);
        using var master = ServerProcess.StartAkkaKv(SideBySideOptions.BuiltProgram);
        using var connection = new RespConnection(master.Port);
        connection.Fill(data);
        Console.WriteLine($"{keyCount:N0} keys of {Dataset.KeyLength} bytes with {Dataset.ValueLength}-byte values");
        Console.WriteLine();
        Console.WriteLine("| | seconds | PINGs | largest gap, ms | 2nd | 10th | gaps over 5 ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var writes in (bool[])[false, true])
        {
            using var stop = new CancellationTokenSource();
            var writer = new Thread(() => Write(master.Port, data, stop.Token));
            if (writes)
                writer.Start();
            var load = writes ? ", under writes" : "";
            Print("no replica" + load, Ping(master.Port, elapsed => elapsed > QuietTime));
            using (var replica = ServerProcess.StartAkkaKv(SideBySideOptions.BuiltProgram))
            using (var asking = new RespConnection(replica.Port))
            {
                asking.Call($"REPLICAOF 127.0.0.1 {master.Port}");
                var watched = Stopwatch.StartNew();
                Print("a replica attaches" + load, Ping(master.Port, elapsed => watched.ElapsedMilliseconds > 50 && HasAttached(asking, watched)));
            }

            stop.Cancel();
            if (writes)
                writer.Join();
        }

        return 0;
    }

    /// <summary>Looks at most twenty times a second.</summary>
    private static bool HasAttached(RespConnection replica, Stopwatch watched)
    {
        watched.Restart();
        return replica.Call("INFO replication").Contains("master_link_status:up", StringComparison.Ordinal);
    }

    private static List<double> Ping(int port, Func<TimeSpan, bool> isOver)
    {
        using var connection = new RespConnection(port);
        List<double> gapsMs = [];
        connection.Call("PING");
        var start = Stopwatch.GetTimestamp();
        do
        {
            var before = Stopwatch.GetTimestamp();
            connection.Call("PING");
            gapsMs.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }
        while (!isOver(Stopwatch.GetElapsedTime(start)));
        return gapsMs;
    }

    private static void Write(int port, Dataset data, CancellationToken stop)
    {
        using var connection = new RespConnection(port);
        var random = new Random(1);
        while (!stop.IsCancellationRequested)
            connection.Call($"SET {System.Text.Encoding.ASCII.GetString(data.Key(random.Next(data.KeyCount)))} changed");
    }

    private static void Print(string what, List<double> gapsMs)
    {
        gapsMs.Sort();
        Console.WriteLine(
            $"| {what} | {gapsMs.Sum() / 1000:F1} | {gapsMs.Count:N0} | {gapsMs[^1]:F1} | {gapsMs[^Math.Min(2, gapsMs.Count)]:F1} | {gapsMs[^Math.Min(10, gapsMs.Count)]:F1} "
            + $"| {gapsMs.Count(gap => gap > 5)} |");
    }
}

namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>The time from starting a server's process to its first reply: an AkkaKv node and redis-server in turn.</summary>
internal static class StartComparison
{
    public static int Execute(StartOptions options)
    {
        var hasRedis = RedisBenchmark.CanCompare("redis-server");
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < options.Rounds; round++)
        {
            using (var node = ServerProcess.StartAkkaKv(options.AkkaKvProgram))
                ours.Add(node.StartTime.TotalMilliseconds);
            if (!hasRedis)
                continue;
            using var redis = ServerProcess.StartRedis();
            theirs.Add(redis.StartTime.TotalMilliseconds);
        }

        Console.WriteLine($"Start of the process to the first PONG, {options.Rounds} starts");
        Console.WriteLine();
        Console.WriteLine("| server | median ms | fastest ms | slowest ms |");
        Console.WriteLine("|---|---|---|---|");
        Print("akkakv", ours);
        if (hasRedis)
            Print("redis-server", theirs);
        return 0;
    }

    private static void Print(string server, List<double> times)
    {
        times.Sort();
        Console.WriteLine($"| {server} | {times[times.Count / 2]:F0} | {times[0]:F0} | {times[^1]:F0} |");
    }
}

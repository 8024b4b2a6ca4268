namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>
/// Resident memory by which a server grows for many keys, many small hashes, one large sorted set, and idle connections: an AkkaKv node and redis-server, each in a
/// fresh process. used_memory is what the server says itself.
/// </summary>
internal static class MemoryComparison
{
    // Grows what every process needs once (code, buffers), so that it is not counted for the items.
    private const int WarmUpItems = 20_000;

    private static readonly Kind[] Kinds =
    [
        new("strings", $"keys of {Dataset.KeyLength} bytes with {Dataset.ValueLength}-byte values", "SET", (connection, count) => connection.FillNumbered(count)),
        new("hashes", "hashes of 5 fields with 16-byte values", "HSET", FillHashes),
        new("zset", "elements of one sorted set, 20-byte members", "ZADD", FillSortedSet),
    ];

    public static int Execute(MemoryOptions options)
    {
        var hasRedis = RedisBenchmark.CanCompare("redis-server");
        Console.WriteLine("| what | server | used_memory, bytes each | resident growth, bytes each | ratio |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var kind in Kinds.Where(kind => options.Kinds.Contains(kind.Name)))
            Compare(hasRedis, options, $"{options.Count:N0} {kind.What}", server => MeasureItems(server, kind, options.Count));
        if (options.Kinds.Contains("connections"))
        {
            foreach (var count in options.Connections)
                Compare(hasRedis, options, $"{count:N0} idle connections", server => IdleConnections.Measure(server, count));
        }

        return 0;
    }

    private static void Compare(bool hasRedis, MemoryOptions options, string what, Func<ServerProcess, BytesPerItem?> measure)
    {
        BytesPerItem? theirs = null;
        if (hasRedis)
        {
            using var redis = ServerProcess.StartRedis();
            theirs = measure(redis);
            Console.WriteLine($"| {what} | {redis.Name} | {theirs?.Used:F1} | {theirs?.Resident:F1} | |");
        }

        using var node = ServerProcess.StartAkkaKv(options.AkkaKvProgram);
        var ours = measure(node);
        Console.WriteLine(ours is null
            ? $"| {what} | {node.Name} | does not serve the command | | |"
            : $"| {what} | {node.Name} | {ours.Used:F1} | {ours.Resident:F1} | {(theirs is null ? "" : $"{ours.Resident / theirs.Resident:F2}")} |");
    }

    private static BytesPerItem? MeasureItems(ServerProcess server, Kind kind, int count)
    {
        using var connection = new RespConnection(server.Port);
        if (!connection.Serves(kind.Command))
            return null;
        kind.Fill(connection, WarmUpItems);
        connection.Call("FLUSHALL");
        var (usedBefore, residentBefore) = (connection.InfoNumber("memory", "used_memory") ?? 0, server.ResidentBytes);
        kind.Fill(connection, count);
        var used = (connection.InfoNumber("memory", "used_memory") ?? 0) - usedBefore;
        return new BytesPerItem(used / (double)count, (server.ResidentBytes - residentBefore) / (double)count);
    }

    private static void FillHashes(RespConnection connection, int count) => connection.SendMany(count, (request, number) =>
    {
        request.Add("HSET"u8).Add($"hash:{number:D12}");
        for (var field = 1; field <= 5; field++)
            request.Add($"field{field}").Add($"{field}{number:D15}");
    });

    private static void FillSortedSet(RespConnection connection, int count)
    {
        var random = new Random(1);
        connection.SendMany(count, (request, number) => request.Add("ZADD"u8).Add("zset").Add($"{random.Next()}").Add($"element:{number:D12}"));
    }

    private sealed record Kind(string Name, string What, string Command, Action<RespConnection, int> Fill);
}

/// <summary>What one item takes.</summary>
/// <param name="Used">By the server's own account, bytes.</param>
/// <param name="Resident">Growth of resident memory, bytes.</param>
internal sealed record BytesPerItem(double Used, double Resident);

namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>Bytes per key for many small keys: the store in this process, and redis-server if it is installed.</summary>
internal static class MemoryComparison
{
    public static int Execute(int keyCount)
    {
        Console.WriteLine($"{keyCount:N0} keys of {Dataset.KeyLength} bytes with {Dataset.ValueLength}-byte values");
        Console.WriteLine();
        Console.WriteLine("| | used_memory per key | resident growth per key |");
        Console.WriteLine("|---|---|---|");

        using var data = new Dataset(keyCount);
        var residentBefore = Environment.WorkingSet;
        data.Fill(data.Value);
        var used = data.Store.UsedMemory / (double)keyCount;
        var resident = (Environment.WorkingSet - residentBefore) / (double)keyCount;
        Console.WriteLine($"| store | {used:F1} | {resident:F1} |");
        if (!RedisBenchmark.IsInstalled("redis-server"))
        {
            Console.WriteLine("redis-server is not installed, so there is nothing to compare with.");
            return 0;
        }

        using var redis = ServerProcess.StartRedis();
        using var connection = new RespConnection(redis.Port);
        var usedBefore = connection.InfoNumber("memory", "used_memory") ?? 0;
        residentBefore = redis.ResidentBytes;
        connection.Fill(data);
        var redisUsed = ((connection.InfoNumber("memory", "used_memory") ?? 0) - usedBefore) / (double)keyCount;
        var redisResident = (redis.ResidentBytes - residentBefore) / (double)keyCount;
        Console.WriteLine($"| redis-server | {redisUsed:F1} | {redisResident:F1} |");
        Console.WriteLine($"| ratio | {used / redisUsed:F2} | {resident / redisResident:F2} |");
        return 0;
    }
}

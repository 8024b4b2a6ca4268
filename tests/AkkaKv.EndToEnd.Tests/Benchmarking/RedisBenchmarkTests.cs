using System.Globalization;
using AkkaKv.EndToEnd.Tests.Clients;
using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Benchmarking;

/// <summary>The real redis-benchmark: that its tests run, not how fast.</summary>
[Collection(SharedNode.Collection)]
public sealed class RedisBenchmarkTests(SharedNode node)
{
    private const int Requests = 4000;

    [RequiresProgramTheory("redis-benchmark")]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Every_test_of_ours_runs_without_errors(int pipeline)
    {
        await node.CallAsync("FLUSHALL");
        await node.CallAsync("CONFIG", "RESETSTAT");
        (int code, string output) = await TestProcess.RunAsync("redis-benchmark",
            "-h", "127.0.0.1", "-p", $"{node.Port}", "-t", "ping_inline,ping_mbulk,set,get,incr,mset",
            "-n", $"{Requests}", "-c", "20", "-P", $"{pipeline}", "--csv");
        Assert.True(code == 0, output);
        string[] rows = [.. output.Split('\n').Where(line => line.StartsWith('"'))];
        Assert.Equal(["test", "PING_INLINE", "PING_MBULK", "SET", "GET", "INCR", "MSET (10 keys)"], rows.Select(row => row.Split(',')[0].Trim('"')));
        Assert.All(rows.Skip(1), row => Assert.True(double.Parse(row.Split(',')[1].Trim('"'), CultureInfo.InvariantCulture) > 0, row));
        Assert.Equal($"{Requests}", (await node.CallAsync("GET", "counter:__rand_int__")).Text);
        Assert.Equal("# Errorstats", (await node.CallAsync("INFO", "errorstats")).Text.Trim());
    }

    [RequiresProgram("redis-benchmark")]
    public async Task Random_keys_and_large_values()
    {
        await node.CallAsync("FLUSHALL");
        (int code, string output) = await TestProcess.RunAsync("redis-benchmark",
            "-h", "127.0.0.1", "-p", $"{node.Port}", "-t", "set,get", "-n", "2000", "-c", "10", "-P", "4", "-r", "500", "-d", "20000", "-q");
        Assert.True(code == 0, output);
        Assert.InRange((await node.CallAsync("DBSIZE")).Integer, 300, 500);
        Assert.Equal(20_000, (await node.CallAsync("STRLEN", (await node.CallAsync("RANDOMKEY")).Text)).Integer);
    }
}

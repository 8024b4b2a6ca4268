using System.Collections.Concurrent;
using System.Net;
using AkkaKv.EndToEnd.Tests.Harness;
using StackExchange.Redis;

namespace AkkaKv.EndToEnd.Tests.Clients;

/// <summary>StackExchange.Redis with the sentinels and the router. Only members that its versions 1.2.6 and 3.x share.</summary>
[Collection(SharedCluster.Collection)]
public sealed class StackExchangeRedisClusterTests(SharedCluster shared)
{
    [Fact]
    public async Task The_sentinels_tell_about_master_and_replicas()
    {
        using ConnectionMultiplexer connection = await ConnectToSentinelAsync();
        IServer sentinel = connection.GetServer("127.0.0.1", shared.Cluster.SentinelPorts[0]);
        Assert.Equal(ServerType.Sentinel, sentinel.ServerType);
        int master = await shared.Cluster.MasterPortAsync();
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, master), await sentinel.SentinelGetMasterAddressByNameAsync("mymaster"));
        Assert.Null(await sentinel.SentinelGetMasterAddressByNameAsync("nosuch"));

        Dictionary<string, string> known = (await sentinel.SentinelMastersAsync()).Single().ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal("mymaster", known["name"]);
        Assert.Equal($"{master}", known["port"]);
        Assert.Equal("2", known["num-slaves"]);
        Assert.Equal("2", known["num-other-sentinels"]);
        Assert.Contains(await sentinel.SentinelMasterAsync("mymaster"), pair => pair.Key == "quorum" && pair.Value == "2");

        IEnumerable<int> replicas = (await ReplicasAsync(sentinel)).Select(replica => int.Parse(replica.Single(pair => pair.Key == "port").Value, null));
        Assert.Equal(shared.Cluster.DataPorts.Where(port => port != master), replicas.Order());
    }

    [Fact]
    public async Task A_subscriber_of_the_sentinels_hears_of_the_switch()
    {
        using ConnectionMultiplexer connection = await ConnectToSentinelAsync();
        var heard = new ConcurrentQueue<string>();
        await connection.GetSubscriber().SubscribeAsync(
            new RedisChannel("+switch-master", RedisChannel.PatternMode.Literal), (_, message) => heard.Enqueue($"{message}"));
        int old = await shared.Cluster.MasterPortAsync();
        int now = await shared.FailOverAsync();
        await Eventually.TrueAsync("+switch-master", () => Task.FromResult(!heard.IsEmpty));
        Assert.Equal([$"mymaster 127.0.0.1 {old} 127.0.0.1 {now}"], heard);
    }

    [Fact]
    public async Task Writing_through_the_router_goes_on_during_a_failover()
    {
        // Version 1.2.6 spends the whole syncTimeout in Dispose, with redis-server too.
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(
            $"127.0.0.1:{shared.Cluster.RouterPort},syncTimeout=2000,connectTimeout=10000,connectRetry=10");
        IDatabase database = connection.GetDatabase();
        await database.KeyDeleteAsync("ser:through");
        Task<int> failover = shared.FailOverAsync();
        long last = 0;
        while (!failover.IsCompleted)
            last = await IncrementAsync(database) ?? last;
        await failover;
        await Eventually.TrueAsync("a write after the failover", async () => await IncrementAsync(database) > last);
    }

    /// <summary>The new value; null if the outcome is unknown because the master changed meanwhile.</summary>
    private static async Task<long?> IncrementAsync(IDatabase database)
    {
        try
        {
            return await database.StringIncrementAsync("ser:through");
        }
        catch (RedisException)
        {
            return null;
        }
    }

    private Task<ConnectionMultiplexer> ConnectToSentinelAsync()
    {
        var options = new ConfigurationOptions { CommandMap = CommandMap.Sentinel, TieBreaker = "", AllowAdmin = true, SyncTimeout = 10_000 };
        options.EndPoints.Add("127.0.0.1", shared.Cluster.SentinelPorts[0]);
        return ConnectionMultiplexer.ConnectAsync(options);
    }

#pragma warning disable CS0618, IDE0079 // SentinelReplicas, its successor, is missing in 1.2.6
    private static Task<KeyValuePair<string, string>[][]> ReplicasAsync(IServer sentinel) => sentinel.SentinelSlavesAsync("mymaster");
#pragma warning restore CS0618, IDE0079
}

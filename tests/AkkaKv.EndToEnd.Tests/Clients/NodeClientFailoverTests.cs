using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Clients;

/// <summary>ioredis and node-redis in a cluster: their sentinel modes through a failover, and plain clients through the router.</summary>
[Collection(SharedCluster.Collection)]
public sealed class NodeClientFailoverTests(SharedCluster shared)
{
    [NodeTheory]
    [InlineData("ioredis-sentinel.mjs")]
    [InlineData("node-redis-sentinel.mjs")]
    public async Task A_client_in_sentinel_mode_goes_on_writing_to_the_new_master(string script)
    {
        int old = await shared.Cluster.MasterPortAsync();
        using TestProcess client = NodeScripts.Start(script, [.. shared.Cluster.SentinelPorts.Cast<object>()]);
        await client.LineAsync($"writing to {old}");
        int now = await shared.FailOverAsync();
        await client.LineAsync($"writing to {now}");
        Assert.Equal(0, await client.EndAsync());
    }

    [NodeFact]
    public Task Ioredis_works_through_the_router() => NodeScripts.RunAsync("ioredis.mjs", shared.Cluster.RouterPort, "ioredis");

    [NodeTheory]
    [InlineData(2)]
    [InlineData(3)]
    public Task Node_redis_works_through_the_router(int resp) =>
        NodeScripts.RunAsync("node-redis.mjs", shared.Cluster.RouterPort, $"node-redis-{resp}", resp);
}

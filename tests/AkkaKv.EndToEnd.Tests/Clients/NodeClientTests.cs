namespace AkkaKv.EndToEnd.Tests.Clients;

/// <summary>ioredis and node-redis against a data node.</summary>
[Collection(SharedNode.Collection)]
public sealed class NodeClientTests(SharedNode node)
{
    [NodeFact]
    public Task Ioredis_runs_commands_pipelines_transactions_and_subscriptions() => NodeScripts.RunAsync("ioredis.mjs", node.Port, "ioredis");

    [NodeTheory]
    [InlineData(2)]
    [InlineData(3)]
    public Task Node_redis_runs_commands_transactions_and_subscriptions(int resp) =>
        NodeScripts.RunAsync("node-redis.mjs", node.Port, $"node-redis-{resp}", resp);
}

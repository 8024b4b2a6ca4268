using System.Collections.Concurrent;
using AkkaKv.EndToEnd.Tests.Harness;
using StackExchange.Redis;

namespace AkkaKv.EndToEnd.Tests.Clients;

/// <summary>StackExchange.Redis against a data node. Only members that its versions 1.2.6 and 3.x share.</summary>
[Collection(SharedNode.Collection)]
public sealed class StackExchangeRedisTests(SharedNode node) : IAsyncLifetime
{
    private ConnectionMultiplexer? _connection;

    private ConnectionMultiplexer Connection => _connection ?? throw new InvalidOperationException("not connected");

    private IDatabase Database => Connection.GetDatabase();

    private IServer Server => Connection.GetServer("127.0.0.1", node.Port);

    public async Task InitializeAsync() => _connection = await ConnectionMultiplexer.ConnectAsync(
        $"127.0.0.1:{node.Port},allowAdmin=true,name=stack-exchange,syncTimeout=10000,connectTimeout=10000");

    public Task DisposeAsync()
    {
        _connection?.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task It_connects_and_knows_what_it_talks_to()
    {
        Assert.True(Connection.IsConnected);
        Assert.Equal(ServerType.Standalone, Server.ServerType);
        Assert.Equal(new Version(7, 0, 15), Server.Version);
        Assert.True(await Database.PingAsync() > TimeSpan.Zero);
        Assert.True(await Server.PingAsync() > TimeSpan.Zero);
    }

    [Fact]
    public async Task Strings_counters_and_expiry()
    {
        Assert.True(await Database.StringSetAsync("ser:text", "hällo"));
        Assert.Equal("hällo", (string?)await Database.StringGetAsync("ser:text"));
        Assert.Equal(9, await Database.StringAppendAsync("ser:text", " yo"));
        byte[] binary = [0, 255, 13, 10, 0];
        await Database.StringSetAsync("ser:binary", binary);
        Assert.Equal(binary, (byte[]?)await Database.StringGetAsync("ser:binary"));
        await Database.KeyDeleteAsync("ser:counter");
        Assert.Equal(7, await Database.StringIncrementAsync("ser:counter", 7));
        Assert.Equal(7.5, await Database.StringIncrementAsync("ser:counter", 0.5));
        Assert.True(await Database.KeyExpireAsync("ser:counter", TimeSpan.FromSeconds(100)));
        Assert.InRange((await Database.KeyTimeToLiveAsync("ser:counter"))!.Value, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(100));
        Assert.False((await Database.StringGetAsync("ser:absent")).HasValue);
        RedisServerException error = await Assert.ThrowsAsync<RedisServerException>(() => Database.StringIncrementAsync("ser:text"));
        Assert.Equal("ERR value is not an integer or out of range", error.Message);
    }

    [Fact]
    public async Task A_transaction_runs_only_if_its_conditions_hold()
    {
        await Database.KeyDeleteAsync("ser:owner");
        Assert.True(await ClaimAsync("first"));
        Assert.False(await ClaimAsync("second"));
        Assert.Equal("first", (string?)await Database.StringGetAsync("ser:owner"));

        ITransaction change = Database.CreateTransaction();
        change.AddCondition(Condition.StringEqual("ser:owner", "first"));
        Task<RedisValue> before = change.StringGetAsync("ser:owner");
        Task<bool> set = change.StringSetAsync("ser:owner", "third");
        Assert.True(await change.ExecuteAsync());
        Assert.Equal("first", (string?)await before);
        Assert.True(await set);
        Assert.Equal("third", (string?)await Database.StringGetAsync("ser:owner"));
    }

    [Fact]
    public async Task A_lock_is_held_by_one()
    {
        await Database.KeyDeleteAsync("ser:lock");
        Assert.True(await Database.LockTakeAsync("ser:lock", "me", TimeSpan.FromMinutes(1)));
        Assert.False(await Database.LockTakeAsync("ser:lock", "you", TimeSpan.FromMinutes(1)));
        Assert.False(await Database.LockReleaseAsync("ser:lock", "you"));
        Assert.True(await Database.LockReleaseAsync("ser:lock", "me"));
    }

    [Fact]
    public async Task Ten_thousand_pipelined_increments()
    {
        await Database.KeyDeleteAsync("ser:pipelined");
        long[] results = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(_ => Database.StringIncrementAsync("ser:pipelined")));
        Assert.Equal(Enumerable.Range(1, 10_000).Select(value => (long)value), results);
    }

    [Fact]
    public async Task Publish_and_subscribe()
    {
        var received = new ConcurrentQueue<string>();
        var channel = new RedisChannel("ser:news", RedisChannel.PatternMode.Literal);
        var pattern = new RedisChannel("ser:n*", RedisChannel.PatternMode.Pattern);
        ISubscriber subscriber = Connection.GetSubscriber();
        await subscriber.SubscribeAsync(channel, (_, message) => received.Enqueue($"channel {message}"));
        await subscriber.SubscribeAsync(pattern, (from, message) => received.Enqueue($"pattern {from} {message}"));
        Assert.Equal(2, await subscriber.PublishAsync(channel, "rain"));
        await Eventually.TrueAsync("both messages", () => Task.FromResult(received.Count == 2));
        Assert.Equal(["channel rain", "pattern ser:news rain"], received.Order());
        await subscriber.UnsubscribeAllAsync();
        Assert.Equal(0, await subscriber.PublishAsync(channel, "nobody"));
    }

    [Fact]
    public async Task Info_clients_and_configuration()
    {
        var replication = (await Server.InfoAsync("replication")).Single();
        Assert.Equal("Replication", replication.Key);
        Assert.Equal("master", replication.Single(field => field.Key == "role").Value);
        Assert.Contains("used_memory:", await Server.InfoRawAsync());
        ClientInfo[] clients = await Server.ClientListAsync();
        Assert.Contains(clients, client => client.Name == "stack-exchange");
        Assert.Equal("16", (await Server.ConfigGetAsync("databases")).Single().Value);
        Assert.InRange(await Server.TimeAsync(), DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Keys_are_scanned_in_pages()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(index => Database.StringSetAsync($"ser:scan:{index}", index)));
        HashSet<string> keys = [.. Server.Keys(0, "ser:scan:*", 50, 0, 0).Select(key => (string)key!)];
        Assert.Equal(500, keys.Count);
        Assert.True(await Server.DatabaseSizeAsync(0) >= 500);
        Assert.Equal(500, (await Database.StringGetAsync([.. keys.Select(key => (RedisKey)key)])).Count(value => value.HasValue));
    }

    private async Task<bool> ClaimAsync(string owner)
    {
        ITransaction claim = Database.CreateTransaction();
        claim.AddCondition(Condition.KeyNotExists("ser:owner"));
        _ = claim.StringSetAsync("ser:owner", owner);
        return await claim.ExecuteAsync();
    }
}

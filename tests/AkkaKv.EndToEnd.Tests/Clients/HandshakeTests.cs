using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Clients;

/// <summary>
/// What client libraries send when they connect, in one batch on one connection. Each reply must have the form that the library reads;
/// an error must keep the connection open.
/// </summary>
[Collection(SharedNode.Collection)]
public sealed class HandshakeTests(SharedNode node)
{
    [Theory]
    [InlineData(2, RespKind.Array)]
    [InlineData(3, RespKind.Map)]
    public async Task StackExchange_Redis(int version, RespKind map)
    {
        IReadOnlyList<RespValue> replies = await ShakeHandsAsync(
            $"HELLO {version}", "CLIENT SETNAME web", "CLIENT SETINFO lib-name SE.Redis", "CLIENT SETINFO lib-ver 3.4.35", "CLIENT ID",
            "CONFIG GET timeout", "CONFIG GET replica-read-only", "CONFIG GET slave-read-only", "CONFIG GET databases",
            "SENTINEL MASTERS", "INFO replication", "INFO server", "CLUSTER NODES", "GET __Booksleeve_TieBreak", "ECHO 0123456789abcdef");
        AssertHello(replies[0], map, version);
        Assert.Equal("OK", replies[1].Text);
        Assert.Equal(RespKind.Integer, replies[4].Kind);
        Assert.Equal(["timeout", "0"], replies[5].Items.Select(item => item.Text));
        Assert.Equal(["replica-read-only", "yes"], replies[6].Items.Select(item => item.Text));
        Assert.Equal(["slave-read-only", "yes"], replies[7].Items.Select(item => item.Text));
        Assert.Equal(["databases", "16"], replies[8].Items.Select(item => item.Text));
        Assert.StartsWith("ERR unknown command 'SENTINEL'", replies[9].Text);
        Assert.Contains("role:master", replies[10].Text);
        Assert.Contains("redis_version:7.0.15", replies[11].Text);
        Assert.Contains("redis_mode:standalone", replies[11].Text);
        Assert.Equal("ERR This instance has cluster support disabled", replies[12].Text);
        Assert.True(replies[13].IsNull);
        Assert.Equal("0123456789abcdef", replies[14].Text);
    }

    [Fact]
    public async Task StackExchange_Redis_on_its_second_connection()
    {
        IReadOnlyList<RespValue> replies = await ShakeHandsAsync("CLIENT SETNAME web", "PING", "SUBSCRIBE __Booksleeve_MasterChanged", "PING");
        Assert.Equal(["subscribe", "__Booksleeve_MasterChanged", "1"], replies[2].Items.Select(item => item.Text));
        Assert.Equal(["pong", ""], replies[3].Items.Select(item => item.Text));
    }

    [Fact]
    public async Task Redis_py()
    {
        IReadOnlyList<RespValue> replies = await ShakeHandsAsync(
            "HELLO 3 AUTH default any", "CLIENT MAINT_NOTIFICATIONS ON moving-endpoint-type internal-ip", "CLIENT SETNAME worker",
            "CLIENT SETINFO LIB-NAME redis-py", "CLIENT SETINFO LIB-VER 6.4.0", "SELECT 2", "CLIENT GETNAME");
        AssertHello(replies[0], RespKind.Map, 3);
        Assert.StartsWith("ERR", replies[1].Text);
        Assert.Equal("OK", replies[2].Text);
        Assert.Equal("OK", replies[5].Text);
        Assert.Equal("worker", replies[6].Text);
    }

    [Fact]
    public async Task Go_redis()
    {
        IReadOnlyList<RespValue> replies = await ShakeHandsAsync(
            "HELLO 3 SETNAME worker", "SELECT 1", "READONLY", "CLIENT TRACKING ON", "CLIENT MAINT_NOTIFICATIONS ON",
            "CLIENT SETINFO LIB-NAME go-redis(,go1.24)", "CLIENT SETINFO LIB-VER 9.14.0", "CLIENT GETNAME");
        AssertHello(replies[0], RespKind.Map, 3);
        Assert.Equal("OK", replies[1].Text);
        Assert.Equal("ERR This instance has cluster support disabled", replies[2].Text);
        Assert.StartsWith("ERR", replies[4].Text);
        Assert.Equal("worker", replies[7].Text);
    }

    [Fact]
    public async Task Jedis()
    {
        IReadOnlyList<RespValue> replies = await ShakeHandsAsync(
            "HELLO 3", "CLIENT SETNAME worker", "CLIENT SETINFO LIB-NAME jedis", "CLIENT SETINFO LIB-VER 7.0.0", "SELECT 0", "GET hs:absent");
        AssertHello(replies[0], RespKind.Map, 3);
        Assert.Equal("OK", replies[4].Text);
        Assert.True(replies[5].IsNull);
    }

    [Fact]
    public async Task Ioredis()
    {
        IReadOnlyList<RespValue> replies = await ShakeHandsAsync(
            "SELECT 3", "CLIENT SETNAME worker", "READONLY", "CLIENT SETINFO LIB-NAME ioredis", "CLIENT SETINFO LIB-VER 5.8.0", "INFO");
        Assert.Equal("OK", replies[0].Text);
        Assert.Contains("loading:0", replies[5].Text);
        Assert.Contains("role:master", replies[5].Text);
    }

    [Fact]
    public async Task A_wrong_password_in_a_batch_gets_a_reply_of_its_own()
    {
        IReadOnlyList<RespValue> replies = await ShakeHandsAsync("AUTH nobody wrong", "HELLO 3 AUTH nobody wrong", "CLIENT SETNAME web", "PING");
        Assert.StartsWith("WRONGPASS", replies[0].Text);
        Assert.StartsWith("WRONGPASS", replies[1].Text);
        Assert.Equal("PONG", replies[3].Text);
    }

    [Fact]
    public async Task An_exporter_of_metrics()
    {
        IReadOnlyList<RespValue> replies = await ShakeHandsAsync(
            "PING", "CLIENT SETNAME redis_exporter", "INFO ALL", "CONFIG GET *", "CLUSTER INFO", "SLOWLOG LEN", "SLOWLOG GET 1",
            "LATENCY LATEST", "LATENCY HISTOGRAM", "CLIENT LIST", "COMMAND INFO COMMANDLOG", "INFO MODULES");
        Assert.Contains("# Commandstats", replies[2].Text);
        Assert.True(replies[3].Items.Count > 20 && replies[3].Items.Count % 2 == 0);
        Assert.Contains("name=redis_exporter", replies[9].Text);
        Assert.True(replies[10].Items.Single().IsNull);
    }

    private static void AssertHello(RespValue reply, RespKind kind, int version)
    {
        Assert.Equal(kind, reply.Kind);
        string[] fields = [.. reply.Items.Where((_, index) => index % 2 == 0).Select(item => item.Text)];
        Assert.Equal(["server", "version", "proto", "id", "mode", "role", "modules"], fields);
        Assert.Equal(["redis", "7.0.15"], [reply[1].Text, reply[3].Text]);
        Assert.Equal(version, reply[5].Integer);
        Assert.Equal(["standalone", "master"], [reply[9].Text, reply[11].Text]);
        Assert.Empty(reply[13].Items);
    }

    /// <summary>Sends all requests at once, returns their replies, and asserts that the connection still answers.</summary>
    private async Task<IReadOnlyList<RespValue>> ShakeHandsAsync(params string[] requests)
    {
        using RespConnection client = await node.Node.ConnectAsync();
        foreach (string request in requests)
            await client.SendAsync(request.Split(' '));
        List<RespValue> replies = [];
        foreach (string _ in requests)
            replies.Add(await client.ReceiveAsync());
        RespValue alive = await client.CallAsync("PING", "alive");
        Assert.Equal("alive", alive.Items.Count == 2 ? alive[1].Text : alive.Text);
        return replies;
    }
}

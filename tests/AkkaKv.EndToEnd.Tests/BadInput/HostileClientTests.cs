using System.Text;
using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.BadInput;

/// <summary>Bytes that no client should send. The sender gets a clear error or is cut off; the node and its other clients notice nothing.</summary>
public sealed class HostileClientTests(HostileClientTests.Victim victim) : IClassFixture<HostileClientTests.Victim>
{
    private const long Megabyte = 1024 * 1024;

    [Theory]
    [InlineData("*2147483648\r\n", "ERR Protocol error: invalid multibulk length")]
    [InlineData("*2147483647\r\n", "ERR Protocol error: invalid multibulk length")] // more than the query buffer could ever hold
    [InlineData("*99999999999999999999\r\n", "ERR Protocol error: invalid multibulk length")]
    [InlineData("*abc\r\n", "ERR Protocol error: invalid multibulk length")]
    [InlineData("*2\r\n$3\r\nGET\r\n$1073741824\r\n", "ERR Protocol error: invalid bulk length")]
    [InlineData("*1\r\n$-5\r\n", "ERR Protocol error: invalid bulk length")]
    [InlineData("*1\r\nGET\r\n", "ERR Protocol error: expected '$', got 'G'")]
    [InlineData("SET \"unbalanced\r\n", "ERR Protocol error: unbalanced quotes in request")]
    public async Task A_request_that_is_not_RESP_gets_Redis_error_and_the_connection_ends(string request, string error)
    {
        using RespConnection client = await victim.Node.ConnectAsync();
        await client.SendRawAsync(request);
        Assert.Equal(error, (await client.ReceiveAsync()).Text);
        await AssertClosedAsync(client);
        await victim.AssertUnharmedAsync();
    }

    [Fact]
    public async Task What_came_before_the_error_is_still_answered()
    {
        using RespConnection client = await victim.Node.ConnectAsync();
        await client.SendRawAsync("PING\r\n*1\r\n$4\r\nPING\r\n*2147483648\r\n");
        Assert.Equal("PONG", (await client.ReceiveAsync()).Text);
        Assert.Equal("PONG", (await client.ReceiveAsync()).Text);
        Assert.StartsWith("ERR Protocol error", (await client.ReceiveAsync()).Text);
        await AssertClosedAsync(client);
    }

    [Fact]
    public async Task An_inline_request_without_end_is_cut_off()
    {
        using RespConnection client = await victim.Node.ConnectAsync();
        await client.SendRawAsync(new string('a', 70 * 1024));
        Assert.Equal("ERR Protocol error: too big inline request", (await client.ReceiveAsync()).Text);
        await AssertClosedAsync(client);
    }

    [Fact]
    public async Task Web_browsers_are_sent_away()
    {
        using RespConnection client = await victim.Node.ConnectAsync();
        await client.SendRawAsync("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nSET victim:web 1\r\n");
        await AssertClosedAsync(client);
        Assert.True((await victim.Node.CallAsync("GET", "victim:web")).IsNull);
        await victim.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Garbage_of_many_seeds_harms_nobody()
    {
        long before = ResidentMemory.Of(victim.Node.Process.Id);
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var garbage = new byte[random.Next(1, 20_000)];
            random.NextBytes(garbage);
            if (seed % 2 == 0)
                garbage[0] = (byte)"*$+-:\r\n\0"[random.Next(8)];
            using RespConnection client = await victim.Node.ConnectAsync();
            try
            {
                await client.SendRawAsync(garbage);
            }
            catch (IOException)
            {
                // The node closes as soon as it has seen enough.
            }
        }
        await victim.AssertUnharmedAsync();
        Assert.InRange(ResidentMemory.Of(victim.Node.Process.Id), 0, before + (64 * Megabyte));
    }

    [Fact]
    public async Task Lengths_that_are_only_announced_take_no_memory()
    {
        long before = ResidentMemory.Of(victim.Node.Process.Id);
        List<RespConnection> clients = [];
        for (var index = 0; index < 50; index++)
        {
            RespConnection client = await victim.Node.ConnectAsync();
            clients.Add(client);
            await client.SendRawAsync(index % 2 == 0 ? "*100000000\r\n" : "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$536870912\r\n0123");
        }
        await victim.AssertUnharmedAsync();
        Assert.InRange(ResidentMemory.Of(victim.Node.Process.Id), 0, before + (64 * Megabyte));
        clients.ForEach(client => client.Dispose());
        await victim.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Half_a_request_and_a_hang_up_leave_nothing_behind()
    {
        long clients = await victim.ConnectedClientsAsync();
        byte[] request = Encoding.Latin1.GetBytes("*3\r\n$3\r\nSET\r\n$11\r\nvictim:half\r\n$5\r\nvalue\r\n");
        for (var length = 1; length < request.Length; length++)
        {
            using RespConnection client = await victim.Node.ConnectAsync();
            await client.SendRawAsync(request.AsMemory(0, length));
            if (length % 2 == 0)
                client.CloseSending();
        }
        await Eventually.TrueAsync("all connections gone", async () => await victim.ConnectedClientsAsync() <= clients);
        Assert.True((await victim.Node.CallAsync("GET", "victim:half")).IsNull);
        await victim.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Somebody_who_never_reads_is_cut_off_and_delays_nobody()
    {
        await victim.Node.CallAsync("CONFIG", "SET", "client-output-buffer-limit", "normal 4194304 0 0");
        await victim.Node.CallAsync("SET", "victim:large", new string('x', 100_000));
        long before = ResidentMemory.Of(victim.Node.Process.Id);
        using RespConnection client = await victim.Node.ConnectAsync();
        long id = (await client.CallAsync("CLIENT", "ID")).Integer;
        try
        {
            for (var request = 0; request < 1000; request++)
                await client.SendAsync("GET", "victim:large");
        }
        catch (IOException)
        {
            // It is cut off while it still asks.
        }
        await Eventually.TrueAsync("the client is gone", async () =>
            !(await victim.Node.CallAsync("CLIENT", "LIST")).Text.Contains($"id={id} ", StringComparison.Ordinal));
        await victim.AssertUnharmedAsync();
        Assert.InRange(ResidentMemory.Of(victim.Node.Process.Id), 0, before + (64 * Megabyte));
    }

    [Theory]
    [InlineData("*11\r\n", "ERR Protocol error: unauthenticated multibulk length")]
    [InlineData("*2\r\n$16385\r\n", "ERR Protocol error: unauthenticated bulk length")]
    public async Task Without_the_password_large_requests_are_refused(string request, string error)
    {
        using DataNode node = await DataNode.StartAsync();
        Assert.Equal("OK", (await node.CallAsync("CONFIG", "SET", "requirepass", "secret")).Text);
        using RespConnection client = await node.ConnectAsync();
        await client.SendRawAsync(request);
        Assert.Equal(error, (await client.ReceiveAsync()).Text);
        await AssertClosedAsync(client);
        Assert.Equal("NOAUTH Authentication required.", (await node.CallAsync("GET", "a")).Text);
        using RespConnection entitled = await node.ConnectAsync();
        Assert.Equal("OK", (await entitled.CallAsync("AUTH", "secret")).Text);
        Assert.Equal("OK", (await entitled.CallAsync("SET", "large", new string('x', 100_000))).Text);
        Assert.DoesNotContain("secret", node.Process.Output);
    }

    private static async Task AssertClosedAsync(RespConnection client)
    {
        Exception end = await Assert.ThrowsAnyAsync<IOException>(client.ReceiveAsync);
        Assert.True(end is EndOfStreamException || end.InnerException is System.Net.Sockets.SocketException, end.Message);
    }

    /// <summary>The node under attack, with a client of good conduct connected all the time.</summary>
    public sealed class Victim : IAsyncLifetime
    {
        private DataNode? _node;
        private RespConnection? _friend;
        private long _count;

        /// <summary>The node.</summary>
        public DataNode Node => _node ?? throw new InvalidOperationException("not started");

        private RespConnection Friend => _friend ?? throw new InvalidOperationException("not started");

        /// <inheritdoc/>
        public async Task InitializeAsync()
        {
            _node = await DataNode.StartAsync();
            _friend = await _node.ConnectAsync();
        }

        /// <inheritdoc/>
        public Task DisposeAsync()
        {
            _friend?.Dispose();
            _node?.Dispose();
            return Task.CompletedTask;
        }

        /// <summary>The process lives, and the connection that was there before everything works as if nothing had happened.</summary>
        public async Task AssertUnharmedAsync()
        {
            Assert.False(Node.Process.HasEnded, Node.Process.Output);
            RespValue reply = await Friend.CallAsync("INCR", "victim:friend");
            Assert.Equal(++_count, reply.Integer);
        }

        /// <summary>How many clients the node counts.</summary>
        public async Task<long> ConnectedClientsAsync() =>
            long.Parse((await RespConnection.InfoAsync(Node.Port, "clients", "connected_clients"))!, System.Globalization.CultureInfo.InvariantCulture);
    }
}

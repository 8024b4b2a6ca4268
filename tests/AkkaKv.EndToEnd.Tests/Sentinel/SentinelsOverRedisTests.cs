using System.Diagnostics;
using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Sentinel;

/// <summary>Our sentinels with real redis-server processes as data nodes, and real clients.</summary>
public sealed class SentinelsOverRedisTests
{
    [RequiresProgram("redis-server")]
    public async Task A_killed_master_is_replaced_and_becomes_a_replica_when_it_returns()
    {
        await using var trio = await SentinelTrio.StartAsync();
        using var listener = await RespConnection.OpenAsync(trio.SentinelPorts[2]);
        await listener.CallAsync("PSUBSCRIBE", "*");
        Assert.Equal("OK", (await RespConnection.OnceAsync(trio.BasePort, "SET", "k", "v")).Text);
        Assert.Equal(2, (await RespConnection.OnceAsync(trio.BasePort, "WAIT", "2", "5000")).Integer);

        var started = Stopwatch.GetTimestamp();
        trio.Server(trio.BasePort).Kill();
        foreach (var port in trio.SentinelPorts)
            await Eventually.TrueAsync($"sentinel {port} names another master", async () => await SentinelTrio.MasterPortAsync(port) != trio.BasePort);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var newMaster = await SentinelTrio.MasterPortAsync(trio.SentinelPorts[0]);

        Assert.Equal("master", (await RespConnection.OnceAsync(newMaster, "ROLE"))[0].Text);
        Assert.Equal("v", (await RespConnection.OnceAsync(newMaster, "GET", "k")).Text);
        Assert.True(elapsed < TimeSpan.FromSeconds(5), $"The failover took {elapsed.TotalMilliseconds:0} ms.");
        var events = await EventsUntil(listener, "+switch-master");
        Assert.Contains($"+sdown master mymaster 127.0.0.1 {trio.BasePort}", events);
        Assert.Equal($"+switch-master mymaster 127.0.0.1 {trio.BasePort} 127.0.0.1 {newMaster}", events[^1]);

        trio.StartServer(trio.BasePort, masterPort: null);
        await Eventually.TrueAsync("the old master follows the new one", async () =>
            await RespConnection.InfoAsync(trio.BasePort, "replication", "master_port") == $"{newMaster}"
            && await RespConnection.InfoAsync(trio.BasePort, "replication", "master_link_status") == "up");
    }

    [RequiresProgram("redis-server")]
    public async Task A_stopped_master_is_replaced_after_its_silence()
    {
        await using var trio = await SentinelTrio.StartAsync();
        trio.Server(trio.BasePort).Signal("STOP");
        try
        {
            foreach (var port in trio.SentinelPorts)
                await Eventually.TrueAsync($"sentinel {port} names another master", async () => await SentinelTrio.MasterPortAsync(port) != trio.BasePort);
        }
        finally
        {
            trio.Server(trio.BasePort).Signal("CONT");
        }
        var newMaster = await SentinelTrio.MasterPortAsync(trio.SentinelPorts[0]);
        await Eventually.TrueAsync("the old master follows the new one", async () =>
            await RespConnection.InfoAsync(trio.BasePort, "replication", "master_port") == $"{newMaster}");
    }

    [RequiresProgram("redis-server")]
    public async Task Five_failovers_by_hand_in_a_row_work()
    {
        await using var trio = await SentinelTrio.StartAsync();
        var master = trio.BasePort;
        for (var round = 0; round < 5; round++)
        {
            var sentinel = trio.SentinelPorts[round % 3];
            await Eventually.TrueAsync("a replica can be promoted", async () =>
                (await RespConnection.OnceAsync(sentinel, "SENTINEL", "failover", "mymaster")) is { IsError: false });
            foreach (var port in trio.SentinelPorts)
                await Eventually.TrueAsync($"sentinel {port} names another master", async () => await SentinelTrio.MasterPortAsync(port) != master);
            var next = await SentinelTrio.MasterPortAsync(sentinel);
            await Eventually.TrueAsync("the old master follows the new one", async () =>
                await RespConnection.InfoAsync(master, "replication", "master_port") == $"{next}"
                && await RespConnection.InfoAsync(next, "replication", "connected_slaves") == "2");
            master = next;
        }
    }

    [RequiresProgram("redis-server", "redis-cli")]
    public async Task Redis_cli_reads_what_the_sentinel_knows()
    {
        await using var trio = await SentinelTrio.StartAsync();
        var port = $"{trio.SentinelPorts[0]}";
        Assert.Equal($"127.0.0.1\n{trio.BasePort}", (await Cli(port, "sentinel", "get-master-addr-by-name", "mymaster")).Trim());
        Assert.Equal(
            "OK 3 usable Sentinels. Quorum and failover authorization can be reached", (await Cli(port, "sentinel", "ckquorum", "mymaster")).Trim());
        Assert.Contains("num-other-sentinels\n2", await Cli(port, "sentinel", "masters"), StringComparison.Ordinal);
        Assert.Contains($"name\n127.0.0.1:{trio.BasePort + 1}", await Cli(port, "sentinel", "replicas", "mymaster"), StringComparison.Ordinal);
        Assert.Contains("voted-leader\n?", await Cli(port, "sentinel", "sentinels", "mymaster"), StringComparison.Ordinal);
        Assert.Contains("redis_mode:sentinel", await Cli(port, "info"), StringComparison.Ordinal);
        Assert.Equal("sentinel\nmymaster", (await Cli(port, "role")).Trim());
        Assert.StartsWith("ERR unknown command 'get'", await Cli(port, "get", "a"), StringComparison.Ordinal);
    }

    [RequiresProgram("redis-server")]
    public async Task A_master_can_be_added_and_removed_while_it_runs()
    {
        await using var trio = await SentinelTrio.StartAsync();
        var port = trio.SentinelPorts[0];
        Assert.Equal("OK", (await RespConnection.OnceAsync(port, "SENTINEL", "MONITOR", "second", "127.0.0.1", $"{trio.BasePort}", "1")).Text);
        await Eventually.TrueAsync("the second master is known", async () =>
            (await RespConnection.OnceAsync(port, "SENTINEL", "MASTER", "second")).Items is { Count: > 0 } fields && fields[7].Text.Length == 40);
        Assert.Equal(2, (await RespConnection.OnceAsync(port, "SENTINEL", "MASTERS")).Items.Count);
        Assert.Equal("OK", (await RespConnection.OnceAsync(port, "SENTINEL", "REMOVE", "second")).Text);
        Assert.Single((await RespConnection.OnceAsync(port, "SENTINEL", "MASTERS")).Items);
        Assert.True((await RespConnection.OnceAsync(port, "SENTINEL", "MASTER", "second")).IsError);
    }

    [RequiresProgram("redis-server")]
    public async Task Pipelined_requests_of_every_kind_are_answered_in_order_and_garbage_ends_only_its_own_connection()
    {
        await using var trio = await SentinelTrio.StartAsync();
        using var client = await RespConnection.OpenAsync(trio.SentinelPorts[0]);
        await client.SendRawAsync("PING\r\nSENTINEL MASTER mymaster\r\nECHO x\r\nSENTINEL MYID\r\nSENTINEL MASTERS\r\nPING last\r\n");
        Assert.Equal("PONG", (await client.ReceiveAsync()).Text);
        Assert.Equal("name", (await client.ReceiveAsync())[0].Text);
        Assert.Equal("ERR unknown command 'ECHO', with args beginning with: 'x' ", (await client.ReceiveAsync()).Text);
        Assert.Equal(40, (await client.ReceiveAsync()).Text.Length);
        Assert.Single((await client.ReceiveAsync()).Items);
        Assert.Equal("last", (await client.ReceiveAsync()).Text);

        using var bad = await RespConnection.OpenAsync(trio.SentinelPorts[0]);
        await bad.SendRawAsync("*2147483648\r\n");
        Assert.Equal("ERR Protocol error: invalid multibulk length", (await bad.ReceiveAsync()).Text);
        await Assert.ThrowsAsync<EndOfStreamException>(bad.ReceiveAsync);
        Assert.Equal("PONG", (await client.CallAsync("PING")).Text);
    }

    private static async Task<string> Cli(string port, params string[] arguments) =>
        (await TestProcess.RunAsync("redis-cli", ["-p", port, .. arguments])).Output;

    private static async Task<List<string>> EventsUntil(RespConnection listener, string channel)
    {
        var events = new List<string>();
        while (true)
        {
            RespValue message = await listener.ReceiveAsync();
            events.Add($"{message[2].Text} {message[3].Text}");
            if (message[2].Text == channel)
                return events;
        }
    }
}

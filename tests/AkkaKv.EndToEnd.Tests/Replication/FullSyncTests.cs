using System.Net.Sockets;
using AkkaKv.EndToEnd.Tests.Harness;
using static AkkaKv.EndToEnd.Tests.Replication.Servers;

namespace AkkaKv.EndToEnd.Tests.Replication;

/// <summary>Full resynchronisations from a snapshot that is taken while clients write.</summary>
public sealed class FullSyncTests
{
    private const int KeyCount = 40_000;

    [Fact]
    public async Task Replicas_that_attach_while_everything_changes_have_what_the_master_has()
    {
        await using var master = await InProcessNode.StartAsync();
        await FillAsync(master);
        await using var one = await InProcessNode.StartAsync();
        await using var two = await InProcessNode.StartAsync();
        using var stop = new CancellationTokenSource();
        var changing = ChangeUntilAsync(master, 1, stop.Token);
        await Task.WhenAll(one.FollowAsync(master.Port), two.FollowAsync(master.Port));
        await stop.CancelAsync();
        await changing;
        await AssertSameAsync(master, one);
        await AssertSameAsync(master, two);
        Assert.Equal("2", await master.InfoAsync("stats", "sync_full"));
        Assert.Equal("0", await master.InfoAsync("memory", "used_memory_snapshots"));
    }

    [RequiresProgram("redis-server")]
    public async Task A_redis_that_attaches_while_everything_changes_has_what_we_have()
    {
        await using var master = await InProcessNode.StartAsync();
        await FillAsync(master);
        using var redis = await RedisPeer.StartAsync();
        using var stop = new CancellationTokenSource();
        var changing = ChangeUntilAsync(master, 2, stop.Token);
        await redis.FollowAsync(master.Port);
        await stop.CancelAsync();
        await changing;
        await AssertSameAsync(master, redis);
    }

    [Fact]
    public async Task A_replica_that_does_not_read_its_snapshot_stops_the_walk_and_gets_it_right_later()
    {
        await using var master = await InProcessNode.StartAsync();
        using var client = await RespConnection.OpenAsync(master.Port);
        var value = new string('v', 100_000);
        for (var index = 0; index < 400; index++)
            Assert.Equal("OK", (await client.CallAsync("SET", $"key:{index}", value)).Text);
        using var slow = new TcpClient("127.0.0.1", master.Port);
        var stream = slow.GetStream();
        await stream.WriteAsync("REPLCONF capa eof capa psync2\r\nPSYNC ? -1\r\n"u8.ToArray());
        await Eventually.TrueAsync("the snapshot has begun", async () =>
            (await master.InfoAsync("replication", "slave0"))?.Contains("send_bulk", StringComparison.Ordinal) == true);

        // What the walk has not reached is kept for the snapshot: most of it, because the walk waits for the replica.
        for (var index = 0; index < 400; index++)
            Assert.Equal("OK", (await client.CallAsync("SET", $"key:{index}", "changed")).Text);
        Assert.InRange(long.Parse((await master.InfoAsync("memory", "used_memory_snapshots"))!), 10_000_000, 45_000_000);

        // Each value once as it was, and the end mark at the end.
        var (received, mark) = (0L, "");
        var buffer = new byte[1 << 20];
        var tail = "";
        while (mark.Length == 0 || !tail.EndsWith(mark, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer).AsTask().WaitAsync(Eventually.DefaultDeadline);
            Assert.NotEqual(0, count);
            received += count;
            tail = (tail.Length > 200 ? tail[^200..] : tail) + System.Text.Encoding.Latin1.GetString(buffer, 0, count);
            if (mark.Length == 0 && tail.IndexOf("$EOF:", StringComparison.Ordinal) is >= 0 and var at && tail.Length >= at + 45)
                mark = tail.Substring(at + 5, 40);
        }

        Assert.InRange(received, 400 * 100_000, (400 * 100_000) + 100_000);
        Assert.Equal("0", await master.InfoAsync("memory", "used_memory_snapshots"));
    }

    [Fact]
    public async Task A_replica_that_goes_away_during_its_snapshot_leaves_nothing_behind()
    {
        await using var master = await InProcessNode.StartAsync();
        using var client = await RespConnection.OpenAsync(master.Port);
        for (var index = 0; index < 400; index++)
            await client.CallAsync("SET", $"key:{index}", new string('v', 100_000));
        for (var round = 0; round < 20; round++)
        {
            using var leaving = await RespConnection.OpenAsync(master.Port);
            await leaving.SendAsync("REPLCONF", "capa", "eof");
            await leaving.ReceiveAsync();
            await leaving.SendAsync("PSYNC", "?", "-1");
            Assert.StartsWith("FULLRESYNC", (await leaving.ReceiveAsync()).Text);
            await client.CallAsync("SET", $"key:{round}", "changed");
            leaving.Dispose();
            await Eventually.TrueAsync("nothing is kept", async () =>
                await master.InfoAsync("replication", "connected_slaves") == "0" && await master.InfoAsync("memory", "used_memory_snapshots") == "0");
        }
    }

    private static async Task FillAsync(IServer master)
    {
        using var connection = await RespConnection.OpenAsync(master.Port);
        for (var index = 0; index < KeyCount; index++)
        {
            string[] request = index % 4 == 0 ? ["SET", $"bulk:{index}", $"value {index}", "EX", "5000"] : ["SET", $"bulk:{index}", $"value {index}"];
            await connection.SendAsync(request);
        }

        for (var index = 0; index < KeyCount; index++)
            Assert.False((await connection.ReceiveAsync()).IsError);
    }

    private static async Task ChangeUntilAsync(IServer master, int seed, CancellationToken stop)
    {
        var random = new Random(seed);
        using var connection = await RespConnection.OpenAsync(master.Port);
        while (!stop.IsCancellationRequested)
        {
            const int together = 50;
            for (var index = 0; index < together; index++)
                await connection.SendAsync(Change(random));
            for (var index = 0; index < together; index++)
                await connection.ReceiveAsync();
        }
    }

    private static string[] Change(Random random)
    {
        var key = $"bulk:{random.Next(KeyCount)}";
        return random.Next(12) switch
        {
            0 => ["DEL", key],
            1 => ["RENAME", key, $"bulk:{random.Next(KeyCount)}"],
            2 => ["MOVE", key, "2"],
            3 => ["APPEND", key, "more"],
            4 => ["SETRANGE", key, "2", "xyz"],
            5 => ["PERSIST", key],
            6 => ["EXPIRE", key, "4000"],
            7 when random.Next(500) == 0 => ["FLUSHDB"],
            8 when random.Next(50) == 0 => ["SWAPDB", "0", "2"],
            9 => ["SET", $"new:{random.Next()}", "x"],
            _ => ["SET", key, new string('o', random.Next(50))],
        };
    }
}

using AkkaKv.EndToEnd.Tests.Harness;
using static AkkaKv.EndToEnd.Tests.Replication.Servers;

namespace AkkaKv.EndToEnd.Tests.Replication;

/// <summary>Full resynchronisations with values of every type: from Redis to ours, and from ours to Redis.</summary>
public sealed class AllTypesSyncTests
{
    private const int Keys = 40;

    [RequiresProgram("redis-server")]
    public async Task Data_of_every_type_go_from_redis_through_ours_to_redis()
    {
        using var first = await RedisPeer.StartAsync("--enable-debug-command", "yes");
        await using var ours = await InProcessNode.StartAsync();
        using var last = await RedisPeer.StartAsync("--enable-debug-command", "yes");
        await FillAsync(first);
        await first.CallAsync("FUNCTION", "LOAD", "#!lua name=mine\nredis.register_function{function_name='answer', callback=function() return 42 end, flags={'no-writes'}}");
        var expected = await first.CallAsync("DEBUG", "DIGEST");
        Assert.NotEqual(new string('0', 40), expected);

        await ours.FollowAsync(first.Port);
        Assert.Equal(expected, await ours.CallAsync("DEBUG", "DIGEST"));
        await last.FollowAsync(ours.Port);
        Assert.Equal(expected, await last.CallAsync("DEBUG", "DIGEST"));
        Assert.Equal(42, (await RespConnection.OnceAsync(ours.Port, "FCALL_RO", "answer", "0")).Integer);
        Assert.Equal(42, (await RespConnection.OnceAsync(last.Port, "FCALL_RO", "answer", "0")).Integer);
        Assert.Equal(await first.CallAsync("XINFO", "GROUPS", "stream:1"), await last.CallAsync("XINFO", "GROUPS", "stream:1"));
    }

    [RequiresProgram("redis-server")]
    public async Task A_resynchronisation_during_writes_to_large_values_ends_with_equal_data()
    {
        await using var ours = await InProcessNode.StartAsync();
        using var redis = await RedisPeer.StartAsync("--enable-debug-command", "yes");
        await FillLargeAsync(ours, 20_000);
        using (var connection = await RespConnection.OpenAsync(ours.Port))
        {
            var following = redis.FollowAsync(ours.Port);
            for (var number = 0; !following.IsCompleted || number < 3000; number++)
            {
                await connection.CallAsync("HSET", "hash", $"field:{number * 7 % 25_000}", $"changed:{number}");
                await connection.CallAsync("HDEL", "hash", $"field:{number * 3 % 20_000}");
                await connection.CallAsync("RPUSH", "list", $"more:{number}");
                await connection.CallAsync("SADD", "set", $"member:{number * 5 % 25_000}");
                await connection.CallAsync("ZADD", "zset", $"{number % 100}", $"member:{number * 11 % 25_000}");
            }

            await following;
        }

        await Eventually.TrueAsync("equal offsets", async () =>
            await ours.InfoAsync("replication", "master_repl_offset") == await redis.InfoAsync("replication", "master_repl_offset"));
        Assert.Equal(await ours.CallAsync("DEBUG", "DIGEST"), await redis.CallAsync("DEBUG", "DIGEST"));
    }

    /// <summary>Values of every type, small and large, some with an expiry, in two databases.</summary>
    private static async Task FillAsync(RedisPeer redis)
    {
        using var connection = await RespConnection.OpenAsync(redis.Port);
        for (var number = 0; number < Keys; number++)
        {
            var size = number % 5 == 0 ? 1500 : 10;
            var range = Enumerable.Range(number, size).ToArray();
            await connection.CallAsync("SELECT", $"{number % 2}");
            await connection.CallAsync("SET", $"string:{number}", new string('s', size));
            await connection.CallAsync(["RPUSH", $"list:{number}", .. range.Select(i => i % 3 == 0 ? $"{i}" : $"element:{i}")]);
            await connection.CallAsync(["SADD", $"set:{number}", .. range.Select(i => $"member:{i}")]);
            await connection.CallAsync(["SADD", $"integers:{number}", .. range.Select(i => $"{i * 1_000_003L}")]);
            await connection.CallAsync(["HSET", $"hash:{number}", .. range.SelectMany(i => new[] { $"field:{i}", $"{i}" })]);
            await connection.CallAsync(["ZADD", $"zset:{number}", .. range.SelectMany(i => new[] { $"{i}.25", $"member:{i}" })]);
            foreach (var entry in range)
                await connection.CallAsync("XADD", $"stream:{number}", $"{entry + 1}-1", "name", $"value:{entry}");
            await connection.CallAsync("XDEL", $"stream:{number}", $"{number + 1}-1");
            await connection.CallAsync("XGROUP", "CREATE", $"stream:{number}", "group", "0");
            await connection.CallAsync("XREADGROUP", "GROUP", "group", "consumer", "COUNT", "5", "STREAMS", $"stream:{number}", ">");
            await connection.CallAsync("PEXPIREAT", $"hash:{number}", $"{1_900_000_000_000 + number}");
        }
    }

    private static async Task FillLargeAsync(IServer server, int size)
    {
        using var connection = await RespConnection.OpenAsync(server.Port);
        for (var first = 0; first < size; first += 1000)
        {
            var range = Enumerable.Range(first, 1000).ToArray();
            await connection.CallAsync(["HSET", "hash", .. range.SelectMany(i => new[] { $"field:{i}", $"value:{i}" })]);
            await connection.CallAsync(["RPUSH", "list", .. range.Select(i => $"element:{i}")]);
            await connection.CallAsync(["SADD", "set", .. range.Select(i => $"member:{i}")]);
            await connection.CallAsync(["ZADD", "zset", .. range.SelectMany(i => new[] { $"{i}", $"member:{i}" })]);
        }
    }
}

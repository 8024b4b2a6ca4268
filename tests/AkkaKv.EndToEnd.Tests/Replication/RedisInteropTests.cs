using AkkaKv.EndToEnd.Tests.Harness;
using static AkkaKv.EndToEnd.Tests.Replication.Servers;

namespace AkkaKv.EndToEnd.Tests.Replication;

/// <summary>Replication with a real redis-server, in both directions.</summary>
public sealed class RedisInteropTests
{
    [RequiresProgram("redis-server")]
    public async Task We_follow_a_redis_through_a_full_resynchronisation_and_its_stream()
    {
        using var redis = await RedisPeer.StartAsync();
        await using var ours = await InProcessNode.StartAsync();
        await redis.WriteAsync(1, 2000);
        await ours.CallAsync("SET", "own", "is replaced");
        await ours.FollowAsync(redis.Port);
        await AssertSameAsync(redis, ours);
        await redis.WriteAsync(2, 2000);
        await AssertSameAsync(redis, ours);
        Assert.Equal("1", await redis.CallAsync("WAIT", "1", "5000"));
        Assert.StartsWith($"ip=127.0.0.1,port={ours.Port},state=online", await redis.InfoAsync("replication", "slave0"));
        Assert.StartsWith("READONLY You can't write against a read only replica.", await ours.CallAsync("SET", "a", "b"));
    }

    [RequiresProgram("redis-server")]
    public async Task A_redis_follows_us_through_a_full_resynchronisation_and_our_stream()
    {
        await using var ours = await InProcessNode.StartAsync();
        using var redis = await RedisPeer.StartAsync();
        await ours.WriteAsync(1, 2000);
        await redis.FollowAsync(ours.Port);
        await AssertSameAsync(ours, redis);
        await ours.WriteAsync(2, 2000);
        await AssertSameAsync(ours, redis);
        Assert.Equal("1", await ours.CallAsync("WAIT", "1", "5000"));
        Assert.StartsWith($"ip=127.0.0.1,port={redis.Port},state=online", await ours.InfoAsync("replication", "slave0"));
    }

    [RequiresProgram("redis-server")]
    public async Task A_redis_that_loses_its_link_to_us_continues_where_it_stopped()
    {
        await using var ours = await InProcessNode.StartAsync();
        using var redis = await RedisPeer.StartAsync();
        using var link = new CuttableLink(ours.Port);
        await redis.FollowAsync(link.Port);
        for (var round = 0; round < 5; round++)
        {
            var writing = ours.WriteAsync(round, 3000);
            link.Cut();
            await writing;
            await AssertSameAsync(ours, redis);
        }

        Assert.Equal("1", await ours.InfoAsync("stats", "sync_full"));
        Assert.NotEqual("0", await ours.InfoAsync("stats", "sync_partial_ok"));
    }

    [RequiresProgram("redis-server")]
    public async Task We_continue_where_we_stopped_when_the_link_to_a_redis_is_cut()
    {
        using var redis = await RedisPeer.StartAsync();
        await using var ours = await InProcessNode.StartAsync();
        using var link = new CuttableLink(redis.Port);
        await ours.FollowAsync(link.Port);
        for (var round = 0; round < 5; round++)
        {
            var writing = redis.WriteAsync(round, 3000);
            link.Cut();
            await writing;
            await AssertSameAsync(redis, ours);
        }

        Assert.Equal("1", await redis.InfoAsync("stats", "sync_full"));
        Assert.NotEqual("0", await redis.InfoAsync("stats", "sync_partial_ok"));
    }

    [RequiresProgram("redis-server")]
    public async Task A_chain_of_redis_and_ours_has_one_history()
    {
        using var first = await RedisPeer.StartAsync();
        await using var second = await InProcessNode.StartAsync();
        using var third = await RedisPeer.StartAsync();
        await using var fourth = await InProcessNode.StartAsync();
        await first.WriteAsync(1, 500);
        await second.FollowAsync(first.Port);
        await third.FollowAsync(second.Port);
        await fourth.FollowAsync(third.Port);
        await first.WriteAsync(2, 2000);
        await AssertSameAsync(first, second);
        await AssertSameAsync(first, third);
        await AssertSameAsync(first, fourth);
    }

    [RequiresProgram("redis-server")]
    public async Task When_we_are_promoted_redis_replicas_and_the_old_master_continue_with_us()
    {
        using var master = await RedisPeer.StartAsync();
        using var sibling = await RedisPeer.StartAsync();
        await using var ours = await InProcessNode.StartAsync();
        await ours.FollowAsync(master.Port);
        await sibling.FollowAsync(master.Port);
        await master.WriteAsync(1, 1000);
        await AssertSameAsync(master, ours);
        await AssertSameAsync(master, sibling);

        Assert.Equal("OK", await ours.CallAsync("REPLICAOF", "NO", "ONE"));
        await ours.WriteAsync(2, 1000);
        await sibling.FollowAsync(ours.Port);
        await master.FollowAsync(ours.Port);
        await AssertSameAsync(ours, sibling);
        await AssertSameAsync(ours, master);
        Assert.Equal("0", await ours.InfoAsync("stats", "sync_full"));
        Assert.Equal("2", await ours.InfoAsync("stats", "sync_partial_ok"));
        Assert.Equal(await ours.InfoAsync("replication", "second_repl_offset"), await sibling.InfoAsync("replication", "second_repl_offset"));
    }

    [RequiresProgram("redis-server")]
    public async Task We_continue_with_a_redis_that_was_promoted()
    {
        using var master = await RedisPeer.StartAsync();
        using var sibling = await RedisPeer.StartAsync();
        await using var ours = await InProcessNode.StartAsync();
        await ours.FollowAsync(master.Port);
        await sibling.FollowAsync(master.Port);
        await master.WriteAsync(1, 1000);
        await AssertSameAsync(master, ours);
        await AssertSameAsync(master, sibling);

        Assert.Equal("OK", await sibling.CallAsync("REPLICAOF", "NO", "ONE"));
        await sibling.WriteAsync(2, 1000);
        await ours.FollowAsync(sibling.Port);
        await AssertSameAsync(sibling, ours);
        Assert.Equal("0", await sibling.InfoAsync("stats", "sync_full"));
        Assert.Equal("1", await sibling.InfoAsync("stats", "sync_partial_ok"));
    }

    [RequiresProgram("redis-server")]
    public async Task A_password_of_the_master_is_used_and_a_wrong_one_leaves_the_link_down()
    {
        using var redis = await RedisPeer.StartAsync("--requirepass", "secret");
        await using var ours = await InProcessNode.StartAsync("akkakv.replication.master-password=secret");
        await using var wrong = await InProcessNode.StartAsync("akkakv.replication.master-password=other");
        Assert.Equal("OK", await wrong.CallAsync("REPLICAOF", "127.0.0.1", $"{redis.Port}"));
        await ours.FollowAsync(redis.Port);
        Assert.Equal("down", await wrong.InfoAsync("replication", "master_link_status"));
        Assert.Equal("OK", await wrong.CallAsync("CONFIG", "SET", "masterauth", "secret"));
        await wrong.WaitLinkAsync();
    }

    [RequiresProgram("redis-server")]
    public async Task INFO_and_ROLE_show_what_redis_shows_on_both_sides()
    {
        using var redisMaster = await RedisPeer.StartAsync();
        using var redisReplica = await RedisPeer.StartAsync();
        await using var ourMaster = await InProcessNode.StartAsync();
        await using var ourReplica = await InProcessNode.StartAsync();
        await redisReplica.FollowAsync(redisMaster.Port);
        await ourReplica.FollowAsync(ourMaster.Port);
        Assert.Equal(await FieldsAsync(redisMaster), await FieldsAsync(ourMaster));
        Assert.Equal(await FieldsAsync(redisReplica), await FieldsAsync(ourReplica));
        var role = await RespConnection.OnceAsync(ourReplica.Port, "ROLE");
        Assert.Equal(["slave", "127.0.0.1", $"{ourMaster.Port}", "connected"], role.Items.Take(4).Select(item => item.Text));
        Assert.Equal("master", (await RespConnection.OnceAsync(ourMaster.Port, "ROLE"))[0].Text);
    }

    [RequiresProgram("redis-cli", "redis-check-rdb")]
    public async Task Redis_cli_takes_an_RDB_from_us()
    {
        await using var ours = await InProcessNode.StartAsync();
        await ours.WriteAsync(1, 1000);
        var file = Path.Combine(Path.GetTempPath(), $"akkakv-{ours.Port}.rdb");
        using var cli = TestProcess.Start("redis-cli", ["-p", $"{ours.Port}", "--rdb", file]);
        await Eventually.TrueAsync("redis-cli --rdb", () => Task.FromResult(cli.HasEnded));
        using var check = TestProcess.Start("redis-check-rdb", [file]);
        await Eventually.TrueAsync("redis-check-rdb", () => Task.FromResult(check.HasEnded));
        File.Delete(file);
        Assert.True(check.ExitCode == 0, check.Output);
    }

    private static async Task<List<string>> FieldsAsync(IServer server) =>
        [.. (await server.CallAsync("INFO", "replication")).Split("\r\n").Select(line => line.Split(':')[0])];
}

using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Persistence;

/// <summary>The RDB file of a real node: when it is written, and what becomes of it at the next start.</summary>
public sealed class RdbFileTests
{
    [Fact]
    public async Task What_was_saved_is_there_after_a_kill()
    {
        using var node = await DataNode.StartAsync("akkakv.persistence.save=");
        await node.CallAsync("SET", "saved", "yes", "EX", "10000");
        Assert.Equal("OK", (await node.CallAsync("SAVE")).Text);
        await node.CallAsync("SET", "later", "lost");
        Assert.Equal("1", await RespConnection.InfoAsync(node.Port, "persistence", "rdb_changes_since_last_save"));
        node.Process.Kill();
        await node.RestartAsync();
        Assert.Equal("yes", (await node.CallAsync("GET", "saved")).Text);
        Assert.InRange((await node.CallAsync("TTL", "saved")).Integer, 9000, 10000);
        Assert.True((await node.CallAsync("GET", "later")).IsNull);
        Assert.Equal("1", await RespConnection.InfoAsync(node.Port, "persistence", "rdb_last_load_keys_loaded"));
    }

    [Fact]
    public async Task A_background_save_has_the_data_of_its_beginning_and_says_how_it_goes()
    {
        using var node = await DataNode.StartAsync("akkakv.persistence.save=");
        await node.CallAsync("DEBUG", "POPULATE", "200000", "key", "50");
        var before = (await node.CallAsync("LASTSAVE")).Integer;
        Assert.Equal("Background saving started", (await node.CallAsync("BGSAVE")).Text);
        var second = await node.CallAsync("BGSAVE");
        Assert.True(second.Text is "ERR Background save already in progress" or "Background saving started", second.Text);
        for (var number = 0; number < 200; number++)
            await node.CallAsync("SET", $"key:{number * 1000}", "changed");
        await Eventually.TrueAsync("the end of the save", async () =>
            await RespConnection.InfoAsync(node.Port, "persistence", "rdb_bgsave_in_progress") == "0");
        Assert.Equal("ok", await RespConnection.InfoAsync(node.Port, "persistence", "rdb_last_bgsave_status"));
        Assert.True((await node.CallAsync("LASTSAVE")).Integer >= before);
        Assert.Equal(["dump.rdb", "lock"], Directory.GetFiles(node.Folder).Select(Path.GetFileName).Order());
        node.Process.Kill();
        await node.RestartAsync();
        Assert.Equal(200000, (await node.CallAsync("DBSIZE")).Integer);
        Assert.Equal(50, (await node.CallAsync("STRLEN", "key:199999")).Integer);
    }

    [Fact]
    public async Task A_save_point_saves_by_itself()
    {
        using var node = await DataNode.StartAsync("akkakv.persistence.save=1 3");
        for (var number = 0; number < 3; number++)
            await node.CallAsync("SET", $"key:{number}", "value");
        await Eventually.TrueAsync("a save", async () => await RespConnection.InfoAsync(node.Port, "persistence", "rdb_saves") == "1");
        Assert.Equal("0", await RespConnection.InfoAsync(node.Port, "persistence", "rdb_changes_since_last_save"));
    }

    [Theory]
    [InlineData("3600 1", "TERM", true)]
    [InlineData("", "TERM", false)]
    [InlineData("3600 1", "SHUTDOWN", true)]
    [InlineData("3600 1", "SHUTDOWN NOSAVE", false)]
    [InlineData("", "SHUTDOWN SAVE", true)]
    public async Task A_node_that_is_stopped_saves_if_it_has_save_points_or_is_told_to(string savePoints, string end, bool isSaved)
    {
        using var node = await DataNode.StartAsync($"akkakv.persistence.save={savePoints}");
        await node.CallAsync("SET", "key", "value");
        if (end == "TERM")
            node.Process.Signal(end);
        else
            await SendAsync(node, end.Split(' '));
        Assert.Equal(0, await node.Process.EndAsync());
        Assert.Equal(isSaved, File.Exists(Path.Combine(node.Folder, "dump.rdb")));
        await node.RestartAsync();
        Assert.Equal(isSaved ? "value" : "", (await node.CallAsync("GET", "key")).Text);
    }

    [Theory]
    [InlineData(0.5, "the file ends before its end-of-file record at offset ")]
    [InlineData(1.0, "wrong checksum")]
    public async Task A_file_that_is_damaged_ends_the_start_and_stays_as_it_is(double keptShare, string expected)
    {
        using var node = await DataNode.StartAsync("akkakv.persistence.save=3600 1");
        await node.CallAsync("DEBUG", "POPULATE", "1000");
        await SendAsync(node, ["SHUTDOWN", "SAVE"]);
        await node.Process.EndAsync();
        var path = Path.Combine(node.Folder, "dump.rdb");
        var damaged = File.ReadAllBytes(path);
        damaged = damaged[..(int)(damaged.Length * keptShare)];
        damaged[^1] ^= 1;
        File.WriteAllBytes(path, damaged);

        await node.RelaunchAsync();
        Assert.NotEqual(0, await node.Process.EndAsync());
        Assert.Contains("cannot load the data", node.Process.Output);
        Assert.Contains(expected, node.Process.Output);
        Assert.Matches("at offset \\d+", node.Process.Output);
        Assert.Equal(damaged, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task Saving_that_fails_stops_writes_until_it_succeeds_again()
    {
        using var node = await DataNode.StartAsync("akkakv.persistence.save=3600 1");
        await node.CallAsync("SET", "key", "value");
        // A directory cannot be replaced by a file, whoever the user is.
        var path = Path.Combine(node.Folder, "dump.rdb");
        Directory.CreateDirectory(Path.Combine(path, "in the way"));
        await node.CallAsync("BGSAVE");
        await Eventually.TrueAsync("the failure", async () => await RespConnection.InfoAsync(node.Port, "persistence", "rdb_last_bgsave_status") == "err");
        Assert.StartsWith("MISCONF Redis is configured to save RDB snapshots", (await node.CallAsync("SET", "key", "other")).Text);
        Assert.StartsWith("MISCONF", (await node.CallAsync("PING")).Text);
        Assert.Equal("value", (await node.CallAsync("GET", "key")).Text);
        Assert.Equal("OK", (await node.CallAsync("CONFIG", "SET", "stop-writes-on-bgsave-error", "no")).Text);
        Assert.Equal("OK", (await node.CallAsync("SET", "key", "other")).Text);
        await node.CallAsync("CONFIG", "SET", "stop-writes-on-bgsave-error", "yes");
        Directory.Delete(path, recursive: true);
        Assert.Equal("OK", (await node.CallAsync("SAVE")).Text);
        Assert.Equal("OK", (await node.CallAsync("SET", "key", "third")).Text);
    }

    [Fact]
    public async Task FLUSHALL_empties_the_file_too()
    {
        using var node = await DataNode.StartAsync("akkakv.persistence.save=3600 1");
        await node.CallAsync("SET", "key", "value");
        await node.CallAsync("SAVE");
        await node.CallAsync("FLUSHALL");
        node.Process.Kill();
        await node.RestartAsync();
        Assert.Equal(0, (await node.CallAsync("DBSIZE")).Integer);
    }

    [Fact]
    public async Task Where_the_file_is_cannot_be_changed_by_a_client()
    {
        using var node = await DataNode.StartAsync();
        Assert.Equal("ERR CONFIG SET failed (possibly related to argument 'dir') - can't set protected config", (await node.CallAsync("CONFIG", "SET", "dir", "/tmp")).Text);
        Assert.Equal(["dir", node.Folder], (await node.CallAsync("CONFIG", "GET", "dir")).Items.Select(item => item.Text));
        Assert.Equal(["save", "3600 1 300 100 60 10000"], (await node.CallAsync("CONFIG", "GET", "save")).Items.Select(item => item.Text));
    }

    [RequiresProgram("redis-server")]
    public async Task Redis_and_we_load_each_others_files()
    {
        var folder = Directory.CreateTempSubdirectory("akkakv-exchange-");
        using var node = await DataNode.StartAsync("akkakv.persistence.save=");
        await node.CallAsync("DEBUG", "POPULATE", "5000", "key", "100");
        await node.CallAsync("SET", "expiring", "value", "PXAT", "1900000000123");
        await node.CallAsync("SAVE");
        File.Copy(Path.Combine(node.Folder, "dump.rdb"), Path.Combine(folder.FullName, "dump.rdb"));
        var port = FreePorts.One();
        using (var redis = TestProcess.Start("redis-server", "--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder.FullName, "--save", "3600 1"))
        {
            await Eventually.TrueAsync("redis-server", async () => (await RespConnection.OnceAsync(port, "PING")).Text == "PONG");
            Assert.Equal(5001, (await RespConnection.OnceAsync(port, "DBSIZE")).Integer);
            Assert.Equal(1_900_000_000_123, (await RespConnection.OnceAsync(port, "PEXPIRETIME", "expiring")).Integer);
            await RespConnection.OnceAsync(port, "SET", "from", "redis");
            redis.Signal("TERM");
            await redis.EndAsync();
        }

        node.Process.Kill();
        await node.Process.EndAsync();
        File.Copy(Path.Combine(folder.FullName, "dump.rdb"), Path.Combine(node.Folder, "dump.rdb"), overwrite: true);
        folder.Delete(recursive: true);
        await node.RestartAsync();
        Assert.Equal(5002, (await node.CallAsync("DBSIZE")).Integer);
        Assert.Equal("redis", (await node.CallAsync("GET", "from")).Text);
        Assert.Equal(1_900_000_000_123, (await node.CallAsync("PEXPIRETIME", "expiring")).Integer);
    }

    [Fact]
    public async Task Values_of_every_type_and_functions_are_there_after_a_restart()
    {
        using var node = await DataNode.StartAsync("akkakv.persistence.save=3600 1");
        await node.CallAsync("RPUSH", "list", "a", "b");
        await node.CallAsync("SADD", "set", "a", "1");
        await node.CallAsync("HSET", "hash", "field", "value");
        await node.CallAsync("ZADD", "zset", "1.5", "member");
        await node.CallAsync("FUNCTION", "LOAD", "#!lua name=mine\nredis.register_function('answer', function() return 42 end)");
        var digest = (await node.CallAsync("DEBUG", "DIGEST")).Text;
        Assert.Equal("OK", (await node.CallAsync("DEBUG", "RELOAD")).Text);
        Assert.Equal(digest, (await node.CallAsync("DEBUG", "DIGEST")).Text);
        Assert.InRange((await node.CallAsync("OBJECT", "IDLETIME", "list")).Integer, 0, 100);
        node.Process.Signal("TERM");
        await node.RestartAsync();
        Assert.Equal(digest, (await node.CallAsync("DEBUG", "DIGEST")).Text);
        Assert.Equal(42, (await node.CallAsync("FCALL", "answer", "0")).Integer);
    }

    [Fact]
    public async Task A_master_and_a_replica_that_were_stopped_continue_without_a_full_resynchronisation()
    {
        using var master = await DataNode.StartAsync("akkakv.persistence.save=3600 1");
        using var replica = await DataNode.StartReplicaAsync(master.Port, "akkakv.persistence.save=3600 1");
        await master.CallAsync("SELECT", "3");
        await master.CallAsync("SET", "first", "1");
        Assert.Equal(1, (await master.CallAsync("WAIT", "1", "5000")).Integer);

        replica.Process.Signal("TERM");
        await replica.Process.EndAsync();
        await master.CallAsync("SET", "second", "2");
        await replica.RestartAsync();
        await Eventually.TrueAsync("what was written meanwhile", async () => (await replica.CallAsync("GET", "second")).Text == "2");
        Assert.Equal("1", await RespConnection.InfoAsync(master.Port, "stats", "sync_full"));

        Assert.Equal(1, (await master.CallAsync("WAIT", "1", "5000")).Integer);
        master.Process.Signal("TERM");
        await master.RestartAsync();
        await Eventually.TrueAsync("the link", async () => await RespConnection.InfoAsync(replica.Port, "replication", "master_link_status") == "up");
        await master.CallAsync("SET", "third", "3");
        await Eventually.TrueAsync("what was written later", async () => (await replica.CallAsync("GET", "third")).Text == "3");
        Assert.Equal(("0", "1"), (await RespConnection.InfoAsync(master.Port, "stats", "sync_full"), await RespConnection.InfoAsync(master.Port, "stats", "sync_partial_ok")));
    }

    /// <summary>A request whose connection ends instead of an answer.</summary>
    private static async Task SendAsync(DataNode node, string[] request)
    {
        using var connection = await node.ConnectAsync();
        await connection.SendAsync(request);
        await node.Process.EndAsync();
    }
}

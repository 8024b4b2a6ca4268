using AkkaKv.EndToEnd.Tests.Harness;
using static AkkaKv.EndToEnd.Tests.Replication.Servers;

namespace AkkaKv.EndToEnd.Tests.Replication;

/// <summary>Replication between our own nodes, over real sockets.</summary>
public sealed class ReplicationTests
{
    [Fact]
    public async Task A_node_follows_the_master_that_its_configuration_names()
    {
        await using var master = await InProcessNode.StartAsync();
        await master.WriteAsync(1, 1000);
        await using var replica = await InProcessNode.StartAsync($"akkakv.replication.replicaof=127.0.0.1:{master.Port}");
        await replica.WaitLinkAsync();
        await AssertSameAsync(master, replica);
        await master.WriteAsync(2, 1000);
        await AssertSameAsync(master, replica);
    }

    [Fact]
    public async Task A_replica_waits_for_a_master_that_comes_later()
    {
        var port = FreePorts.One();
        await using var replica = await InProcessNode.StartAsync($"akkakv.replication.replicaof=127.0.0.1:{port}");
        Assert.Equal("down", await replica.InfoAsync("replication", "master_link_status"));
        await using var master = await InProcessNode.StartAsync($"akkakv.gateway.port={port}");
        await replica.WaitLinkAsync();
    }

    [Fact]
    public async Task WAIT_counts_the_replicas_that_have_the_write()
    {
        await using var master = await InProcessNode.StartAsync();
        await using var one = await InProcessNode.StartAsync();
        await using var two = await InProcessNode.StartAsync();
        await one.FollowAsync(master.Port);
        await two.FollowAsync(master.Port);
        using var client = await RespConnection.OpenAsync(master.Port);
        for (var round = 0; round < 20; round++)
        {
            await client.CallAsync("INCR", "n");
            Assert.Equal(2, (await client.CallAsync("WAIT", "2", "10000")).Integer);
            Assert.Equal($"{round + 1}", await one.CallAsync("GET", "n"));
        }

        Assert.Equal(2, (await client.CallAsync("WAIT", "3", "100")).Integer);
    }

    [Fact]
    public async Task The_replicas_of_a_promoted_replica_continue_and_the_old_master_too()
    {
        await using var master = await InProcessNode.StartAsync();
        await using var heir = await InProcessNode.StartAsync();
        await using var sibling = await InProcessNode.StartAsync();
        await using var below = await InProcessNode.StartAsync();
        await heir.FollowAsync(master.Port);
        await sibling.FollowAsync(master.Port);
        await below.FollowAsync(heir.Port);
        await master.WriteAsync(1, 1000);
        await AssertSameAsync(master, heir);
        await AssertSameAsync(master, sibling);

        Assert.Equal("OK", await heir.CallAsync("REPLICAOF", "NO", "ONE"));
        var fullBefore = await heir.InfoAsync("stats", "sync_full");
        await heir.WriteAsync(2, 1000);
        await sibling.FollowAsync(heir.Port);
        await master.FollowAsync(heir.Port);
        await AssertSameAsync(heir, sibling);
        await AssertSameAsync(heir, master);
        await AssertSameAsync(heir, below);
        Assert.Equal(fullBefore, await heir.InfoAsync("stats", "sync_full"));
    }

    [Fact]
    public async Task Links_cut_at_random_moments_under_load_lose_nothing_and_repeat_nothing()
    {
        await using var master = await InProcessNode.StartAsync();
        await using var replica = await InProcessNode.StartAsync();
        using var link = new CuttableLink(master.Port);
        await replica.FollowAsync(link.Port);
        for (var round = 0; round < 10; round++)
        {
            var writing = master.WriteAsync(round, 2000);
            link.Cut();
            await writing;
        }

        await AssertSameAsync(master, replica);
        Assert.Equal("1", await master.InfoAsync("stats", "sync_full"));
        Assert.NotEqual("0", await master.InfoAsync("stats", "sync_partial_ok"));
    }

    [Fact]
    public async Task A_replica_that_reads_nothing_holds_up_nobody_and_is_dropped_at_its_limit()
    {
        await using var master = await InProcessNode.StartAsync(
            "akkakv.replication.backlog-size=64kb",
            "akkakv.gateway.output-buffer-limit.replica.hard=4mb");
        using var deaf = await RespConnection.OpenAsync(master.Port);
        await deaf.SendAsync("PSYNC", "?", "-1");
        await deaf.SendAsync("REPLCONF", "ACK", "0");
        Assert.StartsWith("FULLRESYNC", (await deaf.ReceiveAsync()).Text);
        await Eventually.TrueAsync("the deaf replica is online", async () =>
            (await master.InfoAsync("replication", "slave0"))!.Contains("online", StringComparison.Ordinal));

        using var client = await RespConnection.OpenAsync(master.Port);
        var value = new string('x', 100_000);
        for (var index = 0; index < 300; index++)
            Assert.Equal("OK", (await client.CallAsync("SET", $"key:{index % 10}", value)).Text);
        await Eventually.TrueAsync("the deaf replica is gone", async () => await master.InfoAsync("replication", "connected_slaves") == "0");
        var kept = long.Parse((await master.InfoAsync("replication", "repl_backlog_histlen"))!);
        Assert.InRange(kept, 0, 5_000_000);
    }

    [Fact]
    public async Task A_snapshot_that_breaks_off_leaves_the_replica_with_what_it_had()
    {
        await using var master = await InProcessNode.StartAsync();
        await using var replica = await InProcessNode.StartAsync();
        await replica.CallAsync("SET", "precious", "value");
        await master.WriteAsync(1, 500);
        using var link = new CuttableLink(master.Port) { CutAfter = 2000 };
        await replica.CallAsync("REPLICAOF", "127.0.0.1", $"{link.Port}");
        await Eventually.TrueAsync("the snapshot was begun three times", async () => int.Parse((await master.InfoAsync("stats", "sync_full"))!) >= 3);
        Assert.Equal("value", await replica.CallAsync("GET", "precious"));
        link.CutAfter = long.MaxValue;
        await replica.WaitLinkAsync();
        await AssertSameAsync(master, replica);
    }

    [Fact]
    public async Task A_transaction_reaches_the_replica_as_a_whole()
    {
        await using var master = await InProcessNode.StartAsync();
        await using var replica = await InProcessNode.StartAsync();
        await replica.FollowAsync(master.Port);
        using var client = await RespConnection.OpenAsync(master.Port);
        foreach (var request in (string[][])[["MULTI"], ["SET", "a", "1"], ["SELECT", "5"], ["INCRBY", "b", "7"], ["EXEC"]])
            await client.CallAsync(request);
        await AssertSameAsync(master, replica);
        using var reader = await RespConnection.OpenAsync(replica.Port);
        await reader.CallAsync("SELECT", "5");
        Assert.Equal("7", (await reader.CallAsync("GET", "b")).Text);
    }
}

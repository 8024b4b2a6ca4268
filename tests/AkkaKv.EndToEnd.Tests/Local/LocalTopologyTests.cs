using System.Diagnostics;
using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Local;

public sealed class LocalTopologyTests
{
    [Fact]
    public async Task It_shows_who_is_where_and_what_to_type_next()
    {
        using LocalCluster cluster = await LocalCluster.StartAsync();
        await cluster.Process.LineAsync("Ctrl-C ends all of it");
        string output = cluster.Process.Output;
        Assert.Contains($"127.0.0.1:{cluster.RouterPort}", output);
        Assert.All(cluster.DataPorts.Concat(cluster.SentinelPorts), port => Assert.Contains($"127.0.0.1:{port}", output));
        Assert.Contains($"redis-cli -p {cluster.RouterPort} set greeting hello", output);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task Writing_through_the_router_goes_on_after_the_master_is_killed_and_the_old_master_returns_as_a_replica()
    {
        using LocalCluster cluster = await LocalCluster.StartAsync();
        int old = await cluster.MasterPortAsync();
        using RespConnection client = await RespConnection.OpenAsync(cluster.RouterPort);
        Assert.Equal("OK", (await client.CallAsync("SET", "before", "kill")).Text);
        Assert.Equal(2, (await client.CallAsync("WAIT", "2", "5000")).Integer);

        await LocalCluster.KillAsync(old);
        await Eventually.TrueAsync("a write after the kill", async () =>
            (await RespConnection.OnceAsync(cluster.RouterPort, "SET", "after", "kill")).Text == "OK");
        Assert.Equal("kill", (await RespConnection.OnceAsync(cluster.RouterPort, "GET", "before")).Text);
        int now = await cluster.MasterOtherThanAsync(old);
        await cluster.Process.LineAsync("was killed (signal 9)");
        await cluster.Process.LineAsync($"master is now 127.0.0.1:{now}");
        await cluster.Process.LineAsync("after the process ended: detected");

        using TestProcess again = cluster.StartAgain(old);
        await Eventually.TrueAsync("the old master as a replica", async () =>
            await RespConnection.InfoAsync(old, "replication", "role") == "slave"
            && await RespConnection.InfoAsync(old, "replication", "master_port") == $"{now}"
            && await RespConnection.InfoAsync(old, "replication", "master_link_status") == "up");
        Assert.Equal("kill", (await RespConnection.OnceAsync(old, "GET", "after")).Text);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_all_of_it(string signal)
    {
        using LocalCluster cluster = await LocalCluster.StartAsync(replicas: 1, sentinels: 1);
        int[] children = await ChildrenAsync(cluster);
        cluster.Process.Signal(signal);
        Assert.Equal(0, await cluster.Process.EndAsync());
        Assert.DoesNotContain("was killed", cluster.Process.Output);
        Assert.All(children, child => Assert.True(HasEnded(child)));
    }

    [Fact]
    public async Task The_processes_do_not_outlive_a_killed_parent()
    {
        using LocalCluster cluster = await LocalCluster.StartAsync(replicas: 1, sentinels: 1);
        int[] children = await ChildrenAsync(cluster);
        cluster.Process.Kill();
        await Eventually.TrueAsync("the end of all processes", () => Task.FromResult(children.All(HasEnded)));
    }

    private static async Task<int[]> ChildrenAsync(LocalCluster cluster)
    {
        var children = new List<int>();
        foreach (int port in cluster.DataPorts.Concat(cluster.SentinelPorts))
            children.Add(await LocalCluster.ProcessIdAsync(port));
        return [.. children];
    }

    private static bool HasEnded(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}

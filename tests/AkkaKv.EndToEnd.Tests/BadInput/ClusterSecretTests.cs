using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.BadInput;

/// <summary>A process that does not know the cluster's secret stays outside, and both sides say so.</summary>
public sealed class ClusterSecretTests
{
    [Fact]
    public async Task A_node_with_the_wrong_secret_is_refused_by_name_of_the_reason_and_disturbs_nobody()
    {
        int port = FreePorts.Block(4);
        using var directory = new TestDirectory();
        using TestProcess right = Node(directory, "right", port, port + 1, seed: port + 1, secret: "the-right-secret");
        await right.LineAsync("Ready to accept connections");

        using TestProcess wrong = Node(directory, "wrong", port + 2, port + 3, seed: port + 1, secret: "the-wrong-secret");

        await wrong.LineAsync("association refused by the other side: the secure cookies differ");
        await right.LineAsync("association refused by this side: the secure cookies differ");
        Assert.Equal("PONG", (await RespConnection.OnceAsync(port, "PING")).Text);
        Assert.DoesNotContain("the-right-secret", right.Output + wrong.Output);
        Assert.DoesNotContain("the-wrong-secret", right.Output + wrong.Output);
    }

    private static TestProcess Node(TestDirectory directory, string name, int port, int remotingPort, int seed, string secret) => TestProcess.AkkaKv(
        "node",
        "--set", $"akkakv.name={name}",
        "--set", $"akkakv.data-dir={directory.FullName}",
        "--set", $"akkakv.gateway.port={port}",
        "--set", $"akkakv.replication.role-wait=0s",
        "--set", $"akkakv.cluster.port={remotingPort}",
        "--set", $"akkakv.cluster.seeds=127.0.0.1:{seed}",
        "--set", $"akkakv.cluster.secret={secret}");
}

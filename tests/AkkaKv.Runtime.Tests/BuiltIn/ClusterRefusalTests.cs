using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using AkkaKv.Runtime.Tests.Remoting;
using static AkkaKv.Runtime.Tests.Clustering.ClusterTests;
using static AkkaKv.Runtime.Tests.Remoting.TestSystems;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AkkaKv.Runtime.Tests.BuiltIn;

/// <summary>
/// Whom and what the built-in cluster refuses: a node that does not know the secret, and settings that Akka.NET takes without a word
/// or refuses with words of its own.
/// </summary>
public class ClusterRefusalTests
{
    [Fact]
    public async Task A_node_with_the_wrong_secret_does_not_get_in_and_disturbs_nobody()
    {
        const string Right = "\nakka.remote { require-cookie = on, secure-cookie = \"right\" }";
        await using var systems = new TestSystems();
        var nodes = await Form(systems, ["a", "b"], Right);
        var stranger = AkkaCluster.Get(systems.Start(Fast + "\nakka.remote { require-cookie = on, secure-cookie = \"wrong\" }"));
        var errors = Listen<Error>((ActorSystem)nodes[0].System);

        stranger.JoinSeedNodes([nodes[0].SelfAddress]);

        await Eventually(() => errors.Any(e => e.ToString()!.Contains("secure cookies differ")), "the refusal");
        Assert.Equal(2, nodes[0].State.Members.Count);
        Assert.Empty(nodes[0].State.Unreachable);
        Assert.False(stranger.IsUp);
    }

    [Theory]
    [InlineData("akka.cluster.seed-nodes = [\"nonsense\"]", "akka.cluster.seed-nodes")]
    [InlineData("akka.cluster.seed-nodes = [\"akka.tcp://other@127.0.0.1:1\"]", "akka.cluster.seed-nodes")]
    [InlineData("akka.cluster.split-brain-resolver.active-strategy = keep-cool", "active-strategy")]
    [InlineData("akka.cluster.downing-provider-class = \"System.Diagnostics.Process, System\"", "downing-provider-class")]
    [InlineData("akka.cluster.failure-detector.threshold = 0", "akka.cluster.failure-detector")]
    [InlineData("akka.cluster.gossip-interval = 0s", "akka.cluster.gossip-interval")]
    [InlineData("akka.cluster.min-nr-of-members = 0", "akka.cluster.min-nr-of-members")]
    [InlineData("akka.remote.require-cookie = on", "akka.remote.secure-cookie")]
    [InlineData("akka.remote.dot-netty.tcp.port = 70000", "akka.remote.dot-netty.tcp.port")]
    [InlineData("akka.remote.dot-netty.tcp.maximum-frame-size = 10b", "maximum-frame-size")]
    public async Task A_wrong_setting_is_an_error_that_names_it(string setting, string named)
    {
        await using var systems = new TestSystems();

        var error = Assert.Throws<ConfigurationException>(() => systems.Start(Fast + "\n" + setting));

        Assert.Contains(named, error.Message);
    }
}

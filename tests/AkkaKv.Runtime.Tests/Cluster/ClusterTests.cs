using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using AkkaKv.Runtime.Tests.Remoting;
using static AkkaKv.Runtime.Tests.Remoting.TestSystems;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AkkaKv.Runtime.Tests.Clustering;

/// <summary>Several actor systems on loopback that form a cluster.</summary>
public class ClusterTests
{
    /// <summary>A cluster provider that does in tenths of a second what takes seconds by default.</summary>
    internal const string Fast = """
        akka {
          actor.provider = cluster
          remote { retry-gate-closed-for = 100ms, flush-wait-on-shutdown = 200ms }
          cluster {
            seed-node-timeout = 1s
            gossip-interval = 100ms
            leader-actions-interval = 100ms
            unreachable-nodes-reaper-interval = 100ms
            failure-detector { heartbeat-interval = 100ms, acceptable-heartbeat-pause = 1s, expected-response-after = 300ms }
            split-brain-resolver.stable-after = 500ms
            run-coordinated-shutdown-when-down = on
          }
        }
        """;

    /// <summary>Terminate without a word to the cluster: as a crash.</summary>
    private const string Crashing = "\nakka.coordinated-shutdown.run-by-actor-system-terminate = off";

    [Fact]
    public async Task A_node_that_joins_itself_is_a_cluster()
    {
        await using var systems = new TestSystems();
        var cluster = AkkaCluster.Get(systems.Start(Fast));
        Assert.Equal(MemberStatus.Joining, cluster.SelfMember.Status);
        Assert.Empty(cluster.State.Members);

        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.True(cluster.IsUp);
        Assert.Equal(cluster.SelfAddress, cluster.State.Leader);
        Assert.Equal(cluster.SelfUniqueAddress, cluster.State.Members.Single().UniqueAddress);
    }

    [Fact]
    public async Task Nodes_join_by_seed_nodes_and_all_see_the_same_members_roles_and_leader()
    {
        await using var systems = new TestSystems();
        var nodes = await Form(systems, ["data", "data", "sentinel", "sentinel", "gateway"]);

        foreach (var node in nodes)
        {
            Assert.Equal(nodes.Select(n => n.SelfUniqueAddress).Order(), node.State.Members.Select(m => m.UniqueAddress));
            Assert.Equal(nodes[0].State.Leader, node.State.Leader);
            Assert.Equal(["data", "gateway", "sentinel"], node.State.AllRoles.Order());
            Assert.Equal(2, node.State.Members.Count(m => m.HasRole("data")));
            Assert.Equal(nodes.Where(n => n.SelfRoles.Contains("sentinel")).Min(n => n.SelfUniqueAddress)!.Address, node.State.RoleLeader("sentinel"));
        }
    }

    [Fact]
    public async Task A_node_with_seed_nodes_in_its_configuration_joins_by_itself()
    {
        await using var systems = new TestSystems();
        var first = AkkaCluster.Get(systems.Start(Fast));
        await first.JoinAsync(first.SelfAddress);

        var second = AkkaCluster.Get(systems.Start(Fast + $"\nakka.cluster.seed-nodes = [\"{first.SelfAddress}\"]"));

        await Eventually(() => second.IsUp && first.State.Members.Count == 2, "the second up");
    }

    [Fact]
    public async Task A_subscriber_gets_the_present_state_and_then_events()
    {
        await using var systems = new TestSystems();
        var first = AkkaCluster.Get(systems.Start(Fast));
        await first.JoinAsync(first.SelfAddress);
        var (byState, states) = Collect((ActorSystem)first.System);
        var (byEvents, events) = Collect((ActorSystem)first.System);
        first.Subscribe(byState, typeof(ClusterEvent.IMemberEvent));
        first.Subscribe(byEvents, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberUp), typeof(ClusterEvent.LeaderChanged));
        await Eventually(() => states.Count == 1 && events.Count == 2, "initial states");
        Assert.Single(Assert.IsType<ClusterEvent.CurrentClusterState>(states.Single()).Members);
        Assert.Equal(new ClusterEvent.LeaderChanged(first.SelfAddress), events.OfType<ClusterEvent.LeaderChanged>().Single());

        var second = AkkaCluster.Get(systems.Start(Fast));
        await second.JoinAsync(first.SelfAddress);

        await Eventually(() => states.OfType<ClusterEvent.MemberUp>().Any(), "events");
        Assert.Equal([typeof(ClusterEvent.MemberJoined), typeof(ClusterEvent.MemberUp)], states.Skip(1).Select(e => e.GetType()));
        await Eventually(() => events.OfType<ClusterEvent.MemberUp>().Any(e => e.Member.Address.Equals(second.SelfAddress)), "the second up");
        first.Unsubscribe(byEvents, typeof(ClusterEvent.MemberUp));
        first.Unsubscribe(byState);
    }

    [Fact]
    public async Task Actions_run_when_this_node_is_up_and_when_it_is_removed()
    {
        await using var systems = new TestSystems();
        var cluster = AkkaCluster.Get(systems.Start(Fast));
        var ran = new ConcurrentQueue<string>();
        cluster.RegisterOnMemberUp(() => ran.Enqueue("up"));
        cluster.RegisterOnMemberRemoved(() => ran.Enqueue("removed"));
        await cluster.JoinAsync(cluster.SelfAddress);
        await Eventually(() => ran.Contains("up"), "up");
        cluster.RegisterOnMemberUp(() => ran.Enqueue("up already"));

        await cluster.LeaveAsync().WaitAsync(TimeSpan.FromSeconds(10));

        await Eventually(() => ran.Count == 3, "removed");
        Assert.Equal(["up", "up already", "removed"], ran);
        Assert.True(cluster.IsTerminated);
        Assert.Equal(MemberStatus.Removed, cluster.SelfMember.Status);
    }

    [Fact]
    public async Task A_node_that_shuts_down_leaves_gracefully_first()
    {
        await using var systems = new TestSystems();
        var nodes = await Form(systems, ["a", "b", "c"]);
        var (watcher, events) = Collect((ActorSystem)nodes[0].System);
        nodes[0].Subscribe(watcher, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));

        await nodes[2].System.Terminate().WaitAsync(TimeSpan.FromSeconds(15));

        await Eventually(() => events.OfType<ClusterEvent.MemberRemoved>().Any(), "removal");
        Assert.Equal(
            [typeof(ClusterEvent.CurrentClusterState), typeof(ClusterEvent.MemberLeft), typeof(ClusterEvent.MemberExited), typeof(ClusterEvent.MemberRemoved)],
            events.Select(e => e.GetType()));
        Assert.Equal(MemberStatus.Exiting, events.OfType<ClusterEvent.MemberRemoved>().Single().PreviousStatus);
    }

    [Fact]
    public async Task All_nodes_can_shut_down_at_the_same_time()
    {
        await using var systems = new TestSystems();
        var nodes = await Form(systems, ["a", "b", "c", "d", "e"]);

        var ended = Task.WhenAll(nodes.Select(n => n.System.Terminate()));

        await ended.WaitAsync(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_node_can_be_made_to_leave_by_another_and_then_ends_itself()
    {
        await using var systems = new TestSystems();
        var nodes = await Form(systems, ["a", "b", "c"]);

        nodes[0].Leave(nodes[1].SelfAddress);

        await nodes[1].System.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(15));
        await Eventually(() => nodes[0].State.Members.Count == 2 && nodes[2].State.Members.Count == 2, "removal");
    }

    [Fact]
    public async Task A_crashed_node_becomes_unreachable_is_downed_and_removed_and_its_watchers_are_told()
    {
        await using var systems = new TestSystems();
        var nodes = await Form(systems, ["a", "b", "c"], Crashing);
        var (watcher, events) = Collect((ActorSystem)nodes[0].System);
        nodes[0].Subscribe(watcher, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
        var (deathWatcher, told) = Collect((ActorSystem)nodes[1].System);
        var remote = await nodes[1].System.ActorSelection($"{nodes[2].SelfAddress}/system").ResolveOne(TimeSpan.FromSeconds(10));
        deathWatcher.Tell(remote, ActorRefs.NoSender);
        await Eventually(() => told.Contains(remote), "the watch");

        await nodes[2].System.Terminate().WaitAsync(TimeSpan.FromSeconds(15));

        await Eventually(() => events.OfType<ClusterEvent.MemberRemoved>().Any(), "removal");
        Assert.Equal(
            [typeof(ClusterEvent.CurrentClusterState), typeof(ClusterEvent.UnreachableMember), typeof(ClusterEvent.MemberDowned), typeof(ClusterEvent.MemberRemoved)],
            events.Select(e => e.GetType()));
        await Eventually(() => told.OfType<Terminated>().Any(t => t.AddressTerminated && t.ActorRef.Equals(remote)), "death watch");
        await Eventually(() => nodes[1].State.Members.Count == 2, "agreement");
    }

    [Fact]
    public async Task A_node_that_is_declared_down_ends_itself()
    {
        await using var systems = new TestSystems();
        var nodes = await Form(systems, ["a", "b", "c"]);
        var quarantines = Listen<QuarantinedEvent>((ActorSystem)nodes[0].System);

        nodes[0].Down(nodes[1].SelfAddress);

        await nodes[1].System.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(15));
        Assert.True(nodes[1].IsTerminated);
        await Eventually(() => nodes[0].State.Members.Count == 2, "removal");
        await Eventually(() => quarantines.OfType<QuarantinedEvent>().Any(q => q.Uid == nodes[1].SelfUniqueAddress.Uid), "quarantine");
    }

    [Fact]
    public async Task A_restarted_node_with_the_same_address_joins_as_a_new_incarnation()
    {
        await using var systems = new TestSystems();
        var nodes = await Form(systems, ["a", "b", "c"], Crashing);
        var old = nodes[2].SelfUniqueAddress;
        await nodes[2].System.Terminate().WaitAsync(TimeSpan.FromSeconds(15));

        var young = AkkaCluster.Get(systems.Start(Fast + Crashing, port: old.Address.Port!.Value));
        Assert.NotEqual(old.Uid, young.SelfUniqueAddress.Uid);
        await young.JoinSeedNodesAsync([nodes[0].SelfAddress]).WaitAsync(TimeSpan.FromSeconds(15));

        await Eventually(() => nodes.Take(2).All(n => n.State.Members.Select(m => m.UniqueAddress).Contains(young.SelfUniqueAddress)), "the new one");
        Assert.DoesNotContain(nodes[0].State.Members, m => m.UniqueAddress.Equals(old));
        Collect((ActorSystem)young.System, "echo");
        Assert.Equal("hello", await nodes[0].System.ActorSelection($"{young.SelfAddress}/user/echo").Ask<string>("echo hello", TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_crashed_leader_is_followed_by_another()
    {
        await using var systems = new TestSystems();
        var nodes = (await Form(systems, ["a", "b", "c"], Crashing)).OrderBy(n => n.SelfUniqueAddress).ToList();
        var (watcher, events) = Collect((ActorSystem)nodes[2].System);
        nodes[2].Subscribe(watcher, typeof(ClusterEvent.LeaderChanged));

        await nodes[0].System.Terminate().WaitAsync(TimeSpan.FromSeconds(15));

        await Eventually(() => events.OfType<ClusterEvent.LeaderChanged>().Any(e => e.Leader == nodes[1].SelfAddress), "the next leader");
        await Eventually(() => nodes[1].State.Members.Count == 2 && nodes[2].State.Members.Count == 2, "removal");
    }

    [Fact]
    public async Task Joining_gives_up_when_told_to()
    {
        await using var systems = new TestSystems();
        var cluster = AkkaCluster.Get(systems.Start(Fast));
        using var patience = new CancellationTokenSource(300);

        await Assert.ThrowsAsync<ClusterJoinFailedException>(() =>
            cluster.JoinSeedNodesAsync([Address.Parse("akka.tcp://test@127.0.0.1:1")], patience.Token));
    }

    [Fact]
    public async Task A_system_without_the_cluster_provider_is_no_node()
    {
        await using var systems = new TestSystems();
        var system = systems.Start();

        Assert.Throws<ConfigurationException>(() => AkkaCluster.Get(system));
    }

    /// <summary>A node for each role, all up.</summary>
    internal static async Task<List<AkkaCluster>> Form(TestSystems systems, string[] roles, string settings = "")
    {
        var nodes = roles.Select(role => AkkaCluster.Get(systems.Start($"{Fast}{settings}\nakka.cluster.roles = [\"{role}\"]"))).ToList();
        var seeds = nodes.Take(2).Select(n => n.SelfAddress).ToList();
        foreach (var node in nodes)
            node.JoinSeedNodes(seeds);
        await Eventually(
            () => nodes.All(n => n.State.Members.Count == nodes.Count && n.State.Members.All(m => m.Status == MemberStatus.Up) && n.State.SeenBy.Count == nodes.Count),
            $"{nodes.Count} nodes up");
        return nodes;
    }
}

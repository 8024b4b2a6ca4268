using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using AkkaKv.Actors.Cluster;
using AkkaKv.Actors.Node;

namespace AkkaKv.Tests.Node;

/// <summary>Two nodes in a real cluster on loopback: what one's actors say reaches the other's.</summary>
public sealed class NodeActorTests : IAsyncLifetime
{
    private const string Serialization = """
        akka.actor.serializers.akkakv-node = "AkkaKv.Actors.Cluster.NodeMessageSerializer, AkkaKv.Actors"
        akka.actor.serialization-bindings { "AkkaKv.Actors.Cluster.NodeMessage, AkkaKv.Actors" = akkakv-node }
        akka.cluster { gossip-interval = 100ms, leader-actions-interval = 100ms, periodic-tasks-initial-delay = 50ms }
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        """;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private ActorSystem _data = null!;
    private ActorSystem _sentinel = null!;
    private Listener _keyspace = null!;
    private Listener _watcher = null!;
    private IActorRef _dataNode = null!;
    private IActorRef _sentinelNode = null!;

    public async Task InitializeAsync()
    {
        _data = Start(RoleNames.Data);
        var seed = Akka.Cluster.Cluster.Get(_data).SelfAddress;
        Akka.Cluster.Cluster.Get(_data).Join(seed);
        _sentinel = Start(RoleNames.Sentinel);
        await Akka.Cluster.Cluster.Get(_sentinel).JoinAsync(seed).WaitAsync(Deadline);
        (_keyspace, _watcher) = (new Listener(_data), new Listener(_sentinel));
        _dataNode = _data.ActorOf(
            NodeActor.Props(new NodeAnnouncement(["data"], "10.0.0.1", 6379, "", ""), _keyspace.Ref, ActorRefs.Nobody, ActorRefs.Nobody), "node");
        _sentinelNode = _sentinel.ActorOf(
            NodeActor.Props(new NodeAnnouncement(["sentinel"], "10.0.0.2", 26379, new string('a', 40), ""), ActorRefs.Nobody, _watcher.Ref, ActorRefs.Nobody),
            "node");
    }

    public async Task DisposeAsync()
    {
        await _data.Terminate();
        await _sentinel.Terminate();
    }

    [Fact]
    public async Task A_sentinel_hears_who_the_other_node_is() =>
        Assert.Equal(6379, (await _watcher.Hear<NodeAnnouncement>(m => m.Roles.Contains("data"))).Port);

    [Fact]
    public async Task A_change_of_a_data_nodes_state_reaches_the_sentinel_without_being_asked_for()
    {
        await _watcher.Hear<NodeAnnouncement>(_ => true);
        var status = new DataNodeStatus("10.0.0.1", 6379, new string('b', 40), true, "", 0, false, 42, 100);

        _dataNode.Tell(status, _keyspace.Ref);

        Assert.Equal(status, await _watcher.Hear<DataNodeStatus>(_ => true));
    }

    [Fact]
    public async Task A_sentinels_word_on_the_master_reaches_the_keyspace_which_learns_whether_it_is_meant()
    {
        await _watcher.Hear<NodeAnnouncement>(_ => true);

        _sentinelNode.Tell(new MasterChanged("mymaster", "10.0.0.1", 6379, 7), _watcher.Ref);
        _sentinelNode.Tell(new MasterChanged("mymaster", "10.0.0.3", 6380, 8), _watcher.Ref);

        Assert.True((await _keyspace.Hear<AkkaKv.Actors.Keyspace.MasterHeard>(m => m.Change.ConfigEpoch == 7)).IsSelf);
        Assert.False((await _keyspace.Hear<AkkaKv.Actors.Keyspace.MasterHeard>(m => m.Change.ConfigEpoch == 8)).IsSelf);
    }

    private static ActorSystem Start(string role) => ActorSystem.Create(
        "nodes",
        ConfigurationFactory.ParseString($$"""
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.cluster.roles = [{{role}}]
            """ + "\n" + Serialization));

    /// <summary>An actor that keeps what it hears until somebody asks for it.</summary>
    private sealed class Listener
    {
        private readonly Channel<object> _heard = Channel.CreateUnbounded<object>();

        public Listener(ActorSystem system) => Ref = system.ActorOf(Props.Create(() => new Ear(_heard.Writer)));

        public IActorRef Ref { get; }

        public async Task<T> Hear<T>(Predicate<T> isWanted)
        {
            using var deadline = new CancellationTokenSource(Deadline);
            while (true)
            {
                if (await _heard.Reader.ReadAsync(deadline.Token) is T message && isWanted(message))
                    return message;
            }
        }
    }

    private sealed class Ear : UntypedActor
    {
        private readonly ChannelWriter<object> _heard;

        public Ear(ChannelWriter<object> heard) => _heard = heard;

        protected override void OnReceive(object message) => _heard.TryWrite(message);
    }
}

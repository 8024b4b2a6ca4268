using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using AkkaKv.Actors.Cluster;
using AkkaKv.Actors.Keyspace;
using AkkaKv.Actors.Network;

namespace AkkaKv.Actors.Node;

/// <summary>
/// <c>/user/node</c>: this node's voice in the cluster. Membership gossip tells it who is there; it tells every member who
/// this node is, hands what others say to the actors of this node's roles, and carries their words to the others.
/// </summary>
/// <remarks>
/// Nothing here gates a failover: membership finds the peers; sentinels then talk to each other and to the instances directly.
/// Messages may be lost, so everything that is told once is told again every <see cref="RepeatInterval"/>.
/// </remarks>
public sealed class NodeActor : ReceiveActor, IWithTimers
{
    /// <summary>How often a node repeats who it is, in case a message was lost.</summary>
    public static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(1);

    private readonly NodeAnnouncement _self;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly Dictionary<Address, ImmutableArray<string>> _members = [];
    private readonly IActorRef _keyspace;
    private readonly IActorRef _sentinel;
    private readonly IActorRef _router;
    private DataNodeStatus? _status;

    /// <summary>Creates the node's voice; a role that the node does not have is <see cref="ActorRefs.Nobody"/>.</summary>
    /// <param name="self">Who this node is.</param>
    /// <param name="keyspace">Learns who the master is.</param>
    /// <param name="sentinel">Learns of nodes and their states.</param>
    /// <param name="router">Learns where to forward.</param>
    public NodeActor(NodeAnnouncement self, IActorRef keyspace, IActorRef sentinel, IActorRef router)
    {
        _self = self;
        _keyspace = keyspace;
        _sentinel = sentinel;
        _router = router;
        Receive<ClusterEvent.IMemberEvent>(OnMember);
        Receive<NodeAnnouncement>(OnAnnouncement);
        Receive<DataNodeStatus>(OnStatus);
        Receive<MasterChanged>(OnMasterChanged);
        Receive<Repeat>(_ => OnRepeat());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one; see the constructor.</summary>
    public static Props Props(NodeAnnouncement self, IActorRef keyspace, IActorRef sentinel, IActorRef router) =>
        Akka.Actor.Props.Create(() => new NodeActor(self, keyspace, sentinel, router));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        Timers.StartPeriodicTimer(nameof(Repeat), Repeat.Instance, RepeatInterval);
    }

    /// <inheritdoc/>
    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void OnMember(ClusterEvent.IMemberEvent e)
    {
        var address = e.Member.Address;
        if (address.Equals(_cluster.SelfAddress))
            return;
        if (e is ClusterEvent.MemberRemoved)
        {
            if (_members.Remove(address))
                _log.Info("Node {0} has left the cluster", address);
            return;
        }
        if (!_members.TryAdd(address, [.. e.Member.Roles]))
            return;
        _log.Info("Node {0} with roles {1} is in the cluster", address, string.Join(", ", e.Member.Roles));
        Tell(address, _self);
        if (_status is not null && e.Member.Roles.Contains(RoleNames.Sentinel))
            Tell(address, _status);
    }

    private void OnAnnouncement(NodeAnnouncement announcement) => _sentinel.Tell(announcement, Sender);

    private void OnStatus(DataNodeStatus status)
    {
        if (!IsLocal(Sender))
        {
            _sentinel.Tell(status, Sender);
            return;
        }
        _status = status;
        _sentinel.Tell(status, Self);
        TellRole(RoleNames.Sentinel, status);
    }

    private void OnMasterChanged(MasterChanged change)
    {
        TellKeyspace(change);
        _router.Tell(change, Sender);
        if (!IsLocal(Sender))
            return;
        TellRole(RoleNames.Data, change);
        TellRole(RoleNames.Gateway, change);
    }

    /// <summary>The keyspace has to know whether it is meant itself, by whatever name or address the sentinel knows it.</summary>
    private void TellKeyspace(MasterChanged change)
    {
        if (_keyspace.IsNobody())
            return;
        if (change.Port != _self.Port)
            _keyspace.Tell(new MasterHeard(change, IsSelf: false), Self);
        else if (change.Host == _self.Host)
            _keyspace.Tell(new MasterHeard(change, IsSelf: true), Self);
        else
            Addresses.AreSameHost(change.Host, _self.Host).PipeTo(_keyspace, Self, same => new MasterHeard(change, same));
    }

    private void OnRepeat()
    {
        foreach (var address in _members.Keys)
            Tell(address, _self);
    }

    private void TellRole(string role, NodeMessage message)
    {
        foreach (var (address, roles) in _members)
        {
            if (roles.Contains(role))
                Tell(address, message);
        }
    }

    private void Tell(Address address, NodeMessage message) =>
        Context.ActorSelection(new RootActorPath(address) / "user" / "node").Tell(message, Self);

    private static bool IsLocal(IActorRef sender) => sender.Path.Address.HasLocalScope;

    private sealed class Repeat
    {
        public static readonly Repeat Instance = new();
    }
}

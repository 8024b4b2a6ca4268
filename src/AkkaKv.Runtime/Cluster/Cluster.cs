using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Serialization;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// This system as a node of a cluster; needs <c>akka.actor.provider = cluster</c>. With <c>akka.cluster.seed-nodes</c> set it joins by
/// itself. It leaves when the system's coordinated shutdown runs.
/// </summary>
public class Cluster : IExtension
{
    private readonly IActorRef _daemon;
    private readonly Lock _lock = new();
    private readonly List<Action> _onUp = [];
    private readonly List<Action> _onRemoved = [];
    private readonly TaskCompletionSource _exiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ClusterEvent.CurrentClusterState _state = ClusterView.Empty;
    private volatile bool _isTerminated;
    private volatile bool _wasUp;

    internal Cluster(ActorSystemImpl system)
    {
        if (system.Provider is not RemoteActorRefProvider provider || !IsProvidedBy(system.Settings))
            throw new ConfigurationException($"akka.actor.provider: is '{system.Settings.ProviderClass}'; a cluster needs 'cluster'");
        System = system;
        Settings = new ClusterSettings(system.Settings.Config, system.Name);
        SelfUniqueAddress = new UniqueAddress(provider.DefaultAddress, provider.Uid);
        var serializer = new ClusterMessageSerializer(system);
        system.Serialization.AddSerializer("akka-cluster", serializer);
        system.Serialization.AddSerializationMap(typeof(ClusterMessage), serializer);
        provider.Watcher.IsKnownOtherwise = address => _state.Members.Any(m => m.Address.Equals(address));
        _daemon = system.SystemActorOf(Props.Create(() => new ClusterDaemon(this, provider)), ClusterDaemon.Name);
        AddShutdownTasks(CoordinatedShutdown.Get(system));
        if (!Settings.SeedNodes.IsEmpty)
            JoinSeedNodes(Settings.SeedNodes);
    }

    /// <summary>The system.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>The settings of <c>akka.cluster</c>.</summary>
    public ClusterSettings Settings { get; }

    /// <summary>This incarnation.</summary>
    public UniqueAddress SelfUniqueAddress { get; }

    /// <summary>This system's address.</summary>
    public Address SelfAddress => SelfUniqueAddress.Address;

    /// <summary>This node's roles.</summary>
    public ImmutableHashSet<string> SelfRoles => Settings.Roles;

    /// <summary>The state of the cluster as this node knows it.</summary>
    public ClusterEvent.CurrentClusterState State => _state;

    /// <summary>This node as a member: Joining before it has joined, Removed after it was removed.</summary>
    public Member SelfMember => _state.Members.FirstOrDefault(m => m.UniqueAddress.Equals(SelfUniqueAddress))
        ?? new Member(SelfUniqueAddress, _isTerminated ? MemberStatus.Removed : MemberStatus.Joining, Settings.Roles);

    /// <summary>True while this node is Up.</summary>
    public bool IsUp => SelfMember.Status == MemberStatus.Up;

    /// <summary>True when this node has left or was removed. It can't join again; start a new system.</summary>
    public bool IsTerminated => _isTerminated;

    /// <summary>The system's cluster extension.</summary>
    public static Cluster Get(ActorSystem system) => (Cluster)system.RegisterExtension(new ClusterExtension());

    /// <summary>Joins the cluster of the node at the address; the own address founds one.</summary>
    public void Join(Address address) => _daemon.Tell(new MembershipInput.JoinNode(address), ActorRefs.NoSender);

    /// <summary>As <see cref="Join"/>; ends when this node is Up.</summary>
    /// <exception cref="ClusterJoinFailedException">The node was removed, or <paramref name="token"/> came first.</exception>
    public Task JoinAsync(Address address, CancellationToken token = default)
    {
        Join(address);
        return WhenUp(token);
    }

    /// <summary>Joins through any of the nodes; if this node is the first of them and nobody answers, it founds the cluster.</summary>
    public void JoinSeedNodes(IEnumerable<Address> seedNodes) => _daemon.Tell(new MembershipInput.JoinSeedNodes([.. seedNodes]), ActorRefs.NoSender);

    /// <summary>As <see cref="JoinSeedNodes"/>; ends when this node is Up.</summary>
    /// <exception cref="ClusterJoinFailedException">The node was removed, or <paramref name="token"/> came first.</exception>
    public Task JoinSeedNodesAsync(IEnumerable<Address> seedNodes, CancellationToken token = default)
    {
        JoinSeedNodes(seedNodes);
        return WhenUp(token);
    }

    /// <summary>Makes the member at the address leave.</summary>
    public void Leave(Address address) => _daemon.Tell(new MembershipInput.Leave(address), ActorRefs.NoSender);

    /// <summary>Leaves; ends when this node is out.</summary>
    public Task LeaveAsync()
    {
        Leave(SelfAddress);
        return _stopped.Task;
    }

    /// <summary>Leaves; ends when this node is out.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) => LeaveAsync().WaitAsync(cancellationToken);

    /// <summary>Declares the member at the address dead.</summary>
    public void Down(Address address) => _daemon.Tell(new MembershipInput.DownNode(address), ActorRefs.NoSender);

    /// <summary>Sends the present state and then the events of these types to an actor.</summary>
    public void Subscribe(IActorRef subscriber, params Type[] to) => Subscribe(subscriber, ClusterEvent.InitialStateAsSnapshot, to);

    /// <summary>Sends the present state, in the form that <paramref name="initialStateMode"/> says, and then the events of these types to an actor.</summary>
    public void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        if (to.Length == 0)
            throw new ArgumentException("At least one event type is needed", nameof(to));
        if (to.FirstOrDefault(t => !typeof(ClusterEvent.IClusterDomainEvent).IsAssignableFrom(t)) is { } other)
            throw new ArgumentException($"Subscribe to IClusterDomainEvent or what derives from it, was [{other}]", nameof(to));
        _daemon.Tell(new ClusterDaemon.Subscribe(subscriber, initialStateMode, [.. to]), ActorRefs.NoSender);
    }

    /// <summary>Ends all subscriptions of an actor.</summary>
    public void Unsubscribe(IActorRef subscriber) => _daemon.Tell(new ClusterDaemon.Unsubscribe(subscriber, null), ActorRefs.NoSender);

    /// <summary>Ends an actor's subscription of one type.</summary>
    public void Unsubscribe(IActorRef subscriber, Type to) => _daemon.Tell(new ClusterDaemon.Unsubscribe(subscriber, to), ActorRefs.NoSender);

    /// <summary>Sends the present state to an actor.</summary>
    public void SendCurrentClusterState(IActorRef receiver) => _daemon.Tell(new ClusterDaemon.SendCurrentState(receiver), ActorRefs.NoSender);

    /// <summary>Runs an action once when this node is Up; at once if it is.</summary>
    public void RegisterOnMemberUp(Action callback)
    {
        lock (_lock)
        {
            if (!_wasUp)
            {
                _onUp.Add(callback);
                return;
            }
        }
        callback();
    }

    /// <summary>Runs an action once when this node has left or was removed, or the system ends; at once if it has.</summary>
    public void RegisterOnMemberRemoved(Action callback)
    {
        lock (_lock)
        {
            if (!_isTerminated)
            {
                _onRemoved.Add(callback);
                return;
            }
        }
        callback();
    }

    /// <summary>Whether the system's provider is the cluster's.</summary>
    internal static bool IsProvidedBy(Settings settings) => settings.ProviderClass is "cluster" or "Akka.Cluster.ClusterActorRefProvider, Akka.Cluster";

    internal void StateChanged(ClusterEvent.CurrentClusterState state) => _state = state;

    internal void Happened(ClusterEvent.IClusterDomainEvent happened)
    {
        if (happened is not ClusterEvent.MemberUp { Member.UniqueAddress: var node } || !node.Equals(SelfUniqueAddress))
            return;
        lock (_lock)
            _wasUp = true;
        _up.TrySetResult();
        RunAll(_onUp, "when the member is up");
    }

    internal void SelfExiting()
    {
        _exiting.TrySetResult();
        _ = CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
    }

    internal void Stopped(MemberStatus previousStatus)
    {
        Terminate();
        if (previousStatus == MemberStatus.Down && Settings.RunCoordinatedShutdownWhenDown)
            _ = CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
    }

    internal void DaemonStopped() => Terminate();

    private void Terminate()
    {
        lock (_lock)
            _isTerminated = true;
        _exiting.TrySetResult();
        _stopped.TrySetResult();
        _up.TrySetException(new ClusterJoinFailedException("The node was removed before it was up"));
        _ = _up.Task.Exception;
        RunAll(_onRemoved, "when the member is removed");
    }

    private async Task WhenUp(CancellationToken token)
    {
        try
        {
            await _up.Task.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new ClusterJoinFailedException("Cancelled before the node was up");
        }
    }

    private void RunAll(List<Action> actions, string when)
    {
        List<Action> taken;
        lock (_lock)
        {
            taken = [.. actions];
            actions.Clear();
        }
        foreach (var action in taken)
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                System.Log.Error(e, "{0}", $"An action that was registered to run {when} has failed");
            }
        }
    }

    private void AddShutdownTasks(CoordinatedShutdown shutdown)
    {
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave", async () =>
        {
            if (!_isTerminated)
            {
                Leave(SelfAddress);
                await _exiting.Task.ConfigureAwait(false);
            }
            return Done.Instance;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExitingDone, "exiting-completed", async () =>
        {
            if (!_isTerminated && _exiting.Task.IsCompleted)
            {
                _daemon.Tell(MembershipInput.ExitingCompleted.Instance, ActorRefs.NoSender);
                await _stopped.Task.ConfigureAwait(false);
            }
            return Done.Instance;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "stop-cluster", () =>
        {
            System.Stop(_daemon);
            return Task.FromResult(Done.Instance);
        });
    }
}

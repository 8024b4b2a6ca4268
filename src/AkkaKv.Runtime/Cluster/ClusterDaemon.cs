using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// The host of the <see cref="MembershipMachine"/>, at <c>/system/cluster</c>: turns messages and time into its inputs and performs its
/// effects. It decides nothing.
/// </summary>
internal sealed class ClusterDaemon : UntypedActor
{
    public const string Name = "cluster";

    private readonly Cluster _cluster;
    private readonly RemoteActorRefProvider _provider;
    private readonly MembershipMachine _machine;
    private readonly ClusterSubscriptions _subscriptions;
    private readonly ILoggingAdapter _log = Logging.GetLogger(Context.System, "Cluster");
    private readonly List<MembershipEffect> _outbox = [];
    private readonly Dictionary<Address, IActorRef> _daemons = [];
    private ICancelable? _tick;
    private long _tickAt = long.MaxValue;

    public ClusterDaemon(Cluster cluster, RemoteActorRefProvider provider)
    {
        _cluster = cluster;
        _provider = provider;
        _machine = new MembershipMachine(cluster.SelfUniqueAddress, cluster.Settings.Membership, seed: (ulong)provider.Uid);
        _subscriptions = new ClusterSubscriptions(() => cluster.State);
    }

    /// <summary>Time has passed.</summary>
    internal sealed record TickDue
    {
        public static readonly TickDue Instance = new();
    }

    /// <summary>A user wants events.</summary>
    internal sealed record Subscribe(IActorRef Subscriber, ClusterEvent.SubscriptionInitialStateMode Mode, ImmutableHashSet<Type> To);

    /// <summary>A user wants no events, or none of a type.</summary>
    internal sealed record Unsubscribe(IActorRef Subscriber, Type? From);

    /// <summary>A user wants the state once.</summary>
    internal sealed record SendCurrentState(IActorRef Receiver);

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));

    protected override void PostStop()
    {
        _tick?.Cancel();
        Context.System.EventStream.Unsubscribe(Self);
        _cluster.DaemonStopped();
    }

    /// <summary>A failure in here is a defect. The state is gone with the old instance, so this node ends its membership rather than act on nothing.</summary>
    protected override void PostRestart(Exception reason)
    {
        _log.Error(reason, "{0}", $"Cluster Node [{_cluster.SelfAddress}] - the cluster's daemon has failed; this node leaves the cluster");
        Context.Stop(Self);
        _cluster.Stopped(MemberStatus.Down);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterMessage received:
                Step(new MembershipInput.Received(received));
                break;
            case TickDue:
                _tickAt = long.MaxValue;
                Step(MembershipInput.Tick.Instance);
                break;
            case MembershipInput input:
                Step(input);
                break;
            case ThisActorSystemQuarantinedEvent quarantined:
                Step(new MembershipInput.QuarantinedBy(quarantined.RemoteAddress));
                break;
            case Subscribe subscribe:
                Context.Watch(subscribe.Subscriber);
                _subscriptions.Add(subscribe.Subscriber, subscribe.Mode, subscribe.To);
                break;
            case Unsubscribe unsubscribe:
                if (_subscriptions.Remove(unsubscribe.Subscriber, unsubscribe.From))
                    Context.Unwatch(unsubscribe.Subscriber);
                break;
            case Terminated terminated:
                _subscriptions.Remove(terminated.ActorRef, type: null);
                break;
            case SendCurrentState send:
                send.Receiver.Tell(_cluster.State, Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Step(MembershipInput input)
    {
        _outbox.Clear();
        _machine.Step(Environment.TickCount64, input, _outbox);
        foreach (var effect in _outbox)
            Perform(effect);
        ScheduleTick();
    }

    private void Perform(MembershipEffect effect)
    {
        switch (effect)
        {
            case MembershipEffect.Send send:
                DaemonAt(send.To).Tell(send.Message, ActorRefs.NoSender);
                break;
            case MembershipEffect.StateChanged changed:
                _cluster.StateChanged(changed.State);
                break;
            case MembershipEffect.Publish { Event: var happened }:
                if (_cluster.Settings.LogInfo && happened is not ClusterEvent.RoleLeaderChanged)
                    _log.Info("{0}", $"Cluster Node [{_cluster.SelfAddress}] - {happened}");
                if (happened is ClusterEvent.MemberRemoved { Member.UniqueAddress: var gone } && !gone.Equals(_cluster.SelfUniqueAddress))
                {
                    _provider.Watcher.AddressTerminated(gone.Address, gone.Uid);
                    _daemons.Remove(gone.Address);
                }
                _subscriptions.Publish(happened);
                _cluster.Happened(happened);
                break;
            case MembershipEffect.Quarantine quarantine:
                _provider.Quarantine(quarantine.Node.Address, quarantine.Node.Uid, quarantine.Reason);
                break;
            case MembershipEffect.SelfExiting:
                _cluster.SelfExiting();
                break;
            case MembershipEffect.Stopped stopped:
                _cluster.Stopped(stopped.PreviousStatus);
                break;
            case MembershipEffect.Log { Warning: var warning, Text: var text }:
                if (warning)
                    _log.Warning("{0}", $"Cluster Node [{_cluster.SelfAddress}] - {text}");
                else if (_cluster.Settings.LogInfo)
                    _log.Info("{0}", $"Cluster Node [{_cluster.SelfAddress}] - {text}");
                break;
        }
    }

    private IActorRef DaemonAt(Address address)
    {
        if (!_daemons.TryGetValue(address, out var daemon))
            _daemons[address] = daemon = _provider.ResolveActorRef(new RootActorPath(address) / "system" / Name);
        return daemon;
    }

    private void ScheduleTick()
    {
        var deadline = _machine.NextDeadline;
        if (deadline == _tickAt)
            return;
        _tick?.Cancel();
        _tick = null;
        _tickAt = deadline;
        if (deadline == long.MaxValue)
            return;
        var delay = TimeSpan.FromMilliseconds(Math.Max(1, deadline - Environment.TickCount64));
        _tick = Context.System.Scheduler.ScheduleTellOnceCancelable(delay, Self, TickDue.Instance, Self);
    }
}

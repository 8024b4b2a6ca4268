using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;

namespace Akka.Cluster;

/// <summary>Who gets which of the cluster's events.</summary>
internal sealed class ClusterSubscriptions(Func<ClusterEvent.CurrentClusterState> state)
{
    private readonly Dictionary<IActorRef, ImmutableHashSet<Type>> _subscribers = [];

    /// <summary>
    /// Tells the subscriber the present state, as one message or as the events that lead to it, and every event of the types from now on.
    /// </summary>
    public void Add(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode mode, ImmutableHashSet<Type> to)
    {
        if (mode == ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot)
        {
            subscriber.Tell(state(), ActorRefs.NoSender);
        }
        else
        {
            foreach (var happened in ClusterView.Changes(ClusterView.Empty, state()).Where(e => Wants(to, e)))
                subscriber.Tell(happened, ActorRefs.NoSender);
        }
        _subscribers[subscriber] = _subscribers.TryGetValue(subscriber, out var types) ? types.Union(to) : to;
    }

    /// <summary>Ends a subscription, or the part of it for one type. True when nothing of it is left.</summary>
    public bool Remove(IActorRef subscriber, Type? type)
    {
        if (type is not null && _subscribers.TryGetValue(subscriber, out var types) && types.Remove(type) is { IsEmpty: false } rest)
        {
            _subscribers[subscriber] = rest;
            return false;
        }
        return _subscribers.Remove(subscriber);
    }

    public void Publish(ClusterEvent.IClusterDomainEvent happened)
    {
        foreach (var (subscriber, types) in _subscribers)
        {
            if (Wants(types, happened))
                subscriber.Tell(happened, ActorRefs.NoSender);
        }
    }

    private static bool Wants(ImmutableHashSet<Type> types, object happened) => types.Any(t => t.IsInstanceOfType(happened));
}

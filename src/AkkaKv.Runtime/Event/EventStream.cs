using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// Publishes objects to the actors that subscribed to their type, a base type or an interface of it. A publication reads one
/// snapshot without a lock; subscribing copies.
/// </summary>
public abstract class LoggingBus
{
    private readonly Lock _lock = new();
    private volatile Snapshot _snapshot = new([]);

    private protected LoggingBus()
    {
    }

    /// <summary>The level from which on entries are published.</summary>
    public LogLevel LogLevel { get; private set; } = LogLevel.DebugLevel;

    /// <summary>Sets the level, for all loggers that were started from the configuration.</summary>
    public virtual void SetLogLevel(LogLevel logLevel) => LogLevel = logLevel;

    /// <summary>Subscribes an actor to a type; false if it was already.</summary>
    public virtual bool Subscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_lock)
        {
            var present = _snapshot.Subscriptions;
            if (present.Contains((subscriber, classifier))) return false;
            _snapshot = new Snapshot([.. present, (subscriber, classifier)]);
            return true;
        }
    }

    /// <summary>Ends a subscription; false if there was none.</summary>
    public virtual bool Unsubscribe(IActorRef subscriber, Type classifier) => Remove(s => s.Channel == classifier && s.Subscriber.Equals(subscriber));

    /// <summary>Ends all subscriptions of an actor; false if there was none.</summary>
    public virtual bool Unsubscribe(IActorRef subscriber) => Remove(s => s.Subscriber.Equals(subscriber));

    /// <summary>Sends <paramref name="event"/> to all that subscribed to its type.</summary>
    public virtual void Publish(object @event)
    {
        var ended = false;
        foreach (var subscriber in _snapshot.SubscribersOf(@event.GetType()))
        {
            if (subscriber is IInternalActorRef { IsLocal: true, IsTerminated: true }) ended = true;
            else subscriber.Tell(@event, ActorRefs.NoSender);
        }
        if (ended) Remove(s => s.Subscriber is IInternalActorRef { IsLocal: true, IsTerminated: true });
    }

    /// <summary>True if somebody subscribed to <paramref name="type"/>.</summary>
    internal bool HasSubscribers(Type type) => _snapshot.SubscribersOf(type).Length > 0;

    private bool Remove(Func<(IActorRef Subscriber, Type Channel), bool> which)
    {
        lock (_lock)
        {
            var present = _snapshot.Subscriptions;
            var kept = present.Where(s => !which(s)).ToArray();
            if (kept.Length == present.Length) return false;
            _snapshot = new Snapshot(kept);
            return true;
        }
    }

    /// <summary>
    /// The subscriptions at one time, with what was found out from them. What a publisher finds out belongs to the snapshot it read, so
    /// that it cannot be taken for true of a later one.
    /// </summary>
    private sealed class Snapshot((IActorRef Subscriber, Type Channel)[] subscriptions)
    {
        private readonly ConcurrentDictionary<Type, IActorRef[]> _subscribersOf = new();

        public (IActorRef Subscriber, Type Channel)[] Subscriptions { get; } = subscriptions;

        public IActorRef[] SubscribersOf(Type type) => _subscribersOf.GetOrAdd(
            type,
            static (t, all) => all.Where(s => s.Channel.IsAssignableFrom(t)).Select(s => s.Subscriber).Distinct().ToArray(),
            Subscriptions);
    }
}

/// <summary>The event stream of a system.</summary>
public class EventStream : LoggingBus
{
    private LoggerRegistry? _loggers;

    /// <summary>Creates an event stream.</summary>
    public EventStream(bool debug)
    {
    }

    /// <inheritdoc/>
    public override void SetLogLevel(LogLevel logLevel)
    {
        base.SetLogLevel(logLevel);
        _loggers?.Subscribe(logLevel);
    }

    /// <summary>Logs to the console until the configured loggers run.</summary>
    public void StartStdoutLogger(Settings config)
    {
        _loggers = new LoggerRegistry(this, config);
        _loggers.StartConsole();
    }

    internal void StartDefaultLoggers(ActorSystemImpl system) => _loggers!.StartConfigured(system);

    internal void StopLoggers() => _loggers?.Stop();
}

/// <summary>Typed forms.</summary>
public static class EventStreamExtensions
{
    /// <summary>Subscribes an actor to a type.</summary>
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TChannel));

    /// <summary>Ends a subscription.</summary>
    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TChannel));
}

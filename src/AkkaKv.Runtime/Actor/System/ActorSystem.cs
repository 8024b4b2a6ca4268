using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors with the parts they share: dispatchers, scheduler, event stream, extensions.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private protected ActorSystem()
    {
    }

    /// <summary>The settings.</summary>
    public abstract Settings Settings { get; }

    /// <summary>The name.</summary>
    public abstract string Name { get; }

    /// <summary>Serializers by type.</summary>
    public abstract Serialization.Serialization Serialization { get; }

    /// <summary>Publishes events, log entries and dead letters to whoever subscribes.</summary>
    public abstract EventStream EventStream { get; }

    /// <summary>Takes what cannot be delivered.</summary>
    public abstract IActorRef DeadLetters { get; }

    /// <summary>The dispatchers.</summary>
    public abstract Dispatchers Dispatchers { get; }

    /// <summary>The mailbox types.</summary>
    public abstract Mailboxes Mailboxes { get; }

    /// <summary>Sends messages later.</summary>
    public abstract IScheduler Scheduler { get; }

    /// <summary>The system's log.</summary>
    public abstract ILoggingAdapter Log { get; }

    /// <summary>When the system was started, on the monotonic clock.</summary>
    public abstract TimeSpan StartTime { get; }

    /// <summary>For how long the system has been running.</summary>
    public TimeSpan Uptime => SchedulerBase.Monotonic() - StartTime;

    /// <summary>Ends when the system has ended.</summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>Starts a system.</summary>
    /// <exception cref="ArgumentException">The name may contain only letters, digits and hyphens, and must not start with a hyphen.</exception>
    /// <exception cref="ConfigurationException">A setting is wrong.</exception>
    public static ActorSystem Create(string name, Config config)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name[0] == '-' || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"Invalid ActorSystem name [{name}]: it may contain only letters, digits and hyphens, and must not start with a hyphen.", nameof(name));
        return new ActorSystemImpl(name, config).Start();
    }

    /// <summary>Starts a system with the reference configuration.</summary>
    public static ActorSystem Create(string name) => Create(name, ConfigurationFactory.Load());

    /// <inheritdoc/>
    public abstract IActorRef ActorOf(Props props, string? name = null);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(string actorPath);

    /// <summary>Stops an actor.</summary>
    public abstract void Stop(IActorRef actor);

    /// <summary>Ends the system: first the phases of <see cref="CoordinatedShutdown"/>, then all actors.</summary>
    public abstract Task Terminate();

    /// <summary>Runs an action when the system has ended; the last one added runs first.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Makes an extension unless the system has it.</summary>
    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>An extension that the system has.</summary>
    public abstract object GetExtension(IExtensionId extensionId);

    /// <summary>An extension that the system has.</summary>
    public abstract T GetExtension<T>() where T : class, IExtension;

    /// <summary>True if the system has the extension.</summary>
    public abstract bool HasExtension<T>() where T : class, IExtension;

    /// <summary>The extension, if the system has it.</summary>
    public abstract bool TryGetExtension<T>(out T? extension) where T : class, IExtension;

    /// <summary>Ends the system without waiting.</summary>
    public void Dispose()
    {
        Terminate();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The system as extensions see it.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    private protected ExtendedActorSystem()
    {
    }

    /// <summary>Creates an actor below <c>/system</c>; it outlives the user's actors.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);
}

using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>The parts of an actor system that a dispatcher may need.</summary>
public interface IDispatcherPrerequisites
{
    /// <summary>The event stream.</summary>
    EventStream EventStream { get; }

    /// <summary>The scheduler.</summary>
    IScheduler Scheduler { get; }

    /// <summary>The settings.</summary>
    Settings Settings { get; }

    /// <summary>The mailbox types.</summary>
    Mailboxes Mailboxes { get; }
}

/// <summary>The parts of an actor system that a dispatcher may need.</summary>
public sealed class DefaultDispatcherPrerequisites(EventStream eventStream, IScheduler scheduler, Settings settings, Mailboxes mailboxes) : IDispatcherPrerequisites
{
    /// <inheritdoc/>
    public EventStream EventStream { get; } = eventStream;

    /// <inheritdoc/>
    public IScheduler Scheduler { get; } = scheduler;

    /// <inheritdoc/>
    public Settings Settings { get; } = settings;

    /// <inheritdoc/>
    public Mailboxes Mailboxes { get; } = mailboxes;
}

/// <summary>
/// Makes the dispatcher of one section of the configuration. The section's <c>type</c> names the configurator; one's own needs a
/// public constructor with these two parameters.
/// </summary>
public abstract class MessageDispatcherConfigurator
{
    /// <summary>Creates the configurator.</summary>
    protected MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    /// <summary>The dispatcher's section, with the default dispatcher's settings behind it.</summary>
    public Config Config { get; private set; }

    /// <summary>The parts of the system.</summary>
    public IDispatcherPrerequisites Prerequisites { get; private set; }

    /// <summary>The dispatcher: the same one for each actor, or a new one each time.</summary>
    public abstract MessageDispatcher Dispatcher();
}

using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>
/// Makes the message queues of actors. Named by <c>mailbox-type</c> in the configuration; a type of one's own needs a public
/// constructor with these two parameters.
/// </summary>
public abstract class MailboxType
{
    /// <summary>The mailbox's section of the configuration.</summary>
    protected readonly Config Config;

    /// <summary>The system's settings.</summary>
    protected readonly Settings Settings;

    /// <summary>Creates the type.</summary>
    protected MailboxType(Settings settings, Config config)
    {
        Settings = settings;
        Config = config;
    }

    /// <summary>Makes the queue for <paramref name="owner"/>.</summary>
    public abstract IMessageQueue Create(IActorRef owner, ActorSystem system);
}

/// <summary>The default: a queue without a limit.</summary>
public sealed class UnboundedMailbox(Settings settings, Config config) : MailboxType(settings, config)
{
    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedMessageQueue();
}

/// <summary>A queue without a limit. Every mailbox of this runtime can be unstashed to, so it equals <see cref="UnboundedMailbox"/>.</summary>
public sealed class UnboundedDequeBasedMailbox(Settings settings, Config config) : MailboxType(settings, config)
{
    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedMessageQueue();
}

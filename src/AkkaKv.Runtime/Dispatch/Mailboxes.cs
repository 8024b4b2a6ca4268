using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary>The mailbox types of a system, by their path in the configuration.</summary>
public class Mailboxes
{
    /// <summary>The default mailbox.</summary>
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";

    private readonly ActorSystem _system;
    private readonly ConcurrentDictionary<string, MailboxType> _types = new();

    /// <summary>Creates the registry of a system.</summary>
    public Mailboxes(ActorSystem system) => _system = system;

    /// <summary>The mailbox type configured at <paramref name="path"/>.</summary>
    /// <exception cref="ConfigurationException">There is none, or its <c>mailbox-type</c> is not one.</exception>
    public MailboxType Lookup(string path) => _types.GetOrAdd(path, Make);

    private MailboxType Make(string path)
    {
        var settings = _system.Settings;
        var section = settings.Config.GetConfig(path) ?? throw new ConfigurationException($"{path}: there is no such mailbox.");
        var config = section.WithFallback(settings.Config.GetConfig(DefaultMailboxId) ?? Config.Empty);
        var typeName = config.GetString("mailbox-type") ?? "";
        var type = TypeNames.Find(typeName, typeof(MailboxType)) ?? throw new ConfigurationException($"{path}.mailbox-type: '{typeName}' is not a mailbox type.");
        return (MailboxType)Activator.CreateInstance(type, settings, config)!;
    }
}

/// <summary>Takes the messages that are left when an actor stops.</summary>
internal sealed class DeadLetterQueue(IActorRef deadLetters, Event.EventStream eventStream) : IMessageQueue
{
    public bool HasMessages => false;

    public int Count => 0;

    public IActorRef DeadLetters { get; } = deadLetters;

    public void Enqueue(IActorRef receiver, Envelope envelope) =>
        EmptyLocalActorRef.PublishDead(envelope.Message, envelope.Sender, receiver, eventStream);

    public bool TryDequeue(out Envelope envelope)
    {
        envelope = default;
        return false;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
    }
}

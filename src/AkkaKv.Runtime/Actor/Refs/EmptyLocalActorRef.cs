using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The reference of a path where no actor lives: messages become dead letters, a watch is answered at once.</summary>
internal class EmptyLocalActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream) : MinimalActorRef
{
    public override ActorPath Path { get; } = path;

    public override IActorRefProvider Provider { get; } = provider;

    public override bool IsTerminated => true;

    public override void SendSystemMessage(SystemMessage message) => HandleDead(message, this);

    /// <summary>What a system message to an actor that is gone leads to.</summary>
    internal static void HandleDead(SystemMessage message, IActorRef dead)
    {
        if (message is Watch watch && !watch.Watcher.Equals(dead))
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
    }

    /// <summary>Turns a message to nobody into a dead letter, after answering what can be answered.</summary>
    internal static void PublishDead(object message, IActorRef? sender, IActorRef recipient, EventStream eventStream)
    {
        switch (message)
        {
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
                break;
            case ActorSelectionMessage { Message: Identify identify }:
                sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
                break;
            case ActorSelectionMessage selection:
                PublishDead(selection.Message, sender, recipient, eventStream);
                break;
            case DeadLetter:
                eventStream.Publish(message);
                break;
            case IDeadLetterSuppression suppressed:
                eventStream.Publish(new SuppressedDeadLetter(suppressed, sender ?? Nobody.Instance, recipient));
                break;
            default:
                eventStream.Publish(new DeadLetter(message, sender ?? Nobody.Instance, recipient));
                break;
        }
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (message is null) throw new InvalidMessageException("A message must not be null.");
        PublishDead(message, sender, this, eventStream);
    }
}

/// <summary>Where messages go that cannot be delivered: they are published as <see cref="DeadLetter"/>.</summary>
internal sealed class DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream) : EmptyLocalActorRef(provider, path, eventStream);

using Akka.Actor;

namespace Akka.Event;

/// <summary>A message that could not be delivered.</summary>
public abstract class AllDeadLetters
{
    private protected AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
    {
        Message = message;
        Sender = sender;
        Recipient = recipient;
    }

    /// <summary>The message.</summary>
    public object Message { get; }

    /// <summary>For whom it was.</summary>
    public IActorRef Recipient { get; }

    /// <summary>Who sent it.</summary>
    public IActorRef Sender { get; }
}

/// <summary>A message that could not be delivered, published on the event stream.</summary>
public sealed class DeadLetter(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient)
{
    /// <inheritdoc/>
    public override string ToString() => $"DeadLetter from {Sender} to {Recipient}: <{Message}>";
}

/// <summary>A message that could not be delivered and that nobody usually wants to hear of.</summary>
public sealed class SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);

/// <summary>Marks messages that are not worth mentioning when they cannot be delivered.</summary>
public interface IDeadLetterSuppression;

/// <summary>A message that an actor did not handle, published on the event stream.</summary>
public sealed class UnhandledMessage(object message, IActorRef sender, IActorRef recipient)
{
    /// <summary>The message.</summary>
    public object Message { get; } = message;

    /// <summary>Who sent it.</summary>
    public IActorRef Sender { get; } = sender;

    /// <summary>Who did not handle it.</summary>
    public IActorRef Recipient { get; } = recipient;
}

/// <summary>Logs dead letters, as many as <c>akka.log-dead-letters</c> says.</summary>
public class DeadLetterListener : ActorBase
{
    private int _count;

    /// <inheritdoc/>
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        if (message is not DeadLetter dead) return false;
        var settings = Context.System.Settings;
        if (!settings.LogDeadLettersDuringShutdown && CoordinatedShutdown.Get(Context.System).ShutdownReason is not null) return true;
        _count++;
        var silent = settings.LogDeadLetters != int.MaxValue && _count >= settings.LogDeadLetters ? " No more dead letters will be logged." : "";
        Context.GetLogger().Info("Message [{0}] from {1} to {2} was not delivered. [{3}] dead letters encountered.{4}",
            dead.Message.GetType().Name, dead.Sender, dead.Recipient, _count, silent);
        if (silent.Length > 0) Context.Stop(Self);
        return true;
    }
}

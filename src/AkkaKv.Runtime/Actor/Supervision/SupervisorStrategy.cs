using Akka.Event;

namespace Akka.Actor;

/// <summary>What a supervisor does about a failed child.</summary>
public enum Directive
{
    /// <summary>Goes on with the same instance; the message that failed is lost.</summary>
    Resume,

    /// <summary>Goes on with a new instance; the mailbox stays.</summary>
    Restart,

    /// <summary>Fails itself with the child's failure.</summary>
    Escalate,

    /// <summary>Stops the child.</summary>
    Stop,
}

/// <summary>How an actor handles the failures of its children.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Restart on any exception; stop a child that cannot be created, is killed or breaks a death pact.</summary>
    public static readonly IDecider DefaultDecider = Akka.Actor.Decider.From(
        Directive.Restart,
        Directive.Stop.When<ActorInitializationException>(),
        Directive.Stop.When<ActorKilledException>(),
        Directive.Stop.When<DeathPactException>());

    /// <summary>One for one with <see cref="DefaultDecider"/>, without limits.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops every child that fails.</summary>
    public static readonly OneForOneStrategy StoppingStrategy = new(_ => Directive.Stop);

    private protected SupervisorStrategy()
    {
    }

    /// <summary>Decides by the exception.</summary>
    public abstract IDecider Decider { get; }

    /// <summary>True if handled failures are logged.</summary>
    protected bool LoggingEnabled { get; private protected init; } = true;

    /// <summary>The directive for a failure.</summary>
    protected abstract Directive Handle(IActorRef child, Exception exception);

    /// <summary>Acts on a failure; false if it is to be escalated.</summary>
    internal bool HandleFailure(ActorCell cell, ChildStats failed, Exception cause)
    {
        var directive = Handle(failed.Child, cause);
        Log(cell, failed.Child, cause, directive);
        switch (directive)
        {
            case Directive.Resume:
                failed.Child.Resume(cause);
                return true;
            case Directive.Restart:
                Apply(cell, restart: true, failed, cause);
                return true;
            case Directive.Stop:
                Apply(cell, restart: false, failed, cause);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A child has stopped.</summary>
    internal virtual void HandleChildTerminated(IActorContext context, IActorRef child, IReadOnlyCollection<IActorRef> children)
    {
    }

    private protected abstract void Apply(ActorCell cell, bool restart, ChildStats failed, Exception cause);

    private void Log(ActorCell cell, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled || directive == Directive.Escalate) return;
        var message = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        LogEvent entry = directive == Directive.Resume
            ? new Warning(child.Path.ToString(), GetType(), message)
            : new Error(cause, child.Path.ToString(), GetType(), message);
        cell.SystemImpl.EventStream.Publish(entry);
    }
}

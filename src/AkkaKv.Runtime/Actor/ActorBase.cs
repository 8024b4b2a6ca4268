using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// An actor: state that only its own code touches, one message at a time. Derive from <see cref="ReceiveActor"/> or
/// <see cref="UntypedActor"/>. Instances are made by the runtime only, from <see cref="Props"/>.
/// </summary>
public abstract class ActorBase
{
    [ThreadStatic]
    private static ActorCell? _creating;

    private SupervisorStrategy? _supervision;

    /// <summary>Takes the context of the actor that is being created on this thread.</summary>
    /// <exception cref="ActorInitializationException">The instance is made by hand.</exception>
    protected ActorBase()
    {
        Cell = _creating ?? throw new ActorInitializationException(
            $"An instance of {GetType()} cannot be made with 'new'. Make the actor with ActorOf and Props.");
        _creating = null;
        Cell.Behaviors.Reset(Receive);
    }

    /// <summary>The actor's surroundings; only while the actor's code runs.</summary>
    protected static IActorContext Context => ActorCell.Current
        ?? throw new NotSupportedException("There is no active actor context: this code does not run in an actor's turn, for instance after an await that left it.");

    /// <summary>This actor.</summary>
    protected IActorRef Self => Cell.Self;

    /// <summary>The sender of the message that is being handled; dead letters if it has none.</summary>
    protected IActorRef Sender => Cell.Sender;

    /// <summary>A behaviour that handles nothing.</summary>
    protected static Receive EmptyReceive => static _ => false;

    internal ActorCell Cell { get; }

    internal SupervisorStrategy Supervision
    {
        get => _supervision ??= SupervisorStrategy();
        set => _supervision = value;
    }

    internal static ActorBase CreateFor(ActorCell cell)
    {
        var outer = _creating;
        _creating = cell;
        try
        {
            var instance = cell.Props.NewActor();
            if (!ReferenceEquals(instance.Cell, cell))
                throw new ActorInitializationException(cell.Self, $"Props gave an instance of {instance.GetType()} that belongs to another actor; it must make a new one each time.");
            (instance as Internal.IInitializableActor)?.Init();
            return instance;
        }
        finally
        {
            _creating = outer;
        }
    }

    /// <summary>Handles a message; false if it is not for this actor.</summary>
    protected abstract bool Receive(object message);

    /// <summary>Around every message: calls the behaviour, and <see cref="Unhandled"/> if it declines.</summary>
    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message)) return true;
        Unhandled(message);
        return false;
    }

    /// <summary>
    /// For a message that no behaviour handled: publishes <see cref="UnhandledMessage"/>; the death of a watched actor is thrown
    /// as <see cref="DeathPactException"/>.
    /// </summary>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
        Cell.SystemImpl.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Replaces the current behaviour.</summary>
    protected void Become(Receive receive) => Context.Become(receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    /// <summary>Goes back to the behaviour below.</summary>
    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    /// <summary>Sets or, with null, ends the receive timeout.</summary>
    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    /// <summary>How failures of children are handled; asked once for each instance.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.DefaultStrategy;

    /// <summary>Around <see cref="PreStart"/>.</summary>
    protected internal virtual void AroundPreStart() => PreStart();

    /// <summary>Before the first message of the first instance.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Around <see cref="PostStop"/>.</summary>
    protected internal virtual void AroundPostStop() => PostStop();

    /// <summary>After the last message.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>Around <see cref="PreRestart"/>.</summary>
    protected internal virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);

    /// <summary>On the failed instance, before it is replaced. Stops all children and calls <see cref="PostStop"/>.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren().ToList())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }
        PostStop();
    }

    /// <summary>Around <see cref="PostRestart"/>.</summary>
    protected internal virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    /// <summary>On the new instance. Calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();
}

using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>A behaviour: takes a message and says whether it handled it.</summary>
public delegate bool Receive(object message);

/// <summary>A behaviour that handles every message it is given.</summary>
public delegate void UntypedReceive(object message);

/// <summary>Creates actors and finds them.</summary>
public interface IActorRefFactory
{
    /// <summary>Creates an actor; without a name it gets a generated one.</summary>
    /// <exception cref="InvalidActorNameException">The name is malformed or taken.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    /// <summary>A selection of the actors at a path.</summary>
    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>A selection by an absolute, relative (<c>../sibling</c>) or wildcard path.</summary>
    ActorSelection ActorSelection(string actorPath);
}

/// <summary>Watching other actors' lives.</summary>
public interface ICanWatch
{
    /// <summary>Asks for a <see cref="Terminated"/> when the subject stops; at once if it already has.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>As <see cref="Watch"/>, with a message of one's own.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Takes the wish back; a notice already in the mailbox is dropped.</summary>
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>An actor's surroundings. Only for use by the actor's own code while it handles a message.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    /// <summary>The actor.</summary>
    IActorRef Self { get; }

    /// <summary>What the actor was made from.</summary>
    Props Props { get; }

    /// <summary>The sender of the message that is being handled; dead letters if it has none.</summary>
    IActorRef Sender { get; }

    /// <summary>The system.</summary>
    ActorSystem System { get; }

    /// <summary>The supervisor.</summary>
    IActorRef Parent { get; }

    /// <summary>The dispatcher that runs the actor.</summary>
    MessageDispatcher Dispatcher { get; }

    /// <summary>After how long without a message the actor gets <see cref="Actor.ReceiveTimeout"/>; null for never.</summary>
    TimeSpan? ReceiveTimeout { get; }

    /// <summary>Replaces the current behaviour.</summary>
    void Become(Receive receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    void BecomeStacked(Receive receive);

    /// <summary>Goes back to the behaviour below.</summary>
    void UnbecomeStacked();

    /// <summary>The child of that name, or nobody.</summary>
    IActorRef Child(string name);

    /// <summary>All children that have not stopped.</summary>
    IEnumerable<IActorRef> GetChildren();

    /// <summary>Sets or, with null, ends the receive timeout.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops a child or the actor itself; messages not yet handled become dead letters.</summary>
    void Stop(IActorRef child);
}

/// <summary>The context of an <see cref="UntypedActor"/>.</summary>
public interface IUntypedActorContext : IActorContext
{
    /// <summary>Replaces the current behaviour.</summary>
    void Become(UntypedReceive receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    void BecomeStacked(UntypedReceive receive);
}

/// <summary>Shorter forms of <see cref="IActorRefFactory"/>.</summary>
public static class ActorRefFactoryExtensions
{
    /// <summary>Creates an actor of a type with a constructor without parameters.</summary>
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string? name = null) where TActor : ActorBase, new() =>
        factory.ActorOf(Props.Create<TActor>(), name);

    /// <summary>A selection relative to <paramref name="anchorRef"/>.</summary>
    public static ActorSelection ActorSelection(this IActorRefFactory factory, IActorRef anchorRef, string actorPath) =>
        ActorRefFactoryShared.ActorSelection(anchorRef, actorPath);
}

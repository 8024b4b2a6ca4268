using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>
/// A message between cells about the life of actors. They have a queue of their own in each mailbox and overtake ordinary
/// messages. An instance is sent to one receiver only: the queue links the messages themselves.
/// </summary>
internal abstract class SystemMessage
{
    /// <summary>The next one in the receiver's queue.</summary>
    internal SystemMessage? Next;
}

/// <summary>Makes the actor; the first message of every cell.</summary>
internal sealed class Create : SystemMessage;

/// <summary>Replaces the actor's instance after a failure.</summary>
internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause { get; } = cause;
}

/// <summary>Stops the handling of ordinary messages, in the actor and its children.</summary>
internal sealed class Suspend : SystemMessage;

/// <summary>Takes up the handling of ordinary messages again.</summary>
internal sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    public Exception? CausedByFailure { get; } = causedByFailure;
}

/// <summary>Stops the actor.</summary>
internal sealed class Terminate : SystemMessage;

/// <summary>The watcher wants to know when the watchee stops.</summary>
internal sealed class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;

    public IInternalActorRef Watcher { get; } = watcher;
}

/// <summary>The watcher does not want to know any more.</summary>
internal sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;

    public IInternalActorRef Watcher { get; } = watcher;
}

/// <summary>To watchers and the parent: the actor has stopped.</summary>
internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated) : SystemMessage
{
    public IActorRef Actor { get; } = actor;

    public bool ExistenceConfirmed { get; } = existenceConfirmed;

    public bool AddressTerminated { get; } = addressTerminated;
}

/// <summary>To the supervisor: the child has failed and is suspended until it is told what to do.</summary>
internal sealed class Failed(IActorRef child, Exception cause, long uid) : SystemMessage
{
    public IActorRef Child { get; } = child;

    public Exception Cause { get; } = cause;

    public long Uid { get; } = uid;
}

/// <summary>To the actor itself: a continuation of an asynchronous handler is to run, or the handler has ended.</summary>
internal sealed class ActorTaskMessage(Action run) : SystemMessage
{
    public Action Run { get; } = run;
}

/// <summary>To the system guardian, from a system actor that has work to do before the system ends.</summary>
internal sealed class RegisterTerminationHook
{
    public static RegisterTerminationHook Instance { get; } = new();
}

/// <summary>To those registered: the user's actors have stopped; answer <see cref="TerminationHookDone"/> when finished.</summary>
internal sealed class TerminationHook
{
    public static TerminationHook Instance { get; } = new();
}

/// <summary>To the system guardian: the work before the end is done.</summary>
internal sealed class TerminationHookDone
{
    public static TerminationHookDone Instance { get; } = new();
}

using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The supervisor of the root guardian: learns that the tree has ended.</summary>
internal sealed class RootSupervisor(IActorRefProvider provider, EventStream eventStream) : MinimalActorRef
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", provider.DefaultAddress.System), "/");

    public override IActorRefProvider Provider { get; } = provider;

    public Task Ended => _ended.Task;

    public override void SendSystemMessage(SystemMessage message)
    {
        switch (message)
        {
            case Failed failed:
                eventStream.Publish(new Error(failed.Cause, "RootGuardian", GetType(), "The root guardian failed; the actor system ends."));
                ((IInternalActorRef)failed.Child).Stop();
                break;
            case DeathWatchNotification:
                _ended.TrySetResult();
                break;
        }
    }
}

/// <summary>The actor at <c>/</c>. Ends after the system guardian.</summary>
internal sealed class RootGuardianActor : ActorBase
{
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override bool Receive(object message)
    {
        if (message is Terminated) Context.Stop(Self);
        else Context.System.DeadLetters.Tell(message, Sender);
        return true;
    }
}

/// <summary>The actor at <c>/user</c>: the parent of the user's top-level actors.</summary>
internal sealed class UserGuardianActor : ActorBase
{
    protected override bool Receive(object message)
    {
        Context.System.DeadLetters.Tell(message, Sender);
        return true;
    }

    // Its children are not its own work: a restart would lose them.
    protected override void PreRestart(Exception reason, object message)
    {
    }
}

/// <summary>The actor at <c>/system</c>. Ends after the user guardian and after all who registered a termination hook are done.</summary>
internal sealed class SystemGuardianActor(IActorRef userGuardian) : ActorBase
{
    private readonly HashSet<IActorRef> _hooks = [];

    protected override void PreStart() => Context.Watch(userGuardian);

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(userGuardian):
                Context.Become(Ending);
                foreach (var hook in _hooks) hook.Tell(TerminationHook.Instance, Self);
                StopWhenDone();
                break;
            case Terminated terminated:
                _hooks.Remove(terminated.ActorRef);
                break;
            case RegisterTerminationHook:
                _hooks.Add(Sender);
                Context.Watch(Sender);
                break;
            default:
                Context.System.DeadLetters.Tell(message, Sender);
                break;
        }
        return true;
    }

    private bool Ending(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                _hooks.Remove(terminated.ActorRef);
                StopWhenDone();
                break;
            case TerminationHookDone:
                _hooks.Remove(Sender);
                StopWhenDone();
                break;
            default:
                Context.System.DeadLetters.Tell(message, Sender);
                break;
        }
        return true;
    }

    private void StopWhenDone()
    {
        if (_hooks.Count > 0) return;
        ((ActorSystemImpl)Context.System).EventStream.StopLoggers();
        Context.Stop(Self);
    }
}

namespace Akka.Actor;

/// <summary>An actor that gets its messages in one method.</summary>
public abstract class UntypedActor : ActorBase
{
    /// <summary>The actor's surroundings; only while the actor's code runs.</summary>
    protected static new IUntypedActorContext Context => ActorCell.Current
        ?? throw new NotSupportedException("There is no active actor context: this code does not run in an actor's turn, for instance after an await that left it.");

    /// <summary>Handles a message. Calls <see cref="ActorBase.Unhandled"/> for one that is not for this actor.</summary>
    protected abstract void OnReceive(object message);

    /// <inheritdoc/>
    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    /// <summary>Runs work whose continuations belong to this actor; the next message waits for its end.</summary>
    protected void RunTask(Action action) => Cell.Tasks.Run(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>Runs asynchronous work whose continuations belong to this actor; the next message waits for its end.</summary>
    protected void RunTask(Func<Task> action) => Cell.Tasks.Run(action);

    /// <summary>Replaces the current behaviour.</summary>
    protected void Become(UntypedReceive receive) => Context.Become(receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);
}

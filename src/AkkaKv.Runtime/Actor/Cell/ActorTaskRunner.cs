using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Runs an actor's asynchronous handlers. While one is under way ordinary messages wait; its continuations come to the actor as
/// system messages and so run in the actor's turn, with its context and with the sender of the message they belong to.
/// </summary>
internal sealed class ActorTaskRunner : TaskScheduler
{
    private readonly ActorCell _cell;
    private Envelope _envelope;
    private bool _starting;

    public ActorTaskRunner(ActorCell cell) => _cell = cell;

    /// <summary>Starts a handler on the actor's thread.</summary>
    public void Run(Func<Task> handler)
    {
        _envelope = _cell.CurrentEnvelope;
        Task<Task> start;
        var outer = _starting;
        _starting = true;
        try
        {
            start = Task.Factory.StartNew(handler, CancellationToken.None, TaskCreationOptions.None, this);
        }
        finally
        {
            _starting = outer;
        }
        if (start.IsFaulted) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(start.Exception!.InnerException!);
        var handling = start.Result;
        if (handling.IsCompleted)
        {
            handling.GetAwaiter().GetResult();
            return;
        }
        _cell.Mailbox.Suspend();
        handling.ContinueWith(ended => _cell.SendSystemMessage(new ActorTaskMessage(() => End(ended))),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, Default);
    }

    protected override void QueueTask(Task task)
    {
        if (_starting && ReferenceEquals(ActorCell.Current, _cell)) Execute(task);
        else _cell.SendSystemMessage(new ActorTaskMessage(() => Execute(task)));
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(ActorCell.Current, _cell) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void Execute(Task task)
    {
        // A synchronization context of the thread that happens to run the actor must not catch the handler's continuations.
        var foreign = SynchronizationContext.Current;
        if (foreign is not null) SynchronizationContext.SetSynchronizationContext(null);
        var starting = _starting;
        _starting = false;
        if (!starting) _cell.CurrentEnvelope = _envelope;
        try
        {
            TryExecuteTask(task);
        }
        finally
        {
            _starting = starting;
            if (foreign is not null) SynchronizationContext.SetSynchronizationContext(foreign);
        }
    }

    private void End(Task handling)
    {
        _cell.CurrentEnvelope = _envelope;
        _cell.Mailbox.Resume();
        if (handling.IsFaulted) _cell.Lifecycle.HandleFailure(handling.Exception!.InnerExceptions.Count == 1 ? handling.Exception.InnerException! : handling.Exception);
        else if (handling.IsCanceled) _cell.Lifecycle.HandleFailure(new TaskCanceledException(handling));
        else _cell.CurrentEnvelope = default;
    }
}

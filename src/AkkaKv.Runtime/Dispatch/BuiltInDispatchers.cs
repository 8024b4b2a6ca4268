using System.Collections.Concurrent;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Runs mailboxes on the process's thread pool. The default.</summary>
internal sealed class ThreadPoolDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
    protected override void ExecuteTask(IRunnable run) => ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);

    protected override void Shutdown()
    {
    }
}

/// <summary>Runs mailboxes as tasks of the default task scheduler.</summary>
internal sealed class TaskDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
    private static readonly Action<object?> RunIt = state => ((IRunnable)state!).Run();

    protected override void ExecuteTask(IRunnable run) =>
        Task.Factory.StartNew(RunIt, run, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    protected override void Shutdown()
    {
    }
}

/// <summary>Runs mailboxes on threads of its own: one for a pinned dispatcher, several for a fork-join dispatcher.</summary>
internal sealed class DedicatedThreadsDispatcher : MessageDispatcher
{
    private readonly BlockingCollection<IRunnable> _work = new();
    private readonly bool _oneActor;

    public DedicatedThreadsDispatcher(MessageDispatcherConfigurator configurator, int threads, bool oneActor) : base(configurator)
    {
        _oneActor = oneActor;
        for (var i = 1; i <= threads; i++)
            new Thread(Work) { IsBackground = true, Name = $"{Id}-{i}" }.Start();
    }

    internal override bool EndsWithLastActor => _oneActor;

    protected override void ExecuteTask(IRunnable run) => _work.Add(run);

    protected override void Shutdown() => _work.CompleteAdding();

    private void Work()
    {
        foreach (var run in _work.GetConsumingEnumerable())
        {
            try
            {
                run.Run();
            }
            catch (Exception e)
            {
                EventStream.Publish(new Event.Error(e, Id, GetType(), "Work on a dispatcher's thread failed."));
            }
        }
    }
}

/// <summary>Makes one dispatcher and gives it to every actor, or a new one for each actor.</summary>
internal sealed class BuiltInDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites, Func<MessageDispatcherConfigurator, MessageDispatcher> make, bool oneForEachActor)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    private readonly Lock _lock = new();
    private MessageDispatcher? _shared;

    public override MessageDispatcher Dispatcher()
    {
        if (oneForEachActor) return make(this);
        lock (_lock) return _shared ??= make(this);
    }
}

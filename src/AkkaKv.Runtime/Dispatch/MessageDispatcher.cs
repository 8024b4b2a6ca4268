using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>
/// Decides on which thread the mailboxes of its actors run. A subclass implements <see cref="ExecuteTask"/>: it runs, now or
/// later, on any thread, exactly once, what it is given. Running it at once on the calling thread is allowed: a mailbox that is
/// already running is never given out again until it has finished.
/// </summary>
public abstract class MessageDispatcher
{
    /// <summary>The throughput of a dispatcher that configures none.</summary>
    internal const int DefaultThroughput = 100;

    private long _inhabitants;

    /// <summary>Creates the dispatcher with the settings of <paramref name="configurator"/>: <c>id</c>, <c>throughput</c> and <c>throughput-deadline-time</c>.</summary>
    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        Id = configurator.Config.GetString("id") ?? "";
        Throughput = configurator.Config.GetInt("throughput", DefaultThroughput);
        var deadline = configurator.Config.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero, allowInfinite: false);
        ThroughputDeadlineTime = deadline > TimeSpan.Zero ? deadline.Ticks : null;
    }

    /// <summary>What made the dispatcher.</summary>
    public MessageDispatcherConfigurator Configurator { get; private set; }

    /// <summary>The dispatcher's path in the configuration.</summary>
    public string Id { get; protected set; }

    /// <summary>How many messages an actor handles before its mailbox goes to the end of the line.</summary>
    public int Throughput { get; protected set; }

    /// <summary>How long, in ticks of 100 ns, an actor may go on before its mailbox goes to the end of the line; null for no limit.</summary>
    public long? ThroughputDeadlineTime { get; protected set; }

    /// <summary>The system's event stream.</summary>
    public EventStream EventStream => Configurator.Prerequisites.EventStream;

    /// <summary>The system's mailbox types.</summary>
    public Mailboxes Mailboxes => Configurator.Prerequisites.Mailboxes;

    /// <summary>How many actors use the dispatcher.</summary>
    protected long Inhabitants => Volatile.Read(ref _inhabitants);

    /// <summary>Runs a delegate as this dispatcher runs mailboxes.</summary>
    public void Schedule(Action run) => ExecuteTask(new ActionRunnable(run));

    /// <summary>Runs a piece of work as this dispatcher runs mailboxes.</summary>
    public void Schedule(IRunnable run) => ExecuteTask(run);

    /// <summary>Runs <paramref name="run"/> once, now or later.</summary>
    protected abstract void ExecuteTask(IRunnable run);

    /// <summary>Gives back threads and the like; nothing is given to <see cref="ExecuteTask"/> afterwards.</summary>
    protected abstract void Shutdown();

    internal void Attach() => Interlocked.Increment(ref _inhabitants);

    internal void Detach()
    {
        if (Interlocked.Decrement(ref _inhabitants) == 0 && EndsWithLastActor) Shutdown();
    }

    /// <summary>True for a dispatcher that belongs to one actor.</summary>
    internal virtual bool EndsWithLastActor => false;

    internal void ShutdownNow() => Shutdown();

    /// <summary>Runs the mailbox if it is idle and has something to do.</summary>
    internal void RegisterForExecution(Mailbox mailbox, bool hasMessage, bool hasSystemMessage)
    {
        if (!mailbox.TrySetScheduled(hasMessage, hasSystemMessage)) return;
        try
        {
            ExecuteTask(mailbox);
        }
        catch (Exception e)
        {
            mailbox.SetIdle();
            EventStream.Publish(new Error(e, mailbox.OwnerPath, GetType(), $"Dispatcher {Id} refused to run the mailbox."));
        }
    }
}

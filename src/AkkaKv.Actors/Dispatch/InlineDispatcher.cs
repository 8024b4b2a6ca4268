using Akka.Configuration;
using Akka.Dispatch;

namespace AkkaKv.Actors.Dispatch;

/// <summary>
/// Runs an actor's mailbox on the thread that told it a message, when the mailbox was idle; otherwise the message is left to
/// the thread that is already running it. So a batch that arrives on a socket thread is executed there, without a thread hop,
/// and never do two threads run the same actor.
/// </summary>
/// <remarks>
/// A mailbox that is scheduled while this thread is already running one (an actor that tells another inline actor, or a mailbox
/// that used up its throughput and registers itself again) is not run nested: it waits in a queue of the thread, so the stack
/// stays flat. After <see cref="RunsBeforeYield"/> runs in a row what is left goes to the thread pool, because the borrowed
/// thread has sockets of its own to serve.
/// </remarks>
public sealed class InlineDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
    /// <summary>Mailbox runs that one borrowed thread performs before it passes the rest on.</summary>
    private const int RunsBeforeYield = 64;

    [ThreadStatic]
    private static Trampoline? _trampoline;

    [ThreadStatic]
    private static bool _isSpared;

    /// <summary>
    /// The calling thread is never borrowed from now on; what it tells runs on the thread pool. For threads that everybody waits for, such as that of the
    /// scheduler: a batch that another thread brings meanwhile may take its time.
    /// </summary>
    public static void SpareThisThread() => _isSpared = true;

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run)
    {
        if (_isSpared)
            ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
        else
            (_trampoline ??= new Trampoline()).Run(run);
    }

    /// <inheritdoc/>
    protected override void Shutdown()
    {
        // Owns no threads.
    }

    private sealed class Trampoline
    {
        private readonly Queue<IRunnable> _waiting = new();
        private bool _running;

        public void Run(IRunnable run)
        {
            if (_running)
            {
                _waiting.Enqueue(run);
                return;
            }
            _running = true;
            try
            {
                run.Run();
                for (var runs = 1; _waiting.TryDequeue(out var next); runs++)
                {
                    if (runs < RunsBeforeYield)
                        next.Run();
                    else
                        ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: false);
                }
            }
            finally
            {
                _running = false;
            }
        }
    }
}

/// <summary>Makes the <see cref="InlineDispatcher"/> selectable in HOCON: <c>type = "AkkaKv.Actors.Dispatch.InlineDispatcherConfigurator, AkkaKv.Actors"</c>.</summary>
public sealed class InlineDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly InlineDispatcher _instance;

    /// <summary>Called by the actor system with the dispatcher's own section of the configuration.</summary>
    public InlineDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _instance = new InlineDispatcher(this);

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _instance;
}

using System.Diagnostics;
using Akka.Actor;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// The messages of one actor and the right to run it. The state is one word, changed only by compare-and-swap:
///
///   bit 0    closed: the actor has stopped, nothing runs any more
///   bit 1    scheduled: handed to the dispatcher or running; whoever sets it hands the mailbox over, so it never runs twice at once
///   others   how often ordinary messages have been suspended (a failure, a supervisor, an asynchronous handler)
///
/// A sender adds its message first and sets the bit second; the runner clears the bit first and looks for messages second.
/// Both changes are full fences, so one of the two sees the other and no message is left lying.
/// </summary>
internal sealed class Mailbox(IMessageQueue queue, MessageDispatcher dispatcher, ActorCell cell) : IRunnable
{
    internal const int Open = 0;
    internal const int Closed = 1;
    internal const int Scheduled = 2;
    internal const int SuspendUnit = 4;

    // A dispatcher may run the mailbox on the calling thread. When the mailbox hands itself over again at the end of a run, that
    // would nest one run in the other, deeper with each round; instead the inner one only leaves word and the outer one goes on.
    [ThreadStatic]
    private static Mailbox? _handingOver;

    [ThreadStatic]
    private static bool _runAgain;

    private readonly SystemMessageQueue _systemMessages = new();
    private readonly UnstashedMessages _unstashed = new();
    private int _state;

    /// <summary>The actor's path, for errors.</summary>
    public string OwnerPath => cell.Self.Path.ToString();

    public MessageDispatcher Dispatcher { get; } = dispatcher;

    public bool IsClosed => (Volatile.Read(ref _state) & Closed) != 0;

    public bool IsSuspended => Volatile.Read(ref _state) >= SuspendUnit;

    private bool HasMessages => queue.HasMessages || _unstashed.Count > 0;

    public int Count => queue.Count + _unstashed.Count;

    public void Enqueue(Envelope envelope) => queue.Enqueue(cell.Self, envelope);

    /// <summary>Adds a system message; false if the actor has stopped.</summary>
    public bool EnqueueSystem(SystemMessage message) => _systemMessages.TryAdd(message);

    /// <summary>Puts a message before all others; only from within a run of this mailbox.</summary>
    public void EnqueueFirst(Envelope envelope) => _unstashed.Push(envelope);

    /// <summary>Sets the scheduled bit if the mailbox may run and has, or is said to have, something to do.</summary>
    public bool TrySetScheduled(bool hasMessage, bool hasSystemMessage)
    {
        if (hasMessage && Interlocked.CompareExchange(ref _state, Scheduled, Open) == Open) return true;
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & Closed) != 0)
            {
                CleanUp();
                return false;
            }
            if ((state & Scheduled) != 0) return false;
            var wanted = hasSystemMessage || _systemMessages.HasMessages || (state < SuspendUnit && (hasMessage || HasMessages));
            if (!wanted) return false;
            if (Interlocked.CompareExchange(ref _state, state | Scheduled, state) == state) return true;
        }
    }

    public void SetIdle() => Interlocked.And(ref _state, ~Scheduled);

    public void Suspend() => Interlocked.Add(ref _state, SuspendUnit);

    public void Resume()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state < SuspendUnit) return;
            if (Interlocked.CompareExchange(ref _state, state - SuspendUnit, state) == state) return;
        }
    }

    /// <summary>Closes the mailbox; everything left and everything that still comes is a dead letter.</summary>
    public void Close()
    {
        Interlocked.Or(ref _state, Closed);
        for (var message = _systemMessages.Close(); message is not null;)
        {
            var next = message.Next;
            EmptyLocalActorRef.HandleDead(message, cell.Self);
            message = next;
        }
        while (_unstashed.TryPop(out var envelope)) cell.SystemImpl.DeadLetterQueue.Enqueue(cell.Self, envelope);
        CleanUp();
    }

    public void Execute() => Run();

    public void Run()
    {
        if (ReferenceEquals(_handingOver, this))
        {
            _runAgain = true;
            return;
        }
        do
        {
            RunOnce();
        }
        while ((HasMessages || _systemMessages.HasMessages) && HandOver());
    }

    private void RunOnce()
    {
        var previous = ActorCell.Current;
        ActorCell.Current = cell;
        try
        {
            if (IsClosed) return;
            if (_systemMessages.HasMessages) ProcessSystemMessages();
            ProcessMessages();
        }
        finally
        {
            ActorCell.Current = previous;
            SetIdle();
        }
    }

    /// <summary>Hands the mailbox to the dispatcher again; true if the dispatcher wants it run at once on this thread.</summary>
    private bool HandOver()
    {
        var (outer, outerAgain) = (_handingOver, _runAgain);
        (_handingOver, _runAgain) = (this, false);
        try
        {
            Dispatcher.RegisterForExecution(this, false, false);
            return _runAgain;
        }
        finally
        {
            (_handingOver, _runAgain) = (outer, outerAgain);
        }
    }

    private void ProcessMessages()
    {
        var left = Math.Max(Dispatcher.Throughput, 1);
        var deadline = Dispatcher.ThroughputDeadlineTime is { } ticks ? Stopwatch.GetTimestamp() + ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond : long.MaxValue;
        // The scheduled bit is ours; any other bit means that ordinary messages have to wait.
        while (Volatile.Read(ref _state) == Scheduled && TryDequeue(out var envelope))
        {
            cell.Invoke(in envelope);
            if (_systemMessages.HasMessages) ProcessSystemMessages();
            if (--left == 0 || (deadline != long.MaxValue && Stopwatch.GetTimestamp() >= deadline)) return;
        }
    }

    private bool TryDequeue(out Envelope envelope) => _unstashed.Count > 0 ? _unstashed.TryPop(out envelope) : queue.TryDequeue(out envelope);

    private void ProcessSystemMessages()
    {
        while (_systemMessages.TakeAll() is { } message)
        {
            for (SystemMessage? current = message; current is not null;)
            {
                var next = current.Next;
                current.Next = null;
                if (IsClosed) EmptyLocalActorRef.HandleDead(current, cell.Self);
                else cell.InvokeSystem(current);
                current = next;
            }
            if (IsClosed) return;
        }
    }

    private void CleanUp() => queue.CleanUp(cell.Self, cell.SystemImpl.DeadLetterQueue);
}

/// <summary>Messages put back at the front of a mailbox; the last one put comes out first. Used only by the thread that runs the mailbox.</summary>
internal sealed class UnstashedMessages
{
    private readonly Stack<Envelope> _stack = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Push(Envelope envelope)
    {
        _stack.Push(envelope);
        Volatile.Write(ref _count, _stack.Count);
    }

    public bool TryPop(out Envelope envelope)
    {
        var taken = _stack.TryPop(out envelope);
        Volatile.Write(ref _count, _stack.Count);
        return taken;
    }
}

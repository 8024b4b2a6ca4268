using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The default scheduler: one thread that sleeps until the next entry is due. It bears the name that configurations know; its
/// entries stand in a heap, so there is no tick and no rounding to one.
/// </summary>
public class HashedWheelTimerScheduler : SchedulerBase, IDisposable
{
    private readonly PriorityQueue<Entry, long> _entries = new();
    private readonly object _lock = new();
    private readonly Thread _thread;
    private int _entriesAfterPurge = 64;
    private bool _stopped;

    /// <summary>Creates the scheduler and starts its thread.</summary>
    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log) : base(scheduler, log)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "akka-scheduler" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => Monotonic();

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => Monotonic();

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => DateTimeOffset.Now;

    /// <summary>Stops the thread; what is not due yet never happens.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _stopped = true;
            _entries.Clear();
            Monitor.Pulse(_lock);
        }
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Add(delay, null, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Add(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => Add(delay, null, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => Add(delay, null, action.Run, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action.Run, cancelable);

    private void Add(TimeSpan delay, TimeSpan? interval, Action action, ICancelable? cancelable)
    {
        var entry = new Entry(action, interval, cancelable);
        lock (_lock)
        {
            if (_stopped) throw new SchedulerException("The scheduler has been shut down.");
            Enqueue(entry, Monotonic().Ticks + delay.Ticks);
        }
    }

    private void Enqueue(Entry entry, long dueTicks)
    {
        // Entries that were called off stay in the heap until they are due; when they may be the majority, they are thrown out.
        if (_entries.Count >= 2 * _entriesAfterPurge)
        {
            var kept = _entries.UnorderedItems.Where(item => !item.Element.IsCanceled).ToList();
            _entries.Clear();
            _entries.EnqueueRange(kept);
            _entriesAfterPurge = Math.Max(64, kept.Count);
        }
        _entries.Enqueue(entry, dueTicks);
        if (ReferenceEquals(_entries.Peek(), entry)) Monitor.Pulse(_lock);
    }

    private void Run()
    {
        while (true)
        {
            Entry? due = null;
            lock (_lock)
            {
                if (_stopped) return;
                if (!_entries.TryPeek(out var next, out var dueTicks))
                {
                    Monitor.Wait(_lock);
                }
                else if (dueTicks - Monotonic().Ticks is > 0 and var waitTicks)
                {
                    Monitor.Wait(_lock, (int)Math.Min(int.MaxValue, (waitTicks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond));
                }
                else
                {
                    due = next;
                    _entries.Dequeue();
                    // The next time counts from when this one was due, so that the rate does not drift.
                    if (due.Interval is { } interval && !due.IsCanceled) Enqueue(due, Math.Max(dueTicks + interval.Ticks, Monotonic().Ticks));
                }
            }
            if (due is null || due.IsCanceled) continue;
            try
            {
                due.Action();
            }
            catch (Exception e)
            {
                Log.Error(e, "A scheduled action failed.");
            }
        }
    }

    private sealed record Entry(Action Action, TimeSpan? Interval, ICancelable? Cancelable)
    {
        public bool IsCanceled => Cancelable is { IsCancellationRequested: true };
    }
}

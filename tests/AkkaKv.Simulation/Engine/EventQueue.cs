namespace AkkaKv.Simulation.Engine;

/// <summary>The virtual time and everything that is still to happen. Events of the same microsecond happen in the order they were planned.</summary>
internal sealed class EventQueue
{
    private const int EventsPerInstantMax = 200_000;

    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private long _order;
    private int _atThisInstant;

    /// <summary>True time in microseconds; the clocks of the processes differ from it.</summary>
    public long NowUs { get; private set; }

    public long NowMs => NowUs / 1000;

    /// <summary>Events that have happened.</summary>
    public long Count { get; private set; }

    public void After(long delayUs, Action action) => _events.Enqueue(action, (NowUs + Math.Max(0, delayUs), _order++));

    public void AfterMs(long delayMs, Action action) => After(delayMs * 1000, action);

    /// <summary>Lets the next event happen, unless it lies beyond the end; then time stands at the end and the answer is false.</summary>
    public bool RunNext(long endUs)
    {
        if (!_events.TryPeek(out _, out var next) || next.At > endUs)
        {
            NowUs = Math.Max(NowUs, endUs);
            return false;
        }
        _atThisInstant = next.At == NowUs ? _atThisInstant + 1 : 0;
        if (_atThisInstant > EventsPerInstantMax)
            throw new InvariantViolation("progress", $"{EventsPerInstantMax} events at one instant: somebody asks to be called again and again");
        NowUs = next.At;
        Count++;
        _events.Dequeue()();
        return true;
    }
}

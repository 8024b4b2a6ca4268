namespace AkkaKv.Commands.Statistics;

/// <summary>
/// Remembers what took at least <c>latency-monitor-threshold</c>, by kind of event: the latest 160 samples of each, of one second only the longest, as Redis does.
/// </summary>
public sealed class LatencyMonitor
{
    /// <summary>A command that is not flagged as fast.</summary>
    public const string Command = "command";

    /// <summary>A command that is.</summary>
    public const string FastCommand = "fast-command";

    /// <summary>One search for expired keys.</summary>
    public const string ExpireCycle = "expire-cycle";

    private const int SamplesMax = 160;

    private readonly SortedDictionary<string, LatencyEvent> _events = new(StringComparer.Ordinal);

    /// <summary>The events that have occurred, by name.</summary>
    public IReadOnlyCollection<LatencyEvent> Events => _events.Values;

    /// <summary>The event of that name, in any case; null if it has not occurred.</summary>
    public LatencyEvent? Find(string name) => _events.GetValueOrDefault(name.ToLowerInvariant());

    /// <summary>Something took <paramref name="milliseconds"/>, which is long enough to be remembered.</summary>
    internal void Add(string name, long milliseconds, long nowMs)
    {
        if (!_events.TryGetValue(name, out LatencyEvent? happened))
        {
            _events.Add(name, happened = new LatencyEvent(name));
        }

        happened.Add(nowMs / 1000, milliseconds, SamplesMax);
    }

    /// <summary>Forgets the samples of an event. False if there are none.</summary>
    internal bool Forget(string name) => _events.Remove(name.ToLowerInvariant());

    /// <summary>Forgets everything; returns of how many events.</summary>
    internal int ForgetAll()
    {
        int count = _events.Count;
        _events.Clear();
        return count;
    }
}

/// <summary>The samples of one kind of event.</summary>
/// <param name="Name">Redis's name of it.</param>
public sealed record LatencyEvent(string Name)
{
    private readonly List<(long TimeSeconds, long Milliseconds)> _samples = [];

    /// <summary>The samples, the oldest first: Unix seconds and duration.</summary>
    public IReadOnlyList<(long TimeSeconds, long Milliseconds)> Samples => _samples;

    /// <summary>The longest of all, forgotten ones included, in milliseconds.</summary>
    public long LongestMs { get; private set; }

    internal void Add(long timeSeconds, long milliseconds, int samplesMax)
    {
        LongestMs = Math.Max(LongestMs, milliseconds);
        if (_samples.Count > 0 && _samples[^1].TimeSeconds == timeSeconds)
        {
            _samples[^1] = (timeSeconds, Math.Max(_samples[^1].Milliseconds, milliseconds));
            return;
        }

        if (_samples.Count == samplesMax)
        {
            _samples.RemoveAt(0);
        }

        _samples.Add((timeSeconds, milliseconds));
    }
}

namespace AkkaKv.Server.Local;

/// <summary>
/// Puts together, from the sentinels' events, when a failover was detected, agreed, decided and done. Events of several sentinels come in; the first
/// of each kind counts. Times are milliseconds of one monotonic clock.
/// </summary>
internal sealed class FailoverTimeline
{
    private static readonly (string Event, string Step)[] Steps =
    [
        ("+sdown", "detected"), ("+odown", "agreed"), ("+elected-leader", "elected"), ("+promoted-slave", "promoted"), ("+switch-master", "switched"),
    ];

    private const long SameFailureMs = 500;

    private readonly Dictionary<string, long> _first = new(StringComparer.Ordinal);
    private long? _ended;
    private string? _lastSwitch;

    /// <summary>A data node's process has ended: if it was the master, this is the beginning.</summary>
    public void ProcessEnded(long nowMs)
    {
        _ended = nowMs;
        // A sentinel may see the broken connection before this process hears of its child's end: that is the same failure.
        foreach (string stale in _first.Where(step => nowMs - step.Value > SameFailureMs).Select(step => step.Key).ToArray())
            _first.Remove(stale);
    }

    /// <summary>Takes one event; returns the lines to show when it completes a failover, else null.</summary>
    /// <param name="nowMs">When it arrived.</param>
    /// <param name="name">The event, which is its channel: <c>+sdown</c>.</param>
    /// <param name="payload">What it says: <c>master mymaster 127.0.0.1 7001</c>; of +switch-master: name, old address, new address.</param>
    public string? Observe(long nowMs, string name, string payload)
    {
        string[] words = payload.Split(' ');
        if (name == "+sdown" && words[0] != "master")
            return null;
        if (Array.TrueForAll(Steps, step => step.Event != name))
            return null;
        if (name == "+switch-master" && (words.Length < 5 || payload == _lastSwitch))
            return null; // the other sentinels tell the same
        _first.TryAdd(name, nowMs);
        if (name != "+switch-master")
            return null;

        _lastSwitch = payload;
        string text = $"master is now {words[3]}:{words[4]} (it was {words[1]}:{words[2]})" + Describe();
        _first.Clear();
        _ended = null;
        return text;
    }

    private string Describe()
    {
        long? detected = _first.TryGetValue("+sdown", out long seen) ? seen : null;
        if ((_ended ?? detected) is not { } zero)
            return "";
        zero = Math.Min(zero, detected ?? zero);
        var steps = new List<string>();
        long later = long.MaxValue;
        foreach ((string name, string step) in Steps.Reverse())
        {
            if (!_first.TryGetValue(name, out long at))
                continue;
            // The sentinels' messages come over connections of their own; what is told later cannot have happened after what followed from it.
            later = Math.Min(later, at);
            steps.Insert(0, $"{step} {later - zero} ms");
        }
        return $"\n  after the {(_ended is null ? "first sign" : "process ended")}: {string.Join(", ", steps)}";
    }
}

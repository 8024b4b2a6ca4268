namespace AkkaKv.Sentinel;

/// <summary>
/// TILT: a step that comes much later than it was asked for, or earlier than the one before, means that this process stood still or its
/// clock moved. What it believes about silence is then worthless, so for a while it observes but does not act.
/// </summary>
internal sealed class TiltGuard(MonitorState monitor)
{
    private long _lastStepAt = monitor.Now;
    private long _expectedAt = monitor.Now;
    private long _since;

    public long NextDeadline => monitor.InTilt ? _since + monitor.Timings.TiltPeriodMs : long.MaxValue;

    /// <summary>To be called first in every step.</summary>
    public void Observe()
    {
        var irregular = monitor.Now < _lastStepAt || monitor.Now - _expectedAt > monitor.Timings.TiltTriggerMs;
        _lastStepAt = monitor.Now;
        if (irregular)
        {
            _since = monitor.Now;
            if (!monitor.InTilt)
                monitor.Event(EventLevel.Warning, "+tilt", "#tilt mode entered");
            monitor.InTilt = true;
        }
        else if (monitor.InTilt && monitor.Now - _since >= monitor.Timings.TiltPeriodMs)
        {
            monitor.InTilt = false;
            monitor.Event(EventLevel.Warning, "-tilt", "#tilt mode exited");
        }
    }

    /// <summary>The deadline that the host was given; it owes a step by then.</summary>
    public void Expect(long deadline) => _expectedAt = deadline;
}

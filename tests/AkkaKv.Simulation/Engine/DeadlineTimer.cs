namespace AkkaKv.Simulation.Engine;

/// <summary>One timer of a process that is moved again and again, as a core's NextDeadline moves.</summary>
internal sealed class DeadlineTimer(SimulatedProcess process, Action elapsed)
{
    private long _armedFor = long.MaxValue;
    private int _generation;
    private int _incarnation = -1;

    /// <summary>Calls back at the deadline. An earlier call than asked for is harmless; so an earlier plan stays as it is.</summary>
    public void Arm(long deadline, long now)
    {
        if (_incarnation != process.Incarnation)
        {
            _incarnation = process.Incarnation;
            _armedFor = long.MaxValue;
        }
        if (deadline == long.MaxValue || deadline >= _armedFor)
            return;
        _armedFor = deadline;
        var generation = ++_generation;
        process.After(Math.Max(0, deadline - now), () =>
        {
            if (generation != _generation)
                return;
            _armedFor = long.MaxValue;
            elapsed();
        });
    }
}

namespace AkkaKv.Simulation.Engine;

/// <summary>What a process is able to do.</summary>
internal enum ProcessState
{
    /// <summary>It works.</summary>
    Running,

    /// <summary>SIGSTOP: its kernel takes connections and bytes for it, it does nothing itself.</summary>
    Paused,

    /// <summary>SIGKILL: the process is gone, its kernel answers that nobody is there.</summary>
    Killed,

    /// <summary>The whole machine is gone: no answer at all.</summary>
    PoweredOff,
}

/// <summary>A process of the world: it has a clock of its own, can be paused, killed and started again; what it knew is then gone.</summary>
internal abstract class SimulatedProcess(World world, string name)
{
    private readonly Queue<Action> _waiting = new();
    private int _pauses;

    public string Name { get; } = name;

    public ProcessState State { get; private set; } = ProcessState.Killed;

    /// <summary>Counts its lives. What was meant for an earlier one does not reach a later one.</summary>
    public int Incarnation { get; private set; }

    /// <summary>How far its monotonic clock is from the true time, in milliseconds.</summary>
    public long ClockOffsetMs { get; set; }

    public bool IsAlive => State is ProcessState.Running or ProcessState.Paused;

    protected World World { get; } = world;

    /// <summary>The time on its own clock, in milliseconds.</summary>
    protected long Now => World.Queue.NowMs + ClockOffsetMs;

    public void Start()
    {
        if (IsAlive)
            throw new InvalidOperationException($"{Name} runs already.");
        Incarnation++;
        State = ProcessState.Running;
        World.Trace.Note(Name, "starts");
        World.Network.OnStarted(this);
        OnStart();
    }

    /// <summary>Ends the process, or with it the machine.</summary>
    public void Kill(bool powerOff)
    {
        if (!IsAlive)
            return;
        Incarnation++;
        State = powerOff ? ProcessState.PoweredOff : ProcessState.Killed;
        _waiting.Clear();
        World.Trace.Note(Name, powerOff ? "loses power" : "is killed");
        World.Network.OnEnded(this);
        OnEnd();
    }

    /// <summary>Pauses may overlap; it goes on after the last <see cref="Resume"/>.</summary>
    public void Pause()
    {
        _pauses++;
        if (State == ProcessState.Running)
            State = ProcessState.Paused;
    }

    public void Resume()
    {
        _pauses = Math.Max(0, _pauses - 1);
        if (_pauses > 0 || State != ProcessState.Paused)
            return;
        State = ProcessState.Running;
        while (State == ProcessState.Running && _waiting.TryDequeue(out var action))
            action();
    }

    /// <summary>Hands something to the process: now, when it goes on, or never if that life is over.</summary>
    public void Deliver(int incarnation, Action action)
    {
        if (incarnation != Incarnation)
            return;
        if (State == ProcessState.Running && _waiting.Count == 0)
            action();
        else if (IsAlive)
            _waiting.Enqueue(action);
    }

    /// <summary>A timer of this life of the process.</summary>
    public void After(long delayMs, Action action)
    {
        var incarnation = Incarnation;
        World.Queue.AfterMs(delayMs, () => Deliver(incarnation, action));
    }

    protected abstract void OnStart();

    protected abstract void OnEnd();
}

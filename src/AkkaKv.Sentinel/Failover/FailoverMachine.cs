namespace AkkaKv.Sentinel;

/// <summary>
/// The failover that this sentinel runs, or none: the present state and what belongs to it. Each state has its handler in a class of its
/// own topic (<see cref="Campaign"/>, <see cref="Promotion"/>, <see cref="Reconfigurator"/>); this class walks them.
/// </summary>
internal sealed class FailoverMachine
{
    private readonly MonitorState _monitor;
    private readonly ElectionSchedule _schedule;
    private readonly Campaign _campaign;
    private readonly Promotion _promotion;
    private readonly Reconfigurator _reconfigurator;
    private readonly ConfigurationSwitch _configuration;

    public FailoverMachine(MonitorState monitor, VoteBook votes, ElectionSchedule schedule, ConfigurationSwitch configuration)
    {
        _monitor = monitor;
        _schedule = schedule;
        _configuration = configuration;
        _campaign = new Campaign(monitor, votes, this);
        _promotion = new Promotion(monitor, this);
        _reconfigurator = new Reconfigurator(monitor, this);
    }

    public FailoverState State { get; private set; }

    public long StateSince { get; private set; }

    public bool IsRunning => State != FailoverState.None;

    /// <summary>The epoch in which this sentinel asks for votes or leads.</summary>
    public long Epoch { get; private set; }

    public long StartedAt { get; private set; }

    /// <summary>A user asked for it by SENTINEL FAILOVER; the master may be alive.</summary>
    public bool IsManual { get; private set; }

    public WatchedReplica? Promoted { get; set; }

    public FailoverClock Clock { get; private set; } = new();

    public FailoverPhase Phase => State switch
    {
        FailoverState.None => FailoverPhase.None,
        FailoverState.WaitStart => FailoverPhase.Campaigning,
        _ => FailoverPhase.Leading,
    };

    /// <summary>Becomes a candidate.</summary>
    public void Start(bool manual)
    {
        if (IsRunning)
            throw new InvalidOperationException("A failover is already in progress.");
        IsManual = manual;
        StartedAt = _monitor.Now;
        Promoted = null;
        var master = _monitor.Master;
        Clock = new FailoverClock
        {
            LastReplyAt = master.Link.LastOkReplyAt,
            DetectedAt = master.IsDown ? master.DownSince : null,
            AgreedAt = master.IsObjectivelyDown ? master.ObjectivelyDownSince : null,
            TriedAt = _monitor.Now,
        };
        Epoch = _campaign.Open();
        Enter(FailoverState.WaitStart);
        foreach (var replica in _monitor.Replicas)
            replica.Link.RequestInfoSoon();
    }

    /// <summary>Runs the handler of the state until nothing moves.</summary>
    public void Advance()
    {
        FailoverState before;
        do
        {
            before = State;
            switch (State)
            {
                case FailoverState.WaitStart:
                    _campaign.Advance();
                    break;
                case FailoverState.SelectReplica:
                    _promotion.Select();
                    break;
                case FailoverState.SendReplicaOfNoOne:
                    _promotion.Order();
                    break;
                case FailoverState.WaitPromotion:
                    _promotion.Await();
                    break;
                case FailoverState.ReconfigureReplicas:
                    _reconfigurator.Advance();
                    break;
                case FailoverState.UpdateConfiguration:
                    UpdateConfiguration();
                    break;
            }
        }
        while (State != before);
    }

    public void Enter(FailoverState next)
    {
        var isForward = next == State + 1;
        var isEnd = next == FailoverState.None;
        if (!isForward && !isEnd)
            throw new InvalidOperationException($"A failover cannot go from {State.Name()} to {next.Name()}.");
        State = next;
        StateSince = _monitor.Now;
    }

    /// <summary>A vote, or a refusal, arrived.</summary>
    public void OnVote(VoteReply reply) => _campaign.OnVote(reply);

    /// <summary>A replica says that it is a master: if it is the chosen one, that is the promotion.</summary>
    public void OnReplicaBecameMaster(WatchedReplica replica)
    {
        if (State == FailoverState.WaitPromotion && replica == Promoted)
            _promotion.Succeeded();
    }

    /// <summary>Gives up; the event says why. The schedule decides when the next try is due.</summary>
    public void Abort(string eventName, bool forWantOfReplica = false)
    {
        _monitor.Event(EventLevel.Warning, eventName, _monitor.Master.Details);
        Record(eventName);
        if (Promoted is { } promoted)
            promoted.IsPromoted = false;
        Promoted = null;
        Enter(FailoverState.None);
        _schedule.Failed(forWantOfReplica);
    }

    /// <summary>A newer configuration, or a reset, makes this failover meaningless.</summary>
    public void Abandon(string outcome)
    {
        if (!IsRunning)
            return;
        Record(outcome);
        Promoted = null;
        _monitor.NewMaster = null;
        Enter(FailoverState.None);
    }

    /// <summary>When a handler has something to do by time alone.</summary>
    public long NextDeadline() => State switch
    {
        FailoverState.None => long.MaxValue,
        FailoverState.WaitStart => _campaign.NextDeadline,
        FailoverState.SelectReplica => StateSince + _monitor.Timings.SelectionWaitMs,
        FailoverState.SendReplicaOfNoOne or FailoverState.WaitPromotion => StateSince + _promotion.TimeoutMs,
        FailoverState.ReconfigureReplicas => _reconfigurator.NextDeadline(),
        _ => _monitor.Now,
    };

    private void UpdateConfiguration()
    {
        var promoted = Promoted ?? throw new InvalidOperationException("A failover reached its end without a promoted replica.");
        var address = promoted.Address;
        Clock.SwitchedAt = _monitor.Now;
        Record("switched");
        Promoted = null;
        _monitor.NewMaster = null;
        Enter(FailoverState.None);
        _schedule.Reset();
        _configuration.SwitchTo(address);
    }

    private void Record(string outcome) => _monitor.Outbox.Add(new RecordTimeline(new FailoverTimeline(
        _monitor.Settings.Name,
        Epoch,
        _monitor.Master.Address,
        Promoted?.Address,
        IsManual,
        outcome,
        Clock.LastReplyAt,
        Clock.DetectedAt,
        Clock.AgreedAt,
        Clock.TriedAt,
        Clock.ElectedAt,
        Clock.SelectedAt,
        Clock.PromotedAt,
        Clock.LastReconfiguredAt,
        Clock.SwitchedAt)));
}

namespace AkkaKv.Sentinel;

/// <summary>
/// Everything one sentinel does about one master, as a state machine without sockets, threads or clock. Feed it inputs with
/// <see cref="Step"/>, perform the effects in order, and call again at <see cref="NextDeadline"/> at the latest.
/// </summary>
/// <remarks>
/// A step is always complete: links are maintained, down detection runs, then (unless in TILT) opinions are counted, the failover
/// advances as far as it can, and wrong roles are corrected; last, peers are told if anything they should know changed. Epochs are kept
/// per master, not per sentinel as in Redis: elections of different masters do not disturb each other.
/// </remarks>
public sealed class MasterMonitor
{
    private const long IdleStepMs = 1_000;
    private const long BusyStepMs = 25;

    private readonly TiltGuard _tilt;
    private readonly SubjectiveDetector _subjective;
    private readonly ObjectiveDetector _objective;
    private readonly VoteBook _votes;
    private readonly VoteDesk _desk;
    private readonly ElectionSchedule _schedule;
    private readonly ConfigurationSwitch _configuration;
    private readonly InstanceReports _reports;
    private readonly RoleCorrection _correction;
    private readonly PeerBook _peers;
    private MasterSummary? _lastSummary;
    private bool _isStarted;
    private bool _isEnded;

    /// <summary>Begins to watch; the first <see cref="Step"/> opens the links.</summary>
    /// <param name="identity">This sentinel.</param>
    /// <param name="settings">The declared settings; run-time settings in <paramref name="restored"/> take their place.</param>
    /// <param name="timings">Periods and timeouts.</param>
    /// <param name="voters">Who may vote.</param>
    /// <param name="restored">What was persisted before; null when nothing is remembered.</param>
    /// <param name="now">Monotonic milliseconds.</param>
    /// <param name="seed">Seed of the small jitters; the same seed and inputs give the same effects.</param>
    public MasterMonitor(
        SentinelIdentity identity,
        MasterSettings settings,
        SentinelTimings timings,
        DeclaredVoters voters,
        MasterState? restored,
        long now,
        ulong seed)
    {
        State = new MonitorState(identity, restored?.RunTimeSettings ?? settings, timings, voters, now, seed);
        State.MayHaveForgotten = restored?.MayHaveForgotten ?? true;
        if (restored is not null)
            Restore(restored);
        _tilt = new TiltGuard(State);
        _subjective = new SubjectiveDetector(State);
        _objective = new ObjectiveDetector(State);
        _votes = new VoteBook(State);
        _schedule = new ElectionSchedule(State, _votes);
        _configuration = new ConfigurationSwitch(State);
        Failover = new FailoverMachine(State, _votes, _schedule, _configuration);
        _desk = new VoteDesk(State, _votes, Failover, _schedule);
        _reports = new InstanceReports(State, Failover);
        _correction = new RoleCorrection(State, Failover, _configuration);
        _peers = new PeerBook(State, _votes, Failover, _schedule, _configuration);
        NextDeadline = now;
    }

    /// <summary>The master's name.</summary>
    public string Name => State.Settings.Name;

    /// <summary>The settings in force.</summary>
    public MasterSettings Settings => State.Settings;

    /// <summary>Where clients are sent.</summary>
    public InstanceAddress CurrentAddress => State.CurrentAddress;

    /// <summary>The state of the failover that this sentinel runs.</summary>
    public FailoverState FailoverState => Failover.State;

    /// <summary>The epoch of the configuration in force.</summary>
    public long ConfigEpoch => State.ConfigEpoch;

    /// <summary>The newest epoch seen.</summary>
    public long CurrentEpoch => State.CurrentEpoch;

    /// <summary>When <see cref="Step"/> must be called again at the latest; being much later than that is TILT.</summary>
    public long NextDeadline { get; private set; }

    internal MonitorState State { get; }

    internal FailoverMachine Failover { get; }

    internal bool MayVote => _votes.MayVote;

    /// <summary>Takes in one input and advances everything to <paramref name="now"/>.</summary>
    /// <param name="now">Monotonic milliseconds; not smaller than before, or it is TILT.</param>
    /// <param name="input">What happened; <see cref="TimePassed"/> for nothing.</param>
    /// <param name="outbox">Effects are appended.</param>
    public void Step(long now, SentinelInput input, SentinelOutbox outbox)
    {
        if (_isEnded)
            return;
        State.Now = now;
        State.Outbox = outbox;
        if (!_isStarted)
        {
            _isStarted = true;
            State.Event(EventLevel.Warning, "+monitor", $"{State.Master.Details} quorum {State.Settings.Quorum}");
            State.Announce(State.Master.Address);
        }
        _tilt.Observe();
        TakeIn(input);
        if (_isEnded)
            return;
        Advance();
        NextDeadline = ComputeDeadline();
        _tilt.Expect(NextDeadline);
    }

    /// <summary>
    /// The RESP form of a vote request: votes if it still can. The reply must not be sent before the effects appended here, a
    /// <see cref="Persist"/> among them, are performed.
    /// </summary>
    /// <returns>The vote that stands: whom, and in which epoch.</returns>
    public (string Leader, long LeaderEpoch) Vote(long now, string candidate, long epoch, SentinelOutbox outbox)
    {
        Step(now, TimePassed.Instance, outbox);
        if (State.Voters.Includes(candidate))
            _desk.Vote(candidate, epoch);
        Step(now, TimePassed.Instance, outbox);
        return (State.Leader, State.LeaderEpoch);
    }

    private void TakeIn(SentinelInput input)
    {
        switch (input)
        {
            case TimePassed:
                break;
            case LinkOpened opened:
                FindInstance(opened.Link)?.Link.Opened();
                break;
            case LinkLost lost:
                FindInstance(lost.Link)?.Link.Failed(lost.Reason);
                break;
            case ReplyArrived reply:
                OnReply(reply);
                break;
            case PeerMessageArrived { Message: SentinelHello hello }:
                _peers.OnHello(hello);
                break;
            case PeerMessageArrived { Message: CandidacyNotice notice }:
                _peers.OnNotice(notice);
                break;
            case PeerMessageArrived { Message: VoteRequest request }:
                _desk.OnRequest(request);
                break;
            case PeerMessageArrived { Message: VoteReply reply }:
                Failover.OnVote(reply);
                break;
            case PeerFound found:
                _peers.Meet(found.Id, found.Address);
                break;
            case NodeStatusArrived arrived:
                _reports.OnStatus(arrived.Status);
                break;
            case FailoverRequested when !Failover.IsRunning:
                State.Outbox.Add(new WriteLog(EventLevel.Warning, $"Executing user requested FAILOVER of '{Name}'"));
                Failover.Start(manual: true);
                break;
            case FailoverRequested:
                break;
            case ResetRequested:
                Reset();
                break;
            case SettingsChanged changed:
                State.Settings = changed.Settings;
                State.SettingsAreRunTime = true;
                State.Event(EventLevel.Warning, "+set", $"{State.Master.Details} {changed.Option} {changed.Value}");
                State.Persist();
                break;
            case TimingsChanged changed:
                State.Timings = changed.Timings;
                break;
            case IdentityChanged changed:
                State.Identity = changed.Identity;
                break;
            case FailuresSimulated simulated:
                State.SimulatedFailures = simulated.Flags;
                break;
            case WatchEnded ended:
                End(ended.IsRemoved);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input, "not an input of a master monitor");
        }
    }

    private void Advance()
    {
        foreach (var instance in State.Instances)
            instance.Link.Maintain(InfoPeriodOf(instance));
        _votes.RegainMemory();
        _subjective.Check();
        if (!State.InTilt)
            Act();
        _peers.Speak();
        Summarize();
    }

    private void Act()
    {
        // Once a replica is promoted the peers watch that one and agree about the old master no longer.
        if (State.NewMaster is null)
            _objective.Check();
        // At the end of a failover the new master is judged in the same step, hence the second round.
        for (var round = 0; round < 2; round++)
        {
            if (!Failover.IsRunning)
                StartFailoverIfDue();
            Failover.Advance();
        }
        _correction.Check();
    }

    private void StartFailoverIfDue()
    {
        if (!State.Master.IsObjectivelyDown)
            _schedule.Reset();
        else if (_schedule.IsDue())
            Failover.Start(manual: false);
    }

    private void OnReply(ReplyArrived reply)
    {
        if (FindInstance(reply.Link) is not { } instance)
            return;
        instance.Link.Answered(reply);
        switch (reply.Tag)
        {
            case CommandTag.Info when reply.Kind == ReplyKind.Text:
                _reports.OnInfo(instance, reply.Text);
                break;
            case CommandTag.Ping when reply.Kind == ReplyKind.Error:
                KillBusyScript(instance, reply.Text);
                break;
        }
    }

    /// <summary>A script that runs for too long makes an instance look down; once it does, the script is killed, once.</summary>
    private static void KillBusyScript(WatchedInstance instance, string error)
    {
        if (!instance.IsDown || instance.ScriptKillSent || !error.StartsWith("BUSY", StringComparison.Ordinal))
            return;
        instance.ScriptKillSent = true;
        instance.Link.Send(CommandTag.Discard, "SCRIPT", "KILL");
    }

    private long InfoPeriodOf(WatchedInstance instance)
    {
        var timings = State.Timings;
        var isFailingOver = Failover.IsRunning || State.Master.IsObjectivelyDown;
        return instance switch
        {
            WatchedReplica when isFailingOver => timings.UrgentInfoPeriodMs,
            WatchedReplica { CameBack: true } => timings.UrgentInfoPeriodMs,
            WatchedReplica { MasterLinkUp: false } => Math.Min(timings.InfoPeriodMs, timings.PingPeriodMs),
            WatchedMaster when State.Replicas.Count == 0 => Math.Min(timings.InfoPeriodMs, timings.PingPeriodMs),
            _ => timings.InfoPeriodMs,
        };
    }

    private long ComputeDeadline()
    {
        var isBusy = Failover.IsRunning || State.Master.IsObjectivelyDown;
        var next = State.Now + (isBusy ? BusyStepMs : IdleStepMs);
        foreach (var instance in State.Instances)
            next = Math.Min(next, instance.Link.NextDeadline(InfoPeriodOf(instance)));
        next = Math.Min(next, _subjective.NextDeadline());
        next = Math.Min(next, _peers.NextDeadline);
        next = Math.Min(next, _tilt.NextDeadline);
        next = Math.Min(next, Failover.IsRunning ? Failover.NextDeadline() : _schedule.NextDeadline);
        // Never in the past: a host that obeys must not be sent into a loop.
        return Math.Max(next, State.Now + 1);
    }

    private void Summarize()
    {
        var master = State.Master;
        var status = master.IsObjectivelyDown ? "odown" : master.IsDown ? "sdown" : "ok";
        var summary = new MasterSummary(
            Name, status, CurrentAddress, State.Replicas.Count, State.Peers.Count + 1, State.ConfigEpoch, State.InTilt);
        if (summary == _lastSummary)
            return;
        _lastSummary = summary;
        State.Outbox.Add(new SummaryChanged(summary));
    }

    private WatchedInstance? FindInstance(int link) =>
        link == 0 ? null : State.Instances.FirstOrDefault(instance => instance.Link.Number == link);

    /// <summary>SENTINEL RESET: forgets everybody but the master, and asks anew. Epochs and the vote stay.</summary>
    private void Reset()
    {
        Failover.Abandon("reset");
        _schedule.Reset();
        foreach (var instance in State.Instances)
            instance.Link.Close();
        State.Replicas.Clear();
        State.Peers.Clear();
        State.Master = new WatchedMaster(State, State.Master.Address);
        State.Event(EventLevel.Warning, "+reset-master", State.Master.Details);
        State.Persist();
    }

    private void End(bool isRemoved)
    {
        foreach (var instance in State.Instances)
            instance.Link.Close();
        if (isRemoved)
            State.Event(EventLevel.Warning, "-monitor", State.Master.Details);
        _isEnded = true;
        NextDeadline = long.MaxValue;
    }

    private void Restore(MasterState restored)
    {
        State.SettingsAreRunTime = restored.RunTimeSettings is not null;
        State.CurrentEpoch = restored.CurrentEpoch;
        State.ConfigEpoch = restored.ConfigEpoch;
        State.Leader = restored.Leader;
        State.LeaderEpoch = restored.LeaderEpoch;
        // Nothing was decided in config epoch 0: then the declaration, which may have been edited since, is what counts.
        if (restored.ConfigEpoch > 0 && restored.Address != State.Master.Address)
            State.Master = new WatchedMaster(State, restored.Address);
        foreach (var address in restored.Replicas)
        {
            if (address != State.Master.Address && State.FindReplica(address) is null)
                State.Replicas.Add(new WatchedReplica(State, address));
        }
        foreach (var sentinel in restored.Sentinels)
        {
            if (sentinel.Id != State.Identity.Id && State.FindPeer(sentinel.Id) is null)
                State.Peers.Add(new PeerSentinel(State, sentinel.Id, sentinel.Address));
        }
    }
}

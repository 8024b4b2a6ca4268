namespace AkkaKv.Sentinel;

/// <summary>
/// One RESP connection to an instance: kept open, pinged, asked for INFO, and reopened. It knows when it last heard what; whether that
/// means down is <see cref="SubjectiveDetector"/>'s business.
/// </summary>
/// <remarks>
/// A PING that stays unanswered keeps its time over reconnections, so a process that accepts connections but never answers (stopped,
/// hung, half-open) is as silent as one that is gone. When half of down-after passed that way the connection is replaced, because it
/// may be the connection that is broken and not the instance.
/// </remarks>
internal sealed class InstanceLink
{
    private readonly MonitorState _monitor;
    private LinkState _state = LinkState.Closed;
    private long _stateSince;
    private long _connectAt;
    private int _failedAttempts;
    private bool _wasUp;
    private readonly Queue<long> _infoAsked = new();

    public InstanceLink(MonitorState monitor, InstanceAddress address)
    {
        _monitor = monitor;
        Address = address;
        CreatedAt = monitor.Now;
        PingPendingSince = monitor.Now;
        _connectAt = monitor.Now;
    }

    private enum LinkState
    {
        Closed,
        Connecting,
        Up,
    }

    public InstanceAddress Address { get; }

    /// <summary>The number the host knows the present connection by; 0 when there is none.</summary>
    public int Number { get; private set; }

    public bool IsUp => _state == LinkState.Up;

    /// <summary>When the present connection was established; meaningful while <see cref="IsUp"/>.</summary>
    public long UpSince => _stateSince;

    public long CreatedAt { get; }

    /// <summary>When the oldest PING without an answer was due or sent; null when the last one was answered well.</summary>
    public long? PingPendingSince { get; private set; }

    public long? LastPingSentAt { get; private set; }

    public long? LastOkReplyAt { get; private set; }

    public long? LastReplyAt { get; private set; }

    public long? InfoRequestedAt { get; private set; }

    /// <summary>When the INFO whose answer came last was asked for.</summary>
    public long? InfoAnswerAskedAt { get; private set; }

    public int PendingCommands { get; private set; }

    /// <summary>The link had been up, broke, and the host then refused a new one: nobody listens there any more.</summary>
    public bool IsRefusedAfterLoss { get; private set; }

    /// <summary>Opens, replaces, pings and asks as the time demands. <paramref name="infoPeriodMs"/>: how old INFO may become.</summary>
    public void Maintain(long infoPeriodMs)
    {
        var now = _monitor.Now;
        switch (_state)
        {
            case LinkState.Closed when now >= _connectAt:
                Number = _monitor.NextLinkNumber();
                Enter(LinkState.Connecting);
                _monitor.Outbox.Add(new OpenLink(Number, Address));
                return;
            case LinkState.Connecting when now - _stateSince >= ConnectTimeoutMs:
                _monitor.Outbox.Add(new CloseLink(Number));
                Failed(LinkFailure.Unreachable);
                return;
            case LinkState.Up when IsHalfOpen(now):
                _monitor.Outbox.Add(new CloseLink(Number));
                Drop();
                _connectAt = now;
                Maintain(infoPeriodMs);
                return;
            case LinkState.Up:
                if (now >= PingDueAt)
                    Ping();
                if (now >= InfoDueAt(infoPeriodMs))
                    RequestInfo();
                return;
        }
    }

    /// <summary>When <see cref="Maintain"/> has something to do next.</summary>
    public long NextDeadline(long infoPeriodMs) => _state switch
    {
        LinkState.Closed => _connectAt,
        LinkState.Connecting => _stateSince + ConnectTimeoutMs,
        _ => Math.Min(Math.Min(PingDueAt, InfoDueAt(infoPeriodMs)), HalfOpenAt),
    };

    public void Opened()
    {
        Enter(LinkState.Up);
        _failedAttempts = 0;
        _wasUp = true;
        var settings = _monitor.Settings;
        if (settings.AuthPassword is { } password)
            Send(CommandTag.Discard, settings.AuthUser is { } user ? ["AUTH", user, password] : ["AUTH", password]);
        // The name under which a sentinel shows in CLIENT LIST: the first eight digits of its id, as Redis's.
        var id = _monitor.Identity.Id;
        Send(CommandTag.Discard, "CLIENT", "SETNAME", $"sentinel-{id[..Math.Min(8, id.Length)]}-cmd");
        Ping();
        RequestInfo();
    }

    public void Failed(LinkFailure reason)
    {
        var wasUp = _state == LinkState.Up;
        if (reason == LinkFailure.Refused && _wasUp)
            IsRefusedAfterLoss = true;
        Drop();
        // A link that broke is tried again at once: the answer tells a restarting host from a dead process.
        _failedAttempts = wasUp ? 0 : _failedAttempts + 1;
        var pause = wasUp ? 0 : Math.Min(25L << Math.Min(_failedAttempts, 10), ReconnectPauseMaxMs);
        _connectAt = _monitor.Now + pause;
    }

    public void Ping()
    {
        LastPingSentAt = _monitor.Now;
        PingPendingSince ??= _monitor.Now;
        Send(CommandTag.Ping, "PING");
    }

    public void RequestInfo()
    {
        InfoRequestedAt = _monitor.Now;
        _infoAsked.Enqueue(_monitor.Now);
        Send(CommandTag.Info, "INFO");
    }

    /// <summary>Asks for INFO unless an answer is already on its way.</summary>
    public void RequestInfoSoon()
    {
        if (IsUp && _infoAsked.Count == 0)
            RequestInfo();
    }

    public void Send(CommandTag tag, params string[] arguments)
    {
        PendingCommands++;
        _monitor.Outbox.Add(new SendCommand(Number, tag, arguments));
    }

    /// <summary>Books a reply; for PING decides whether it is a sign of life.</summary>
    public void Answered(ReplyArrived reply)
    {
        PendingCommands = Math.Max(0, PendingCommands - 1);
        if (reply.Tag == CommandTag.Info && _infoAsked.TryDequeue(out var asked))
            InfoAnswerAskedAt = asked;
        if (reply.Tag != CommandTag.Ping)
            return;
        LastReplyAt = _monitor.Now;
        if (!IsSignOfLife(reply))
            return;
        LastOkReplyAt = _monitor.Now;
        PingPendingSince = null;
        IsRefusedAfterLoss = false;
    }

    public void Close()
    {
        if (_state == LinkState.Closed)
            return;
        _monitor.Outbox.Add(new CloseLink(Number));
        Drop();
    }

    /// <summary>An instance that loads its data set, or lost its master, is alive all the same.</summary>
    private static bool IsSignOfLife(ReplyArrived reply) => reply.Kind switch
    {
        ReplyKind.Status or ReplyKind.Error => reply.Text.StartsWith("PONG", StringComparison.Ordinal)
            || reply.Text.StartsWith("LOADING", StringComparison.Ordinal)
            || reply.Text.StartsWith("MASTERDOWN", StringComparison.Ordinal),
        _ => false,
    };

    private long PingPeriodMs => Math.Clamp(_monitor.Settings.DownAfterMs / 5, 10, _monitor.Timings.PingPeriodMs);

    private long ConnectTimeoutMs => Math.Clamp(_monitor.Settings.DownAfterMs / 2, 50, _monitor.Timings.ConnectTimeoutMs);

    private long ReconnectPauseMaxMs => Math.Clamp(_monitor.Settings.DownAfterMs / 4, 50, _monitor.Timings.ReconnectPauseMaxMs);

    // One PING at a time is enough while it is unanswered for less than a period; then again, as Redis does.
    private long PingDueAt => (LastPingSentAt ?? _stateSince) + PingPeriodMs;

    private long InfoDueAt(long infoPeriodMs) => _infoAsked.Count > 0 && InfoRequestedAt is { } asked
        ? asked + Math.Max(infoPeriodMs, _monitor.Timings.PingPeriodMs)
        : (InfoRequestedAt ?? _stateSince) + infoPeriodMs;

    private long HalfOpenAt => PingPendingSince is { } since
        ? Math.Max(since, _stateSince) + Math.Max(1, _monitor.Settings.DownAfterMs / 2) + 1
        : long.MaxValue;

    private bool IsHalfOpen(long now) => now >= HalfOpenAt;

    private void Drop()
    {
        Enter(LinkState.Closed);
        Number = 0;
        PendingCommands = 0;
        _infoAsked.Clear();
    }

    private void Enter(LinkState state)
    {
        _state = state;
        _stateSince = _monitor.Now;
    }
}

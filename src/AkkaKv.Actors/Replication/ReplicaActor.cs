using Akka.Actor;
using Akka.Event;
using AkkaKv.Protocol;
using AkkaKv.Replication;

namespace AkkaKv.Actors.Replication;

/// <summary>
/// <c>/user/keyspace/replica-ADDRESS</c>: feeds one attached replica, first with the snapshot if it needs one, then with the stream from
/// its own place in it. It runs beside the keyspace, asks it for the next piece of the snapshot when the network can take more, and hands the
/// network more of the stream only when that has taken the last piece; so a replica that reads slowly or not at all holds up nobody.
/// </summary>
internal sealed class ReplicaActor : ReceiveActor, IWithTimers
{
    /// <summary>Bytes handed to the network at a time.</summary>
    private const int PieceMax = 256 * 1024;

    /// <summary>Unsent bytes from which on no more of the snapshot is asked for until the network has taken them.</summary>
    private const int UnsentMax = 4 * 1024 * 1024;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ReplicaFeed _feed;
    private readonly Action<ReplicaState> _stateChanged;
    private readonly Action _wantsPiece;
    private readonly Action _stopped;
    private readonly OutputBuffer _output = new();
    private readonly List<ArraySegment<byte>> _segments = [];
    private int _awaitsDrain;
    private OutputBuffer? _wholeSnapshot;
    private bool _sendsSnapshot;
    private bool _awaitsPiece;
    private bool _hasLastPiece;
    private bool _streams;
    private long _snapshotBytes;
    private long _takenBefore;

    /// <param name="feed">What to feed the replica with.</param>
    /// <param name="stateChanged">Tells the keyspace how far the replica is.</param>
    /// <param name="wantsPiece">Asks the keyspace for the next piece of the snapshot.</param>
    /// <param name="stopped">Tells the keyspace that nothing of <paramref name="feed"/> is used any more.</param>
    public ReplicaActor(ReplicaFeed feed, Action<ReplicaState> stateChanged, Action wantsPiece, Action stopped)
    {
        (_feed, _stateChanged, _wantsPiece, _stopped) = (feed, stateChanged, wantsPiece, stopped);
        Receive<ReplicaMessage.Wake>(_ => OnWake());
        Receive<ReplicaMessage.Piece>(OnPiece);
        Receive<ReplicaMessage.Drained>(_ => OnDrained());
        Receive<ReplicaMessage.Acked>(acked => Step(new ReplicaInput.Acked(acked.Offset)));
        Receive<ReplicaMessage.Tick>(_ => OnTick());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one; see the constructor.</summary>
    public static Props Props(ReplicaFeed feed, Action<ReplicaState> stateChanged, Action wantsPiece, Action stopped) =>
        Akka.Actor.Props.Create(() => new ReplicaActor(feed, stateChanged, wantsPiece, stopped));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        var self = Self;
        _feed.Connection.Drained = () =>
        {
            if (Interlocked.Exchange(ref _awaitsDrain, 0) == 1)
                self.Tell(ReplicaMessage.Drained.Instance, ActorRefs.NoSender);
        };
        Step(_feed.Decided);
        if (!_feed.Decided.Decision.IsContinue)
            BeginSnapshot();
        ArmTimer();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _feed.Connection.Drained = null;
        _feed.Connection.Close();
        _wholeSnapshot?.Clear();
        _stopped();
    }

    private void OnWake()
    {
        _feed.Look();
        Pump();
    }

    private void OnDrained()
    {
        if (_sendsSnapshot)
            ContinueSnapshot();
        Pump();
    }

    /// <summary>A replica that does not understand end marks must be told the length first, so it gets the snapshot when that is complete.</summary>
    private void BeginSnapshot()
    {
        if (_feed.Session.Handshake.UnderstandsEndMark)
        {
            Step(new ReplicaInput.SnapshotReady(null, _feed.EndMark));
            return;
        }

        _wholeSnapshot = new OutputBuffer();
        AskForPiece();
    }

    private void OnPiece(ReplicaMessage.Piece piece)
    {
        _awaitsPiece = false;
        _hasLastPiece = piece.IsLast;
        _snapshotBytes += piece.Bytes.Length;
        if (_wholeSnapshot is { } whole)
        {
            piece.Bytes.MoveTo(whole);
            if (_hasLastPiece)
                Step(new ReplicaInput.SnapshotReady(whole.Length, _feed.EndMark));
            else
                AskForPiece();
            return;
        }

        _feed.Connection.Send(piece.Bytes);
        ContinueSnapshot();
    }

    private void ContinueSnapshot()
    {
        if (_awaitsPiece)
            return;
        if (!_hasLastPiece)
        {
            if (_feed.Connection.UnsentBytes < UnsentMax || !WaitsForNetwork())
                AskForPiece();
            return;
        }

        if (WaitsForNetwork())
            return;
        _sendsSnapshot = false;
        Step(ReplicaInput.SnapshotSent.Instance);
    }

    private void AskForPiece()
    {
        _awaitsPiece = true;
        _wantsPiece();
    }

    private void OnTick()
    {
        var taken = _snapshotBytes - _feed.Connection.UnsentBytes;
        if (_sendsSnapshot && taken > _takenBefore)
            Step(ReplicaInput.Progressed.Instance);
        _takenBefore = taken;
        Step(new ReplicaInput.Tick(_feed.Cursor.CountUnread(), _feed.Cursor.IsOverrun));
        Pump();
        ArmTimer();
    }

    private void ArmTimer()
    {
        var delayMs = Math.Max(1, _feed.Session.NextDeadline - Environment.TickCount64);
        if (_feed.Session.State != ReplicaState.Closed)
            Timers.StartSingleTimer(nameof(ReplicaMessage.Tick), ReplicaMessage.Tick.Instance, TimeSpan.FromMilliseconds(delayMs));
    }

    private void Step(ReplicaInput input)
    {
        List<ReplicaEffect> outbox = [];
        _feed.Session.Step(Environment.TickCount64, input, outbox);
        foreach (var effect in outbox)
            Perform(effect);
    }

    private void Perform(ReplicaEffect effect)
    {
        switch (effect)
        {
            case ReplicaEffect.Send send:
                _output.Write(send.Bytes.Span);
                _feed.Connection.Send(_output);
                break;
            case ReplicaEffect.SendSnapshot:
                _sendsSnapshot = true;
                if (_wholeSnapshot is not null)
                    _feed.Connection.Send(_wholeSnapshot);
                ContinueSnapshot();
                break;
            case ReplicaEffect.StartStream:
                _streams = true;
                Pump();
                break;
            case ReplicaEffect.StateChanged changed:
                _stateChanged(changed.State);
                break;
            case ReplicaEffect.Acknowledged:
                // The keyspace has seen it first: it is where REPLCONF ACK arrives.
                break;
            case ReplicaEffect.Close close:
                Close(close);
                break;
        }
    }

    private void Close(ReplicaEffect.Close close)
    {
        _log.Info("Connection with replica {0} closed: {1}", _feed.Connection.RemoteEndPoint, close.Reason);
        _streams = false;
        if (close.AfterSending)
            _feed.Connection.CloseWhenSent();
        else
            _feed.Connection.Close();
    }

    private void Pump()
    {
        while (_streams && !WaitsForNetwork())
        {
            if (_feed.Cursor.IsOverrun)
            {
                Step(new ReplicaInput.Tick(0, true));
                return;
            }

            _segments.Clear();
            var length = _feed.Cursor.Peek(_segments, PieceMax);
            if (length == 0)
                return;
            foreach (var segment in _segments)
                _output.Write(segment);
            _feed.Cursor.Advance(length);
            _feed.Connection.Send(_output);
        }
    }

    /// <summary>True if the network still has something to take; then <see cref="ReplicaMessage.Drained"/> will come.</summary>
    private bool WaitsForNetwork()
    {
        if (_feed.Connection.UnsentBytes == 0)
            return false;
        Volatile.Write(ref _awaitsDrain, 1);

        // It may have drained before the flag was up.
        return _feed.Connection.UnsentBytes > 0 || Interlocked.Exchange(ref _awaitsDrain, 0) == 0;
    }
}

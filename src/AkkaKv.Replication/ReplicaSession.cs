using System.Text;

namespace AkkaKv.Replication;

/// <summary>
/// The master's side of the link to one replica, from the decision on its PSYNC on.
/// <code>
///   WaitsForSnapshot ──SnapshotReady──► ReceivesSnapshot ──SnapshotSent──► Online ──► Closed
///          ▲                                                                 ▲
///          └──Decided(full)── new ──────────────Decided(continue)────────────┘        any state may close
/// </code>
/// </summary>
/// <remarks>
/// After a snapshot with an end mark the stream starts only when the replica has confirmed it: the mark is found most simply, and by
/// some replicas only, when nothing follows it. `now` is monotonic milliseconds.
/// </remarks>
public sealed class ReplicaSession(ReplicaHandshake handshake, bool isOldForm, ReplicaSettings settings)
{
    private static readonly ReadOnlyMemory<byte> NewLine = "\n"u8.ToArray();

    private const long WatchEveryMs = 1000;

    private bool _hasStarted;
    private bool _streamWaitsForAck;
    private string? _endMark;
    private long _aliveAt;
    private long _keptAliveAt;
    private long _watchedAt;
    private long? _behindSince;

    /// <summary>What the replica told about itself.</summary>
    public ReplicaHandshake Handshake { get; } = handshake;

    public ReplicaState State { get; private set; } = ReplicaState.WaitsForSnapshot;

    /// <summary>The highest offset that the replica has confirmed.</summary>
    public long AckedOffset { get; private set; }

    /// <summary>When <see cref="Step"/> wants a <see cref="ReplicaInput.Tick"/> at the latest.</summary>
    public long NextDeadline => State switch
    {
        ReplicaState.Closed => long.MaxValue,
        ReplicaState.WaitsForSnapshot => _keptAliveAt + settings.KeepAliveMs,
        _ => _watchedAt + WatchEveryMs,
    };

    public void Step(long now, ReplicaInput input, List<ReplicaEffect> outbox)
    {
        if (State == ReplicaState.Closed)
            return;
        switch (input)
        {
            case ReplicaInput.Decided decided when !_hasStarted:
                Start(now, decided, outbox);
                break;
            case ReplicaInput.SnapshotReady ready when _hasStarted && State == ReplicaState.WaitsForSnapshot:
                SendSnapshot(now, ready, outbox);
                break;
            case ReplicaInput.SnapshotSent when State == ReplicaState.ReceivesSnapshot:
                FinishSnapshot(now, outbox);
                break;
            case ReplicaInput.Progressed or ReplicaInput.Alive:
                _aliveAt = now;
                break;
            case ReplicaInput.Acked acked:
                Acknowledge(now, acked.Offset, outbox);
                break;
            case ReplicaInput.Tick tick:
                Watch(now, tick, outbox);
                break;
            default:
                throw new InvalidOperationException($"{input.GetType().Name} in state {State}");
        }
    }

    private void Start(long now, ReplicaInput.Decided decided, List<ReplicaEffect> outbox)
    {
        _hasStarted = true;
        _aliveAt = _keptAliveAt = _watchedAt = now;
        if (decided.Decision.IsContinue)
        {
            AckedOffset = decided.Decision.Offset;
            Send(Handshake.UnderstandsPsync2 ? $"+CONTINUE {decided.Id}\r\n" : "+CONTINUE\r\n", outbox);
            Change(ReplicaState.Online, outbox);
            outbox.Add(ReplicaEffect.StartStream.Instance);
            return;
        }

        if (!isOldForm)
            Send($"+FULLRESYNC {decided.Id} {decided.Offset}\r\n", outbox);
        Change(ReplicaState.WaitsForSnapshot, outbox);
    }

    private void SendSnapshot(long now, ReplicaInput.SnapshotReady ready, List<ReplicaEffect> outbox)
    {
        _aliveAt = now;
        if (ready.Length is { } length && !Handshake.UnderstandsEndMark)
        {
            Send($"${length}\r\n", outbox);
        }
        else if (Handshake.UnderstandsEndMark)
        {
            _endMark = ready.EndMark;
            Send($"$EOF:{_endMark}\r\n", outbox);
        }
        else
        {
            throw new InvalidOperationException("a snapshot of unknown length for a replica that does not understand end marks");
        }

        Change(ReplicaState.ReceivesSnapshot, outbox);
        outbox.Add(ReplicaEffect.SendSnapshot.Instance);
    }

    private void FinishSnapshot(long now, List<ReplicaEffect> outbox)
    {
        _aliveAt = now;
        if (_endMark is not null)
            Send(_endMark, outbox);
        if (Handshake.WantsRdbOnly)
        {
            Close("the RDB it asked for was delivered", true, outbox);
            return;
        }

        Change(ReplicaState.Online, outbox);
        _streamWaitsForAck = _endMark is not null;
        if (!_streamWaitsForAck)
            outbox.Add(ReplicaEffect.StartStream.Instance);
    }

    private void Acknowledge(long now, long offset, List<ReplicaEffect> outbox)
    {
        _aliveAt = now;
        if (State != ReplicaState.Online)
            return;
        if (_streamWaitsForAck)
        {
            _streamWaitsForAck = false;
            outbox.Add(ReplicaEffect.StartStream.Instance);
        }

        AckedOffset = Math.Max(AckedOffset, offset);
        outbox.Add(new ReplicaEffect.Acknowledged(AckedOffset));
    }

    private void Watch(long now, ReplicaInput.Tick tick, List<ReplicaEffect> outbox)
    {
        _watchedAt = now;
        if (tick.IsOverrun)
        {
            Close("what it needs next is no longer kept: it fell behind by more than the output buffer limit, or the history was replaced", false, outbox);
            return;
        }

        _behindSince = settings.LagSoftMax > 0 && tick.LagBytes > settings.LagSoftMax ? _behindSince ?? now : null;
        if (now - _behindSince >= settings.LagSoftMs)
        {
            Close($"it was behind by more than {settings.LagSoftMax} bytes for {settings.LagSoftMs} ms", false, outbox);
            return;
        }

        if (State == ReplicaState.WaitsForSnapshot)
        {
            KeepAlive(now, outbox);
            return;
        }

        // Replicas of the time before PSYNC never confirm anything, so their silence means nothing.
        var mayBeSilent = isOldForm && State == ReplicaState.Online;
        if (!mayBeSilent && now - _aliveAt >= settings.TimeoutMs)
            Close(State == ReplicaState.Online ? "timed out, streaming" : "timed out, full resynchronisation", false, outbox);
    }

    private void KeepAlive(long now, List<ReplicaEffect> outbox)
    {
        if (now - _keptAliveAt < settings.KeepAliveMs)
            return;
        _keptAliveAt = now;
        outbox.Add(new ReplicaEffect.Send(NewLine));
    }

    private void Change(ReplicaState state, List<ReplicaEffect> outbox)
    {
        State = state;
        outbox.Add(new ReplicaEffect.StateChanged(state));
    }

    private void Close(string reason, bool afterSending, List<ReplicaEffect> outbox)
    {
        Change(ReplicaState.Closed, outbox);
        outbox.Add(new ReplicaEffect.Close(reason, afterSending));
    }

    private static void Send(string text, List<ReplicaEffect> outbox) =>
        outbox.Add(new ReplicaEffect.Send(Encoding.ASCII.GetBytes(text)));
}

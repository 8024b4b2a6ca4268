using System.Globalization;
using System.Text;

namespace AkkaKv.Replication;

/// <summary>
/// The replica's side of the link to its master: finds out where to continue, connects, introduces itself, asks PSYNC, takes a
/// snapshot if it must, then leaves the stream to the host and confirms what is applied. After any failure it begins again.
/// <code>
///   Stopped ─Start─► Waiting ─► Connecting ─► AwaitsPong ─► AwaitsAnswers ─► AwaitsSync ──+CONTINUE──────────────► Streaming
///                       ▲                                                        │                                    ▲
///                       │                                                        └─+FULLRESYNC─► AwaitsSnapshot ─► ReceivesSnapshot ─► Loading
///                       └───────────────────────── any failure, from any of these
/// </code>
/// </summary>
/// <remarks>`now` is monotonic milliseconds.</remarks>
public sealed class UpstreamLink(UpstreamSettings settings)
{
    private const long KeepAliveMs = 1_000;

    private static readonly ReadOnlyMemory<byte> NewLine = "\n"u8.ToArray();

    private readonly LineReader _lines = new();
    private readonly UpstreamHandshake _handshake = new(settings);

    private UpstreamInput.Position? _position;
    private SnapshotPayload? _payload;
    private long _attemptAt;
    private long _retryMs;
    private long _ioAt;
    private long _saidAt;
    private long _appliedOffset;
    private long? _downSince;

    public UpstreamSettings Settings { get; } = settings;

    public UpstreamState State { get; private set; }

    /// <summary>When <see cref="Step"/> wants a <see cref="UpstreamInput.Tick"/> at the latest.</summary>
    public long NextDeadline => State switch
    {
        UpstreamState.Stopped => long.MaxValue,
        UpstreamState.Waiting => _position is null ? long.MaxValue : _attemptAt,
        UpstreamState.Streaming => Math.Min(_ioAt + Settings.TimeoutMs, _saidAt + Settings.AckPeriodMs),
        UpstreamState.ReceivesSnapshot or UpstreamState.Loading => Math.Min(_ioAt + Settings.TimeoutMs, _saidAt + KeepAliveMs),
        _ => _ioAt + Settings.TimeoutMs,
    };

    public void Step(long now, UpstreamInput input, List<UpstreamEffect> outbox)
    {
        switch (input)
        {
            case UpstreamInput.Start when State == UpstreamState.Stopped:
                _retryMs = Settings.RetryMinMs;
                _attemptAt = now;
                Wait(outbox);
                break;
            case UpstreamInput.Stop:
                Leave("no longer wanted", now, outbox);
                State = UpstreamState.Stopped;
                break;
            case UpstreamInput.Position position when State == UpstreamState.Waiting:
                _position = position;
                _appliedOffset = position.Offset;
                Connect(now, outbox);
                break;
            case UpstreamInput.Connected when State == UpstreamState.Connecting:
                _ioAt = now;
                State = UpstreamState.AwaitsPong;
                Send(now, UpstreamHandshake.Ping, outbox);
                break;
            case UpstreamInput.Disconnected lost when IsConnected:
                Fail(now, lost.Reason, outbox);
                break;
            case UpstreamInput.LoadCompleted when State == UpstreamState.Loading:
                outbox.Add(new UpstreamEffect.Announce("MASTER <-> REPLICA sync: Finished with success"));
                Stream(now, outbox);
                break;
            case UpstreamInput.LoadFailed failed when State is UpstreamState.Loading or UpstreamState.ReceivesSnapshot:
                Fail(now, failed.Reason, outbox);
                break;
            case UpstreamInput.Applied applied:
                _appliedOffset = Math.Max(_appliedOffset, applied.Offset);
                break;
            case UpstreamInput.AckRequested requested when State == UpstreamState.Streaming:
                _appliedOffset = Math.Max(_appliedOffset, requested.Offset);
                Send(now, UpstreamHandshake.Ack(_appliedOffset), outbox);
                break;
            case UpstreamInput.Tick:
                Watch(now, outbox);
                break;
        }
    }

    /// <summary>
    /// Takes bytes from the master and returns how many of them it used. When it used none while <see cref="UpstreamState.Streaming"/>,
    /// they are commands for the host. When it used fewer than all, the host performs the effects and offers the rest again; in
    /// <see cref="UpstreamState.Loading"/> only after it has said how the load ended.
    /// </summary>
    public int Receive(long now, ReadOnlyMemory<byte> bytes, List<UpstreamEffect> outbox)
    {
        if (!IsConnected)
            return bytes.Length;
        _ioAt = now;
        switch (State)
        {
            case UpstreamState.Streaming or UpstreamState.Loading:
                return 0;
            case UpstreamState.ReceivesSnapshot:
                return ReceiveSnapshot(bytes, outbox);
        }

        var used = _lines.Take(bytes.Span, out var line);
        if (used < 0)
        {
            Fail(now, "the master's answer is too long", outbox);
            return bytes.Length;
        }

        if (line is not null)
            Answer(now, line, outbox);
        return used;
    }

    /// <summary>The link as INFO shows it.</summary>
    public UpstreamView View() => new(
        Settings.Host,
        Settings.Port,
        State,
        IsConnected && State != UpstreamState.Connecting ? _ioAt : null,
        _downSince,
        State.IsSyncing() ? new SyncProgress(_payload?.Length ?? 0, _payload?.Read ?? 0) : null);

    private bool IsConnected => State is not (UpstreamState.Stopped or UpstreamState.Waiting);

    private void Answer(long now, string line, List<UpstreamEffect> outbox)
    {
        switch (State)
        {
            case UpstreamState.AwaitsPong:
                if (UpstreamHandshake.RefusesPing(line) is { } refusal)
                {
                    Fail(now, refusal, outbox);
                    return;
                }

                State = UpstreamState.AwaitsAnswers;
                Send(now, _handshake.Introduce(), outbox);
                break;
            case UpstreamState.AwaitsAnswers:
                if (_handshake.Answer(line) is { } error)
                {
                    Fail(now, error, outbox);
                    return;
                }

                if (!_handshake.IsComplete)
                    return;
                State = UpstreamState.AwaitsSync;
                AskSync(now, outbox);
                break;
            case UpstreamState.AwaitsSync:
                // An empty line says only that the master is alive and still preparing.
                if (line.Length > 0)
                    AnswerSync(now, line, outbox);
                break;
            case UpstreamState.AwaitsSnapshot:
                if (line.Length > 0)
                    BeginSnapshot(now, line, outbox);
                break;
            default:
                throw new InvalidOperationException($"a line in state {State}");
        }
    }

    private void AskSync(long now, List<UpstreamEffect> outbox)
    {
        var (id, offset) = (_position!.Id, _position.Offset);
        outbox.Add(new UpstreamEffect.Announce(id.IsNone
            ? "Partial resynchronization not possible (no cached master)"
            : $"Trying a partial resynchronization (request {id}:{offset + 1})."));
        Send(now, UpstreamHandshake.Psync(id, offset), outbox);
    }

    private void AnswerSync(long now, string line, List<UpstreamEffect> outbox)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["+FULLRESYNC", var full, var text] && TryId(full, out var id)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            outbox.Add(new UpstreamEffect.Announce($"Full resync from master: {id}:{offset}"));
            outbox.Add(new UpstreamEffect.BeginLoad(id, offset));
            _appliedOffset = offset;
            _payload = null;
            State = UpstreamState.AwaitsSnapshot;
        }
        else if (words is ["+CONTINUE"] && !_position!.Id.IsNone)
        {
            Continue(now, ReplicationId.None, outbox);
        }
        else if (words is ["+CONTINUE", var continued] && TryId(continued, out id) && !_position!.Id.IsNone)
        {
            Continue(now, id, outbox);
        }
        else
        {
            // -NOMASTERLINK and -LOADING pass; so may any other error. The next attempt will see.
            Fail(now, $"Unexpected reply to PSYNC from master: {line}", outbox);
        }
    }

    private void Continue(long now, ReplicationId id, List<UpstreamEffect> outbox)
    {
        outbox.Add(new UpstreamEffect.Announce("Successful partial resynchronization with master."));
        outbox.Add(new UpstreamEffect.Continue(id));
        Stream(now, outbox);
    }

    private void BeginSnapshot(long now, string line, List<UpstreamEffect> outbox)
    {
        if (line.StartsWith("$EOF:", StringComparison.Ordinal) && line.Length == 5 + SnapshotPayload.MarkLength)
        {
            _payload = SnapshotPayload.UntilMark(Encoding.Latin1.GetBytes(line[5..]));
        }
        else if (line[0] == '$' && long.TryParse(line.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            _payload = SnapshotPayload.OfLength(length);
        }
        else
        {
            Fail(now, $"MASTER aborted replication with an error: {line}", outbox);
            return;
        }

        outbox.Add(new UpstreamEffect.Announce(_payload.Length is { } known
            ? $"MASTER <-> REPLICA sync: receiving {known} bytes from master"
            : "MASTER <-> REPLICA sync: receiving streamed RDB from master with EOF"));
        _saidAt = now;
        State = UpstreamState.ReceivesSnapshot;
        if (_payload.IsComplete)
            EndSnapshot(outbox);
    }

    private int ReceiveSnapshot(ReadOnlyMemory<byte> bytes, List<UpstreamEffect> outbox)
    {
        var used = _payload!.Take(bytes, outbox);
        if (_payload.IsComplete)
            EndSnapshot(outbox);
        return used;
    }

    private void EndSnapshot(List<UpstreamEffect> outbox)
    {
        State = UpstreamState.Loading;
        outbox.Add(UpstreamEffect.EndLoad.Instance);
    }

    private void Stream(long now, List<UpstreamEffect> outbox)
    {
        State = UpstreamState.Streaming;
        _ioAt = now;
        _downSince = null;
        _retryMs = Settings.RetryMinMs;
        outbox.Add(UpstreamEffect.LinkUp.Instance);

        // At once: a master that streamed the snapshot begins with the commands only after it.
        Send(now, UpstreamHandshake.Ack(_appliedOffset), outbox);
    }

    private void Watch(long now, List<UpstreamEffect> outbox)
    {
        if (State == UpstreamState.Waiting)
        {
            Connect(now, outbox);
            return;
        }

        if (!IsConnected)
            return;
        if (now - _ioAt >= Settings.TimeoutMs)
        {
            Fail(now, State == UpstreamState.Streaming ? "MASTER timeout: no data nor PING received..." : $"timeout in state {State}", outbox);
            return;
        }

        if (State == UpstreamState.Streaming && now - _saidAt >= Settings.AckPeriodMs)
            Send(now, UpstreamHandshake.Ack(_appliedOffset), outbox);
        else if (State is UpstreamState.ReceivesSnapshot or UpstreamState.Loading && now - _saidAt >= KeepAliveMs)
            Send(now, NewLine, outbox);
    }

    private void Connect(long now, List<UpstreamEffect> outbox)
    {
        if (_position is null || now < _attemptAt)
            return;
        outbox.Add(new UpstreamEffect.Announce($"Connecting to MASTER {Settings.Host}:{Settings.Port}"));
        outbox.Add(new UpstreamEffect.Connect(Settings.Host, Settings.Port));
        _ioAt = now;
        _lines.Clear();
        State = UpstreamState.Connecting;
    }

    private void Fail(long now, string reason, List<UpstreamEffect> outbox)
    {
        Leave(reason, now, outbox);
        _attemptAt = now + _retryMs;
        _retryMs = Math.Min(_retryMs * 2, Settings.RetryMaxMs);
        Wait(outbox);
    }

    private void Leave(string reason, long now, List<UpstreamEffect> outbox)
    {
        if (!IsConnected)
            return;
        if (State.IsSyncing())
            outbox.Add(UpstreamEffect.AbandonLoad.Instance);
        outbox.Add(UpstreamEffect.Disconnect.Instance);
        if (State == UpstreamState.Streaming)
        {
            _downSince = now;
            outbox.Add(new UpstreamEffect.LinkDown(reason));
        }
        else
        {
            outbox.Add(new UpstreamEffect.Announce(reason));
        }
    }

    private void Wait(List<UpstreamEffect> outbox)
    {
        State = UpstreamState.Waiting;
        _position = null;
        _payload = null;
        outbox.Add(UpstreamEffect.AskPosition.Instance);
    }

    private void Send(long now, ReadOnlyMemory<byte> bytes, List<UpstreamEffect> outbox)
    {
        _saidAt = now;
        outbox.Add(new UpstreamEffect.Send(bytes));
    }

    private static bool TryId(string text, out ReplicationId id) => ReplicationId.TryParse(Encoding.Latin1.GetBytes(text), out id);
}

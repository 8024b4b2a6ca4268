using System.Text;
using AkkaKv.Protocol;
using AkkaKv.Replication;
using AkkaKv.Simulation.Engine;
using AkkaKv.Simulation.Networking;

namespace AkkaKv.Simulation.DataNodes;

/// <summary>The master's side of one replica's connection: hosts a <see cref="ReplicaSession"/>.</summary>
internal sealed class Downlink
{
    private const int SnapshotPieceMax = 4_096;

    private readonly DataNode _master;
    private readonly Endpoint _endpoint;
    private readonly long _number;
    private readonly RequestParser _parser = new();
    private readonly RequestBatch _batch = new();
    private readonly ReplicaHandshake _handshake = new();
    private readonly DeadlineTimer _timer;
    private byte[] _received = [];
    private byte[] _snapshot = [];
    private int _snapshotSent;
    private bool _sendsSnapshot;
    private ReplicationCursor? _cursor;
    private ReplicaSession? _session;
    private bool _streams;
    private bool _isClosed;

    public Downlink(DataNode master, Endpoint endpoint, long number)
    {
        (_master, _endpoint, _number) = (master, endpoint, number);
        _timer = new DeadlineTimer(master, Tick);
        endpoint.Received = payload => Receive((byte[])payload);
        endpoint.Closed = _ => Close("the replica is gone");
        endpoint.Drained = Pump;
    }

    /// <summary>Sends what there is to send, as far as the connection takes it.</summary>
    public void Pump()
    {
        if (_isClosed)
            return;
        while (_sendsSnapshot && HasRoom())
            SendSnapshotPiece();
        while (_streams && !_isClosed && HasRoom() && !_cursor!.IsOverrun && _cursor.Peek() is { Length: > 0 } next)
        {
            var bytes = next.Span[..Math.Min(next.Length, _master.Options.WindowBytes)].ToArray();
            _endpoint.Send(bytes);
            _cursor.Advance(bytes.Length);
        }
        if (_cursor is { IsOverrun: true })
            Tick();
    }

    public void Close(string reason)
    {
        if (_isClosed)
            return;
        _isClosed = true;
        if (_session is not null)
            _master.Log($"drops its replica {_handshake.ListeningPort}: {reason}");
        _endpoint.Close();
        _master.Roster.Remove(_number);
        _master.Remove(this);
        if (_cursor is not null)
            _master.History.Buffer.Release(_cursor);
    }

    private bool HasRoom() => _endpoint.Outgoing.QueuedBytes < _master.Options.WindowBytes;

    private void Receive(byte[] bytes)
    {
        _received = [.. _received, .. bytes];
        _batch.Clear();
        if (_parser.Parse(_received, 0, _received.Length, _batch, out var consumed) == ParseStatus.Error)
            throw new InvariantViolation("stream", $"{_master.Name} cannot read its replica: {_parser.ErrorMessage}");
        for (var index = 0; index < _batch.Count && !_isClosed; index++)
            Execute(_batch[index]);
        _received = _received[consumed..];
    }

    private void Execute(Arguments request)
    {
        var words = new string[request.Count];
        for (var index = 0; index < words.Length; index++)
            words[index] = Encoding.ASCII.GetString(request[index]);
        switch (words)
        {
            case ["PING"]:
                Reply("+PONG\r\n");
                break;
            case ["REPLCONF", "ACK", var offset]:
                Step(new ReplicaInput.Acked(long.Parse(offset)));
                break;
            case ["REPLCONF", ..]:
                for (var index = 1; index < words.Length; index += 2)
                {
                    if (_handshake.Apply(request[index], request[index + 1]) is { } error)
                        throw new InvariantViolation("handshake", error);
                }
                Reply("+OK\r\n");
                break;
            case ["PSYNC", var id, var next]:
                Sync(id, long.Parse(next) - 1);
                break;
            default:
                throw new InvariantViolation("handshake", $"unexpected request of a replica: {string.Join(' ', words)}");
        }
    }

    private void Sync(string id, long offset)
    {
        if (!_master.CanServeReplicas)
        {
            Reply("-NOMASTERLINK Can't SYNC while not connected with my master\r\n");
            return;
        }
        ReplicationId.TryParse(Encoding.ASCII.GetBytes(id), out var asked);
        if (_master.IsMaster)
            _master.StartBacklog();
        var history = _master.History;
        var decision = history.Decide(asked, offset);
        if (_master.Sabotage == Sabotage.MasterContinuesAnybody && history.Buffer.Covers(offset))
            decision = SyncDecision.Continue(offset);
        if (!decision.IsContinue)
            _master.Log($"makes {_handshake.ListeningPort} load everything: {decision.Reason}");
        _session = new ReplicaSession(_handshake, false, _master.Options.Replicas);
        _cursor = history.Buffer.OpenCursor(decision.IsContinue ? decision.Offset : history.Offset, _master.Options.Replicas.LagHardMax);
        _master.Roster.Add(_number, ((DataNode)_endpoint.Peer.Process).Address.Host, _handshake.ListeningPort, _master.MonotonicNow);
        Step(new ReplicaInput.Decided(decision, history.Id, history.Offset));
        if (decision.IsContinue)
            return;
        _snapshot = _master.Data.ToRdb();
        var endMark = Convert.ToHexStringLower(_master.Random.Bytes(20));
        _master.After(_master.Random.Between(0, 50), () => Step(new ReplicaInput.SnapshotReady(null, endMark)));
    }

    private void Tick()
    {
        if (_session is not null && !_isClosed)
            Step(new ReplicaInput.Tick(_master.History.Offset - _cursor!.Offset, _cursor.IsOverrun));
    }

    private void Step(ReplicaInput input)
    {
        if (_session is null || _isClosed)
            return;
        List<ReplicaEffect> outbox = [];
        _session.Step(_master.MonotonicNow, input, outbox);
        foreach (var effect in outbox)
            Perform(effect);
        if (!_isClosed)
            _timer.Arm(_session.NextDeadline, _master.MonotonicNow);
    }

    private void Perform(ReplicaEffect effect)
    {
        switch (effect)
        {
            case ReplicaEffect.Send send:
                _endpoint.Send(send.Bytes.ToArray());
                break;
            case ReplicaEffect.SendSnapshot:
                _sendsSnapshot = true;
                Pump();
                break;
            case ReplicaEffect.StartStream:
                _streams = true;
                Pump();
                break;
            case ReplicaEffect.StateChanged changed:
                _master.Roster.Change(_number, changed.State, _master.MonotonicNow);
                break;
            case ReplicaEffect.Acknowledged acknowledged:
                _master.Roster.Acknowledge(_number, acknowledged.Offset, _master.MonotonicNow);
                _master.OnAcknowledged(acknowledged.Offset);
                break;
            case ReplicaEffect.Close close:
                Close(close.Reason);
                break;
        }
    }

    private void SendSnapshotPiece()
    {
        var length = Math.Min(_snapshot.Length - _snapshotSent, SnapshotPieceMax);
        _endpoint.Send(_snapshot.AsSpan(_snapshotSent, length).ToArray());
        _snapshotSent += length;
        if (_snapshotSent < _snapshot.Length)
        {
            Step(ReplicaInput.Progressed.Instance);
            return;
        }
        _sendsSnapshot = false;
        _snapshot = [];
        Step(ReplicaInput.SnapshotSent.Instance);
    }

    private void Reply(string text) => _endpoint.Send(Encoding.ASCII.GetBytes(text));
}

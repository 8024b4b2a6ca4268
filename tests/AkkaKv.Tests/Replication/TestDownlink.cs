using System.Text;
using AkkaKv.Protocol;
using AkkaKv.Replication;

namespace AkkaKv.Tests.Replication;

/// <summary>Hosts a <see cref="ReplicaSession"/> for a test node: what the master does with the connection of one replica.</summary>
internal sealed class TestDownlink(TestNode master, TestLink link, long number)
{
    private static readonly string EndMark = new('E', 40);

    private readonly RequestParser _parser = new();
    private readonly RequestBatch _batch = new();
    private readonly ReplicaHandshake _handshake = new();
    private readonly List<ReplicaEffect> _outbox = [];

    private byte[] _received = [];
    private byte[] _snapshot = [];
    private ReplicationCursor? _cursor;
    private ReplicaSession? _session;
    private bool _streams;

    public bool IsClosed { get; private set; }

    public TestLink Link => link;

    /// <summary>Does what is due; true if anything happened.</summary>
    public bool Pump(long now, int pieceMax)
    {
        if (!link.IsOpen)
        {
            Close();
            return false;
        }

        var received = link.TakeForMaster(pieceMax);
        if (received.Length > 0)
            Receive(now, received);
        if (_session is not null && !IsClosed && (_cursor!.IsOverrun || now >= _session.NextDeadline))
            Step(now, new ReplicaInput.Tick(master.History.Offset - _cursor.Offset, _cursor.IsOverrun));
        return Stream() || received.Length > 0;
    }

    public void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        link.Close();
        master.Roster.Remove(number);
        if (_cursor is not null)
            master.History.Buffer.Release(_cursor);
    }

    private void Receive(long now, byte[] bytes)
    {
        _received = [.. _received, .. bytes];
        _batch.Clear();
        Assert.NotEqual(ParseStatus.Error, _parser.Parse(_received, 0, _received.Length, _batch, out var consumed));
        for (var index = 0; index < _batch.Count && !IsClosed; index++)
            Execute(now, _batch[index]);
        _received = _received[consumed..];
    }

    private void Execute(long now, Arguments request)
    {
        var words = new string[request.Count];
        for (var index = 0; index < words.Length; index++)
            words[index] = Encoding.ASCII.GetString(request[index]);
        switch (words)
        {
            case ["PING"]:
                Reply("+PONG\r\n");
                break;
            case ["AUTH", ..]:
                Reply(words[^1] == master.Password ? "+OK\r\n" : "-WRONGPASS invalid username-password pair or user is disabled.\r\n");
                break;
            case ["REPLCONF", "ACK", var offset]:
                Step(now, new ReplicaInput.Acked(long.Parse(offset)));
                break;
            case ["REPLCONF", ..]:
                for (var index = 1; index < words.Length; index += 2)
                    Assert.Null(_handshake.Apply(request[index], request[index + 1]));
                Reply("+OK\r\n");
                break;
            case ["PSYNC", var id, var next]:
                Sync(now, id, long.Parse(next) - 1);
                break;
            default:
                Assert.Fail($"unexpected request {string.Join(' ', words)}");
                break;
        }
    }

    private void Sync(long now, string id, long offset)
    {
        if (master.RefusesSync is { } refusal)
        {
            Reply(refusal);
            return;
        }

        ReplicationId.TryParse(Encoding.ASCII.GetBytes(id), out var asked);
        master.BeforeSync();
        var decision = master.History.Decide(asked, offset);
        master.Syncs.Add(decision.IsContinue ? "partial" : $"full: {decision.Reason}");
        _snapshot = master.Snapshot();
        _session = new ReplicaSession(_handshake, false, master.ReplicaSettings);
        _cursor = master.History.Buffer.OpenCursor(decision.IsContinue ? decision.Offset : master.History.Offset, master.ReplicaSettings.LagHardMax);
        master.Roster.Add(number, "127.0.0.1", _handshake.ListeningPort, now);
        Step(now, new ReplicaInput.Decided(decision, master.History.Id, master.History.Offset));
        if (!decision.IsContinue)
            Step(now, new ReplicaInput.SnapshotReady(_snapshot.Length, EndMark));
    }

    private void Step(long now, ReplicaInput input)
    {
        if (_session is null)
            return;
        _outbox.Clear();
        _session.Step(now, input, _outbox);
        foreach (var effect in _outbox.ToArray())
            Perform(now, effect);
    }

    private void Perform(long now, ReplicaEffect effect)
    {
        switch (effect)
        {
            case ReplicaEffect.Send send:
                link.SendToReplica(send.Bytes.Span);
                break;
            case ReplicaEffect.SendSnapshot:
                link.SendToReplica(_snapshot);
                Step(now, ReplicaInput.SnapshotSent.Instance);
                break;
            case ReplicaEffect.StartStream:
                _streams = true;
                break;
            case ReplicaEffect.StateChanged changed:
                master.Roster.Change(number, changed.State, now);
                break;
            case ReplicaEffect.Acknowledged acknowledged:
                master.Roster.Acknowledge(number, acknowledged.Offset, now);
                break;
            case ReplicaEffect.Close:
                Close();
                break;
        }
    }

    private bool Stream()
    {
        if (!_streams || IsClosed || _cursor!.IsOverrun)
            return false;
        var sent = false;
        while (_cursor.Peek() is { Length: > 0 } next)
        {
            link.SendToReplica(next.Span);
            _cursor.Advance(next.Length);
            sent = true;
        }

        return sent;
    }

    private void Reply(string text) => link.SendToReplica(Encoding.ASCII.GetBytes(text));
}

using System.Text;
using AkkaKv.Protocol;
using AkkaKv.Replication;

namespace AkkaKv.Tests.Replication;

/// <summary>Hosts an <see cref="UpstreamLink"/> for a test node: what a replica does with the connection to its master.</summary>
internal sealed class TestUplink
{
    private readonly TestNode _node;
    private readonly Func<TestLink?> _connect;
    private readonly UpstreamLink _core;
    private readonly List<UpstreamEffect> _outbox = [];
    private readonly RequestParser _parser = new();
    private readonly RequestBatch _batch = new();

    private TestLink? _link;
    private byte[] _stream = [];
    private List<byte>? _load;
    private (ReplicationId Id, long Offset) _promised;

    public TestUplink(TestNode node, UpstreamSettings settings, Func<TestLink?> connect, long now)
    {
        (_node, _connect) = (node, connect);
        _core = new UpstreamLink(settings);
        Step(now, UpstreamInput.Start.Instance);
    }

    public UpstreamState State => _core.State;

    public UpstreamView View => _core.View();

    /// <summary>What the link announced, and why it went down.</summary>
    public List<string> Log { get; } = [];

    public bool Pump(long now, int pieceMax)
    {
        var isDue = now >= _core.NextDeadline;
        if (isDue)
            Step(now, UpstreamInput.Tick.Instance);
        if (_link is null)
            return isDue;
        var bytes = _link.TakeForReplica(pieceMax);
        if (bytes.Length > 0)
            Receive(now, bytes);
        if (_link is { } link && (link.IsCutDue || !link.IsOpen))
        {
            link.Close();
            _link = null;
            Step(now, new UpstreamInput.Disconnected("the connection is lost"));
            return true;
        }

        return isDue || bytes.Length > 0;
    }

    public void Stop(long now) => Step(now, UpstreamInput.Stop.Instance);

    private void Receive(long now, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var used = ReceiveSome(now, bytes);
            if (used == 0)
            {
                Assert.Equal(UpstreamState.Streaming, _core.State);
                Apply(now, bytes.Span);
                return;
            }

            bytes = bytes[used..];
        }
    }

    private int ReceiveSome(long now, ReadOnlyMemory<byte> bytes)
    {
        List<UpstreamEffect> outbox = [];
        var used = _core.Receive(now, bytes, outbox);
        foreach (var effect in outbox)
            Perform(now, effect);
        return used;
    }

    /// <summary>Applies whole commands; a node's data is the list of the commands it has applied.</summary>
    private void Apply(long now, ReadOnlySpan<byte> bytes)
    {
        _stream = [.. _stream, .. bytes];
        _batch.Clear();
        Assert.NotEqual(ParseStatus.Error, _parser.Parse(_stream, 0, _stream.Length, _batch, out var consumed));
        for (var index = 0; index < _batch.Count; index++)
        {
            var raw = _batch[index].Raw;
            var asksForAck = raw.SequenceEqual(StreamCommands.GetAck);
            if (!asksForAck && !raw.SequenceEqual(StreamCommands.Ping))
                _node.Data.Add(Encoding.ASCII.GetString(raw));
            _node.History.Buffer.Append(raw);
            Step(now, asksForAck ? new UpstreamInput.AckRequested(_node.History.Offset) : new UpstreamInput.Applied(_node.History.Offset));
        }

        _stream = _stream[consumed..];
    }

    private void Step(long now, UpstreamInput input)
    {
        _outbox.Clear();
        _core.Step(now, input, _outbox);
        foreach (var effect in _outbox.ToArray())
            Perform(now, effect);
    }

    private void Perform(long now, UpstreamEffect effect)
    {
        switch (effect)
        {
            case UpstreamEffect.AskPosition:
                Step(now, new UpstreamInput.Position(_node.History.Id, _node.History.Offset));
                break;
            case UpstreamEffect.Connect:
                _link = _connect();
                Step(now, _link is null ? new UpstreamInput.Disconnected("connection refused") : UpstreamInput.Connected.Instance);
                break;
            case UpstreamEffect.Disconnect:
                _link?.Close();
                _link = null;
                break;
            case UpstreamEffect.Send send:
                _link?.SendToMaster(send.Bytes.Span);
                break;
            case UpstreamEffect.BeginLoad begin:
                _promised = (begin.Id, begin.Offset);
                _load = [];
                break;
            case UpstreamEffect.Load load:
                _load!.AddRange(load.Bytes.Span);
                break;
            case UpstreamEffect.AbandonLoad:
                _load = null;
                break;
            case UpstreamEffect.EndLoad:
                _node.Adopt(_load!.ToArray(), _promised.Id, _promised.Offset);
                Step(now, UpstreamInput.LoadCompleted.Instance);
                break;
            case UpstreamEffect.Continue continued:
                if (_node.History.AdoptContinue(continued.Id))
                    _node.DropReplicas();
                break;
            case UpstreamEffect.LinkUp:
                Reset();
                break;
            case UpstreamEffect.LinkDown down:
                Log.Add(down.Reason);
                Reset();
                break;
            case UpstreamEffect.Announce announce:
                Log.Add(announce.Text);
                break;
        }
    }

    private void Reset()
    {
        _stream = [];
        _parser.Reset();
    }
}

using AkkaKv.Persistence.Rdb;
using AkkaKv.Protocol;
using AkkaKv.Replication;
using AkkaKv.Sentinel;
using AkkaKv.Simulation.Engine;
using AkkaKv.Simulation.Networking;

namespace AkkaKv.Simulation.DataNodes;

/// <summary>A replica's side of the connection to its master: hosts an <see cref="UpstreamLink"/>.</summary>
internal sealed class Uplink
{
    private readonly DataNode _node;
    private readonly UpstreamLink _core;
    private readonly DeadlineTimer _timer;
    private readonly RequestParser _parser = new();
    private readonly RequestBatch _batch = new();
    private Endpoint? _endpoint;
    private byte[] _received = [];
    private List<byte>? _snapshot;
    private (ReplicationId Id, long Offset) _promised;
    private long? _downSince;
    private int _loads;

    public Uplink(DataNode node, InstanceAddress master)
    {
        _node = node;
        Master = master;
        _timer = new DeadlineTimer(node, () => Step(UpstreamInput.Tick.Instance));
        _downSince = node.MonotonicNow;
        _core = new UpstreamLink(new UpstreamSettings(
            master.Host, master.Port, node.Address.Port, TimeoutMs: node.Options.ReplicationTimeoutMs));
    }

    public InstanceAddress Master { get; }

    public UpstreamState State => _core.State;

    /// <summary>How long the link has been down; 0 while it is up.</summary>
    public long DownMs => _downSince is { } since ? _node.MonotonicNow - since : 0;

    public void Start() => Step(UpstreamInput.Start.Instance);

    public void Stop() => Step(UpstreamInput.Stop.Instance);

    private void Receive(Endpoint from, byte[] bytes)
    {
        if (from != _endpoint)
            return;
        _received = [.. _received, .. bytes];
        Offer();
    }

    /// <summary>Offers what was received to the core until it takes no more; what it leaves in the stream are commands.</summary>
    private void Offer()
    {
        while (_received.Length > 0)
        {
            List<UpstreamEffect> outbox = [];
            var used = _core.Receive(_node.MonotonicNow, _received, outbox);
            _received = _received[used..];
            foreach (var effect in outbox)
                Perform(effect);
            Rearm();
            if (used > 0)
                continue;
            if (_core.State == UpstreamState.Streaming)
                Apply();
            return;
        }
    }

    private void Apply()
    {
        _batch.Clear();
        var stream = _received;
        if (_parser.Parse(stream, 0, stream.Length, _batch, out var consumed) == ParseStatus.Error)
            throw new InvariantViolation("stream", $"{_node.Name} cannot read its master's stream: {_parser.ErrorMessage}");
        _received = stream[consumed..];
        for (var index = 0; index < _batch.Count; index++)
        {
            var command = _batch[index];
            var asksForAck = command.Raw.SequenceEqual(StreamCommands.GetAck);
            _node.Apply(command);
            var offset = _node.History.Offset;
            Step(asksForAck ? new UpstreamInput.AckRequested(offset) : new UpstreamInput.Applied(offset));
        }
    }

    private void Step(UpstreamInput input)
    {
        List<UpstreamEffect> outbox = [];
        _core.Step(_node.MonotonicNow, input, outbox);
        foreach (var effect in outbox)
            Perform(effect);
        Rearm();
    }

    private void Rearm() => _timer.Arm(_core.NextDeadline, _node.MonotonicNow);

    private void Perform(UpstreamEffect effect)
    {
        switch (effect)
        {
            case UpstreamEffect.AskPosition:
                Step(new UpstreamInput.Position(_node.History.Id, _node.History.Offset));
                break;
            case UpstreamEffect.Connect:
                Connect();
                break;
            case UpstreamEffect.Disconnect:
                _endpoint?.Close();
                _endpoint = null;
                Forget();
                break;
            case UpstreamEffect.Send send:
                _endpoint?.Send(send.Bytes.ToArray());
                break;
            case UpstreamEffect.BeginLoad begin:
                _promised = (begin.Id, begin.Offset);
                _snapshot = [];
                break;
            case UpstreamEffect.Load load:
                _snapshot!.AddRange(load.Bytes.Span);
                break;
            case UpstreamEffect.AbandonLoad:
                _snapshot = null;
                _loads++;
                break;
            case UpstreamEffect.EndLoad:
                Load();
                break;
            case UpstreamEffect.Continue continued:
                _node.Continue(continued.Id);
                break;
            case UpstreamEffect.LinkUp:
                _parser.Reset();
                _downSince = null;
                _node.StatusMayHaveChanged();
                break;
            case UpstreamEffect.LinkDown:
                _parser.Reset();
                _downSince = _node.MonotonicNow;
                _node.StatusMayHaveChanged();
                break;
            case UpstreamEffect.Announce announce:
                _node.Log(announce.Text);
                break;
        }
    }

    private void Connect()
    {
        Forget();
        var endpoint = _node.Connect(Master);
        _endpoint = endpoint;
        endpoint.Opened = () =>
        {
            if (endpoint == _endpoint)
                Step(UpstreamInput.Connected.Instance);
        };
        endpoint.Received = payload => Receive(endpoint, (byte[])payload);
        endpoint.Closed = reason =>
        {
            if (endpoint != _endpoint)
                return;
            Step(new UpstreamInput.Disconnected(reason == CloseReason.Refused ? "Connection refused" : "Connection with master lost."));
        };
    }

    /// <summary>Takes over the snapshot, which takes its time; bytes of the stream may come meanwhile and wait.</summary>
    private void Load()
    {
        var (load, bytes) = (++_loads, _snapshot!.ToArray());
        _snapshot = null;
        _node.After(_node.Random.Between(0, _node.Options.LoadMaxMs), () =>
        {
            if (load != _loads || _core.State != UpstreamState.Loading)
                return;
            NodeData data;
            try
            {
                data = NodeData.FromRdb(bytes);
            }
            catch (RdbFormatException problem)
            {
                throw new InvariantViolation("snapshot", $"{_node.Name} cannot load its master's snapshot: {problem.Message}");
            }
            _node.Adopt(data, _promised.Id, _promised.Offset);
            Step(UpstreamInput.LoadCompleted.Instance);
            Offer();
        });
    }

    private void Forget()
    {
        _received = [];
        _parser.Reset();
    }
}

using System.Net.Sockets;
using Akka.Actor;
using AkkaKv.Actors.Network;
using AkkaKv.Protocol;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>
/// A client of the sentinel's RESP port. Its requests are copied and told to the sentinel actor; the next bytes are read when they are answered, so
/// a client cannot make work faster than it is done.
/// </summary>
internal sealed class SentinelClientConnection : TcpConnection
{
    /// <summary>The longest argument that is accepted; no command of a sentinel needs more.</summary>
    private const int ArgumentLengthMax = 64 * 1024;

    /// <summary>Events waiting for a listener that does not read; beyond it the listener is disconnected, as Redis does with 32 MB.</summary>
    private const long UnsentMax = 8 * 1024 * 1024;

    private readonly IActorRef _sentinel;
    private readonly RequestParser _parser = new() { BulkLengthMax = ArgumentLengthMax };
    private readonly RequestBatch _batch = new();

    public SentinelClientConnection(Socket socket, TrafficCounters traffic, IActorRef sentinel)
        : base(socket, traffic) => _sentinel = sentinel;

    /// <summary>Reads on: everything told before is answered.</summary>
    public void ReadOn() => ContinueReceiving();

    /// <summary>Sends replies or events; a client that lets too many of them pile up is disconnected.</summary>
    public void SendOrGiveUp(OutputBuffer output)
    {
        if (UnsentBytes + output.Length > UnsentMax)
        {
            output.Clear();
            Close();
            return;
        }
        Send(output);
    }

    /// <inheritdoc/>
    protected override bool OnInput()
    {
        _batch.Clear();
        var status = _parser.Parse(Buffer, InputStart, InputEnd, _batch, out var consumed);
        var requests = new List<SentinelArguments>(_batch.Count);
        for (var index = 0; index < _batch.Count; index++)
            requests.Add(new SentinelArguments(_batch[index]));
        InputStart = consumed;
        if (requests.Count == 0 && status != ParseStatus.Error)
            return true;
        _sentinel.Tell(
            new RequestsArrived(this, requests, status == ParseStatus.Error ? _parser.ErrorMessage : null), ActorRefs.NoSender);
        return false;
    }

    /// <inheritdoc/>
    protected override void OnClosed() => _sentinel.Tell(new ClientGone(this), ActorRefs.NoSender);
}

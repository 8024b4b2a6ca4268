using System.Collections.Concurrent;
using System.Net.Sockets;
using Akka.Actor;
using AkkaKv.Actors.Network;
using AkkaKv.Protocol;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>A sentinel's RESP connection to a data node: commands go out with what they are for, replies come back to the monitor with it.</summary>
internal sealed class InstanceConnection : TcpConnection
{
    /// <summary>No reply that a sentinel asks for comes near it; an instance that sends more is not one.</summary>
    private const int UnreadMax = 4 * 1024 * 1024;

    private readonly int _link;
    private readonly IActorRef _monitor;
    private readonly ReplyReader _reader = new() { BulkLengthMax = UnreadMax };
    private readonly ConcurrentQueue<CommandTag> _awaited = new();
    private volatile bool _isDropped;

    public InstanceConnection(Socket socket, TrafficCounters traffic, int link, IActorRef monitor)
        : base(socket, traffic, isOutgoing: true)
    {
        _link = link;
        _monitor = monitor;
    }

    /// <summary>Sends one command.</summary>
    public void SendCommand(CommandTag tag, IReadOnlyList<string> arguments)
    {
        _awaited.Enqueue(tag);
        var output = new OutputBuffer();
        RequestWriter.Write(output, [.. arguments]);
        Send(output);
    }

    /// <summary>Closes without telling the monitor, which has forgotten this link.</summary>
    public void Drop()
    {
        _isDropped = true;
        Close();
    }

    /// <inheritdoc/>
    protected override bool OnInput()
    {
        var position = InputStart;
        while (true)
        {
            var status = _reader.Read(Buffer.AsSpan(0, InputEnd), ref position, out var value);
            InputStart = position;
            if (status == ParseStatus.NeedMore && InputEnd - InputStart <= UnreadMax)
                return true;
            // A reply that nobody asked for breaks the order of all that follow, so it ends the link like any other nonsense.
            if (status != ParseStatus.Ok || !_awaited.TryDequeue(out var tag))
            {
                Close();
                return false;
            }
            if (!_isDropped)
                _monitor.Tell(new LinkReply(_link, tag, value), ActorRefs.NoSender);
        }
    }

    /// <inheritdoc/>
    protected override void OnClosed()
    {
        if (!_isDropped)
            _monitor.Tell(new LinkEnded(_link), ActorRefs.NoSender);
    }
}

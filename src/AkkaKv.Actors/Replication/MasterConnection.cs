using System.Net.Sockets;
using Akka.Actor;
using AkkaKv.Actors.Network;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Replication;

/// <summary>
/// The replica's socket to its master. Whatever comes is left in the receive buffer and announced to the actor of the link; it says when
/// to go on. So there is always one owner of the buffer.
/// </summary>
internal sealed class MasterConnection : TcpConnection
{
    private readonly IActorRef _owner;
    private readonly UpstreamMessage.Received _received;
    private readonly RequestParser _parser = new();

    public MasterConnection(Socket socket, TrafficCounters traffic, IActorRef owner)
        : base(socket, traffic, isOutgoing: true)
    {
        _owner = owner;
        _received = new UpstreamMessage.Received(this);
    }

    /// <summary>The commands found by <see cref="ParseCommands"/>.</summary>
    public RequestBatch Commands { get; } = new();

    /// <summary>What has come and was not consumed.</summary>
    public ReadOnlyMemory<byte> Unread => Buffer.AsMemory(InputStart, InputEnd - InputStart);

    /// <summary>The first bytes of <see cref="Unread"/> are done with.</summary>
    public void Consume(int count) => InputStart += count;

    /// <summary>Finds the complete commands in <see cref="Unread"/> and consumes them. Returns what is wrong with the stream, or null.</summary>
    public string? ParseCommands()
    {
        Commands.Clear();
        var status = _parser.Parse(Buffer, InputStart, InputEnd, Commands, out var consumed);
        InputStart = consumed;
        return status == ParseStatus.Error ? _parser.ErrorMessage : null;
    }

    /// <summary>Receives more; <see cref="UpstreamMessage.Received"/> will tell.</summary>
    public void Resume() => ContinueReceiving();

    /// <inheritdoc/>
    protected override bool OnInput()
    {
        _owner.Tell(_received, ActorRefs.NoSender);
        return false;
    }

    /// <inheritdoc/>
    protected override void OnClosed() => _owner.Tell(new UpstreamMessage.Closed(this), ActorRefs.NoSender);
}

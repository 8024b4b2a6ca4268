using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>A connection that another system has opened and proved itself on. Its messages are delivered one after the other.</summary>
internal sealed class InboundConnection(FrameSocket frames, Address remote, int uid, TcpSettings settings, TcpTransport transport)
{
    private static readonly byte[] PongFrame = [(byte)FrameKind.Pong];

    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FrameKind? _notice;

    public Address Remote { get; } = remote;

    public int Uid { get; } = uid;

    /// <summary>Ends when nothing more will be delivered from this connection.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Ends the connection, with a notice to the other side if there is one.</summary>
    public void Close(FrameKind? notice)
    {
        _notice = notice;
        _closed.Cancel();
    }

    /// <summary>Delivers messages until the connection ends.</summary>
    public async Task Receive(IRemotingEvents events)
    {
        Exception? failure = null;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        try
        {
            while (true)
            {
                silence.CancelAfter(settings.HeartbeatIntervalMs + settings.AcceptableHeartbeatPauseMs);
                var frame = await frames.ReadFrame(settings.MaximumFrameBytes, silence.Token).ConfigureAwait(false);
                if (frame.IsEmpty || frame.Span[0] == (byte)FrameKind.Goodbye)
                    break;
                switch ((FrameKind)frame.Span[0])
                {
                    case FrameKind.Message:
                        events.Deliver(Remote, frame.Span[1..]);
                        break;
                    case FrameKind.Ping:
                        await frames.WriteFrame(PongFrame, silence.Token).ConfigureAwait(false);
                        break;
                    case FrameKind.Quarantined:
                        transport.QuarantinedBy(Remote);
                        return;
                    default:
                        throw new WireFormatException($"frame of unknown kind {frame.Span[0]}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            if (!_closed.IsCancellationRequested)
                failure = new TimeoutException($"nothing heard for {settings.HeartbeatIntervalMs + settings.AcceptableHeartbeatPauseMs} ms");
            else if (_notice is { } notice)
                await Tell(notice).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or WireFormatException or ObjectDisposedException)
        {
            failure = e;
        }
        finally
        {
            _ended.TrySetResult();
            if (failure is not null)
                transport.Report(failure, Remote, inbound: true);
            transport.Disassociated(Remote, inbound: true);
        }
    }

    private async Task Tell(FrameKind notice)
    {
        try
        {
            using var timeout = new CancellationTokenSource(1_000);
            await frames.WriteFrame([(byte)notice], timeout.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            transport.Log(TransportLogLevel.Debug, $"{Remote} could not be told that it is quarantined: {e.Message}");
        }
    }
}

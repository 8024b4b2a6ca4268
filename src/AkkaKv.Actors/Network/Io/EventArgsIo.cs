using System.Net.Sockets;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Network.Io;

/// <summary>By <see cref="SocketAsyncEventArgs"/>, on every system. A receive that waits holds its buffer.</summary>
internal sealed class EventArgsIo : SocketIo
{
    /// <summary>Segments handed to one send; the kernel takes no more than 1,024 at a time.</summary>
    private const int SegmentsMax = 64;

    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _receive = new(true);
    private readonly SocketAsyncEventArgs _send = new(true);
    private readonly List<ArraySegment<byte>> _segments = [];

    public EventArgsIo(Socket socket, TcpConnection connection)
    {
        _socket = socket;
        _receive.Completed += (_, _) => connection.OnReceived(Result(_receive));
        _send.Completed += (_, _) => connection.OnSent(Result(_send));
    }

    public override bool IsDrained => false;

    public override bool Start() => true;

    public override bool TryWait() => false;

    public override int Receive(byte[] buffer, int offset, int count)
    {
        try
        {
            _receive.SetBuffer(buffer, offset, count);
            return _socket.ReceiveAsync(_receive) ? Pending : Result(_receive);
        }
        catch (ObjectDisposedException)
        {
            return Failed;
        }
    }

    public override int Send(OutputBuffer output)
    {
        _segments.Clear();
        output.AddSegmentsTo(_segments, SegmentsMax);
        if (_segments.Count == 1)
        {
            if (_send.BufferList is not null)
                _send.BufferList = null;
            _send.SetBuffer(_segments[0].Array, _segments[0].Offset, _segments[0].Count);
        }
        else
        {
            _send.SetBuffer(null, 0, 0);
            _send.BufferList = _segments;
        }

        try
        {
            return _socket.SendAsync(_send) ? Pending : Result(_send);
        }
        catch (ObjectDisposedException)
        {
            return Failed;
        }
    }

    public override void Stop()
    {
        // Closing the socket ends what is pending.
    }

    private static int Result(SocketAsyncEventArgs done) => done.SocketError == SocketError.Success ? done.BytesTransferred : Failed;
}

using System.Net;
using System.Net.Sockets;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>A blocking connection that hands out replies as the bytes they came in.</summary>
internal sealed class RawConnection : IDisposable
{
    private const int PipelineMax = 100;
    private const int DeadlineMs = 20_000;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public RawConnection(int port)
    {
        _socket.NoDelay = true;
        _socket.ReceiveTimeout = DeadlineMs;
        _socket.SendTimeout = DeadlineMs;
        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>Sends all requests, some at a time, and returns the reply to each.</summary>
    public List<byte[]> Execute(IReadOnlyList<Request> requests)
    {
        List<byte[]> replies = new(requests.Count);
        for (int first = 0; first < requests.Count; first += PipelineMax)
        {
            OutputBuffer output = new();
            int count = Math.Min(PipelineMax, requests.Count - first);
            for (int i = 0; i < count; i++)
            {
                requests[first + i].WriteTo(output);
            }

            Send(output.ToArray());
            for (int i = 0; i < count; i++)
            {
                replies.Add(ReadReply());
            }
        }

        return replies;
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>Waits for one whole reply (or, on a replication link, one whole propagated command).</summary>
    public byte[] ReadReply()
    {
        ReplyScanner scanner = new();
        int position = _start;
        while (true)
        {
            switch (scanner.Scan(_buffer.AsSpan(0, _end), ref position))
            {
                case ParseStatus.Ok:
                    return Take(position - _start);
                case ParseStatus.Error:
                    throw new InvalidOperationException("The peer sent what is no reply.");
                default:
                    position -= Receive();
                    break;
            }
        }
    }

    /// <summary>Waits for exactly <paramref name="count"/> bytes.</summary>
    public byte[] ReadBytes(int count)
    {
        while (_end - _start < count)
        {
            Receive();
        }

        return Take(count);
    }

    /// <summary>Waits for a line; returns it without its end.</summary>
    public byte[] ReadLine()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
        {
            Receive();
        }

        return Take(length + 1).AsSpan().TrimEnd("\r\n"u8).ToArray();
    }

    /// <summary>Whether something has come that was not read.</summary>
    public bool HasInput => _end > _start || _socket.Available > 0;

    public void Dispose() => _socket.Dispose();

    private byte[] Take(int count)
    {
        byte[] taken = _buffer.AsSpan(_start, count).ToArray();
        _start += count;
        return taken;
    }

    /// <summary>Receives more behind what is there; returns by how much that moved to the front.</summary>
    private int Receive()
    {
        int moved = _start;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int received = _socket.Receive(_buffer, _end, _buffer.Length - _end, SocketFlags.None);
        _end += received > 0 ? received : throw new EndOfStreamException("The peer closed the connection.");
        return moved;
    }
}

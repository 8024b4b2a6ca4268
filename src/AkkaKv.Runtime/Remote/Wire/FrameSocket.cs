using System.Buffers.Binary;
using System.Net.Sockets;

namespace Akka.Remote.Wire;

/// <summary>
/// A socket that carries frames. A length is checked against the limit before memory is taken for it. One reader and one writer at a time.
/// </summary>
internal sealed class FrameSocket : IDisposable
{
    public const int HeaderBytes = 4;
    private const int BufferBytesInitial = 16 * 1024;

    private readonly Socket _socket;
    private byte[] _buffer = new byte[BufferBytesInitial];
    private int _start;
    private int _end;
    private int _consumed;

    public FrameSocket(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
    }

    /// <summary>
    /// The next frame, valid until the next call; empty when the other side has closed. Throws <see cref="WireFormatException"/> for a
    /// frame that is empty, longer than <paramref name="bytesMax"/> or cut off.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadFrame(int bytesMax, CancellationToken cancellation)
    {
        _start += _consumed;
        _consumed = 0;
        while (true)
        {
            var available = _end - _start;
            var needed = HeaderBytes;
            if (available >= HeaderBytes)
            {
                var length = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start));
                if (length == 0 || length > bytesMax)
                    throw new WireFormatException($"frame of {length} bytes, allowed are 1 to {bytesMax}");
                needed += (int)length;
                if (available >= needed)
                {
                    _consumed = needed;
                    return _buffer.AsMemory(_start + HeaderBytes, (int)length);
                }
            }
            MakeRoom(needed);
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, cancellation).ConfigureAwait(false);
            if (received == 0)
                return available == 0 ? ReadOnlyMemory<byte>.Empty : throw new WireFormatException($"connection ended inside a frame, {needed - available} bytes missing");
            _end += received;
        }
    }

    /// <summary>Sends one frame.</summary>
    public ValueTask WriteFrame(ReadOnlySpan<byte> frame, CancellationToken cancellation)
    {
        var bytes = new byte[HeaderBytes + frame.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, frame.Length);
        frame.CopyTo(bytes.AsSpan(HeaderBytes));
        return Write(bytes, cancellation);
    }

    /// <summary>Sends bytes that are frames with their headers already.</summary>
    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancellation).ConfigureAwait(false)..];
    }

    public void Dispose() => _socket.Dispose();

    private void MakeRoom(int needed)
    {
        if (_start + needed <= _buffer.Length && _end < _buffer.Length)
            return;
        var target = needed <= _buffer.Length ? _buffer : new byte[Math.Max(needed, _buffer.Length * 2)];
        Buffer.BlockCopy(_buffer, _start, target, 0, _end - _start);
        _end -= _start;
        _start = 0;
        _buffer = target;
    }
}

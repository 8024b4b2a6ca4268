using System.Net.Sockets;
using AkkaKv.Actors.Settings;
using AkkaKv.Protocol;

namespace AkkaKv.Server;

/// <summary>A small RESP client for probes and for listening to sentinels: one request at a time.</summary>
internal sealed class RespClient : IDisposable
{
    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;
    private readonly ReplyReader _reader = new();
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    private RespClient(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
    }

    /// <summary>Connects, or fails with <see cref="SocketException"/>.</summary>
    public static async Task<RespClient> ConnectAsync(HostPort address, CancellationToken cancel)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(address.Host, address.Port, cancel).ConfigureAwait(false);
            return new RespClient(tcp);
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and returns its reply, which may be an error.</summary>
    /// <exception cref="IOException">The connection broke, or the peer does not speak RESP.</exception>
    public async Task<RespValue> CallAsync(CancellationToken cancel, params string[] arguments)
    {
        var request = new System.Buffers.ArrayBufferWriter<byte>(256);
        RequestWriter.Write(request, arguments);
        await _stream.WriteAsync(request.WrittenMemory, cancel).ConfigureAwait(false);
        return await ReceiveAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Returns the next reply or message.</summary>
    /// <exception cref="IOException">The connection broke, or the peer does not speak RESP.</exception>
    public async Task<RespValue> ReceiveAsync(CancellationToken cancel)
    {
        while (true)
        {
            ParseStatus status = _reader.Read(_buffer.AsSpan(0, _end), ref _start, out RespValue value);
            if (status == ParseStatus.Ok)
                return value;
            if (status == ParseStatus.Error)
                throw new IOException($"no RESP: {_reader.ErrorMessage}");

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            if (_end == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            int received = await _stream.ReadAsync(_buffer.AsMemory(_end), cancel).ConfigureAwait(false);
            if (received == 0)
                throw new IOException("the connection was closed");
            _end += received;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _tcp.Dispose();
}

using System.Buffers;
using System.Net.Sockets;
using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Harness;

/// <summary>A plain RESP connection for tests: requests, pipelines, pushed messages, and raw bytes. Every wait has a deadline.</summary>
public sealed class RespConnection : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TcpClient _tcp;
    private readonly ReplyReader _reader = new();
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    private RespConnection(TcpClient tcp) => _tcp = tcp;

    /// <summary>Connects to a port of loopback.</summary>
    public static async Task<RespConnection> OpenAsync(int port)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync("127.0.0.1", port).WaitAsync(Deadline);
            return new RespConnection(tcp);
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>Connects, sends one request, returns its reply.</summary>
    public static async Task<RespValue> OnceAsync(int port, params string[] request)
    {
        using RespConnection connection = await OpenAsync(port);
        return await connection.CallAsync(request);
    }

    /// <summary>Sends one request and returns its reply, which may be an error.</summary>
    public async Task<RespValue> CallAsync(params string[] request)
    {
        await SendAsync(request);
        return await ReceiveAsync();
    }

    /// <summary>Sends one request without waiting.</summary>
    public async Task SendAsync(params string[] request)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        RequestWriter.Write(bytes, request);
        await SendRawAsync(bytes.WrittenMemory);
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _tcp.GetStream().WriteAsync(bytes, deadline.Token);
    }

    /// <summary>Sends text as it is, in Latin-1.</summary>
    public Task SendRawAsync(string text) => SendRawAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>The next reply or pushed message.</summary>
    /// <exception cref="EndOfStreamException">The peer closed the connection.</exception>
    public async Task<RespValue> ReceiveAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            ParseStatus status = _reader.Read(_buffer.AsSpan(0, _end), ref _start, out RespValue value);
            if (status == ParseStatus.Ok)
                return value;
            if (status == ParseStatus.Error)
                throw new InvalidDataException(_reader.ErrorMessage);
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            if (_end == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            int received = await _tcp.GetStream().ReadAsync(_buffer.AsMemory(_end), deadline.Token);
            if (received == 0)
                throw new EndOfStreamException("the connection was closed");
            _end += received;
        }
    }

    /// <summary>Closes our sending side, as a client does that hangs up.</summary>
    public void CloseSending() => _tcp.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The field of an INFO section, or null.</summary>
    public static async Task<string?> InfoAsync(int port, string section, string field) =>
        (await OnceAsync(port, "INFO", section)).Text.Split("\r\n")
            .FirstOrDefault(line => line.StartsWith(field + ":", StringComparison.Ordinal))?[(field.Length + 1)..];

    /// <inheritdoc/>
    public void Dispose() => _tcp.Dispose();
}

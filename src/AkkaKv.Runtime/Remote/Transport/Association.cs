using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>What became of a message handed to the transport.</summary>
internal enum SendResult
{
    /// <summary>It waits to be sent, once.</summary>
    Queued,

    /// <summary>The system could not be reached a moment ago; the next attempt is not due yet.</summary>
    Gated,

    /// <summary>Too much waits already.</summary>
    QueueFull,

    /// <summary>It is longer than a frame may be.</summary>
    TooLarge,

    /// <summary>The incarnation at the address is quarantined.</summary>
    Quarantined,

    /// <summary>Remoting has ended.</summary>
    ShutDown,
}

/// <summary>
/// The way out to one system: a connection that is opened when there is something to send. Messages wait in one buffer in their order
/// while another one is being sent, so many small ones travel together.
/// <code>
///   Idle ──send──► Connecting ──handshake──► Open ──breaks──► Idle, or Connecting again when something waits
///     ▲                 └──fails──► Gated
///     └── gate time over, or the other system called
/// </code>
/// What was being sent when a connection broke is lost, and what waits when one can't be made: at most once.
/// </summary>
internal sealed class Association
{
    private readonly Address _remote;
    private readonly TcpTransport _transport;
    private readonly TcpSettings _settings;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0, 1);
    private ArrayBufferWriter<byte> _pending = new();
    private ArrayBufferWriter<byte> _sending = new();
    private int _pendingMessages;
    private State _state = State.Idle;
    private long _gatedUntil;
    private CancellationTokenSource? _connection;
    private byte[]? _lastFrame;
    private long _heardAt;

    public Association(Address remote, TcpTransport transport, TcpSettings settings)
    {
        _remote = remote;
        _transport = transport;
        _settings = settings;
    }

    private enum State
    {
        Idle,
        Connecting,
        Open,
        Gated,
        Closed,
    }

    /// <summary>Takes a message; the bytes are copied.</summary>
    public SendResult Send(ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            if (_state == State.Closed)
                return SendResult.ShutDown;
            if (_state == State.Gated && Environment.TickCount64 < _gatedUntil)
                return SendResult.Gated;
            if (_pending.WrittenCount + message.Length + FrameSocket.HeaderBytes + 1 > _settings.SendQueueBytesMax)
                return SendResult.QueueFull;
            Append(FrameKind.Message, message);
            _pendingMessages++;
            if (_state is State.Idle or State.Gated)
            {
                StartConnecting();
            }
            else
            {
                Wake();
            }
            return SendResult.Queued;
        }
    }

    /// <summary>The other system is there: it called. No need to wait for the gate.</summary>
    public void OpenGate()
    {
        lock (_lock)
        {
            if (_state == State.Gated)
                _state = State.Idle;
        }
    }

    /// <summary>Ends the present connection. A notice goes out first if it can.</summary>
    public void Disconnect(FrameKind? notice)
    {
        lock (_lock)
        {
            if (_state == State.Open && notice is { } kind)
            {
                _lastFrame = [1, 0, 0, 0, (byte)kind];
                Wake();
                return;
            }
            _connection?.Cancel();
        }
    }

    /// <summary>Sends what waits, if that is possible in time, and ends for good.</summary>
    public async Task Close(int flushMs)
    {
        var deadline = Environment.TickCount64 + flushMs;
        lock (_lock)
        {
            if (_state == State.Open)
                _lastFrame = [1, 0, 0, 0, (byte)FrameKind.Goodbye];
            Wake();
        }
        while (Environment.TickCount64 < deadline && IsBusy())
            await Task.Delay(5).ConfigureAwait(false);
        lock (_lock)
        {
            _state = State.Closed;
            _connection?.Cancel();
        }
    }

    private bool IsBusy()
    {
        lock (_lock)
            return _state is State.Connecting or State.Open;
    }

    private void Append(FrameKind kind, ReadOnlySpan<byte> body)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_pending.GetSpan(FrameSocket.HeaderBytes), body.Length + 1);
        _pending.Advance(FrameSocket.HeaderBytes);
        _pending.GetSpan(1)[0] = (byte)kind;
        _pending.Advance(1);
        _pending.Write(body);
    }

    private void StartConnecting()
    {
        _state = State.Connecting;
        var connection = _connection = new CancellationTokenSource();
        _ = Task.Run(() => Run(connection));
    }

    private void Wake()
    {
        if (_work.CurrentCount == 0)
            _work.Release();
    }

    private async Task Run(CancellationTokenSource connection)
    {
        Exception? failure = null;
        var associated = false;
        try
        {
            using var frames = await Connect(connection).ConfigureAwait(false);
            lock (_lock)
            {
                if (_state == State.Connecting)
                    _state = State.Open;
                _heardAt = Environment.TickCount64;
            }
            associated = true;
            var listening = Listen(frames, connection);
            await WriteUntilEnd(frames, connection).ConfigureAwait(false);
            connection.Cancel();
            await listening.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (connection.IsCancellationRequested)
        {
            // Ended by this side, or found dead by the listening half, which has said so.
        }
        catch (Exception e)
        {
            // Whatever it is, it concerns this connection only; it is reported and the gate closes.
            failure = e;
        }
        finally
        {
            connection.Cancel();
            End(failure, associated);
        }
    }

    private async Task<FrameSocket> Connect(CancellationTokenSource connection)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(connection.Token);
            timeout.CancelAfter(_settings.ConnectionTimeoutMs);
            try
            {
                await socket.ConnectAsync(_remote.Host!, _remote.Port!.Value, timeout.Token).ConfigureAwait(false);
                var frames = new FrameSocket(socket);
                await _transport.ShakeHandsAsInitiator(frames, _remote, timeout.Token).ConfigureAwait(false);
                return frames;
            }
            catch (OperationCanceledException) when (!connection.IsCancellationRequested)
            {
                throw new TimeoutException($"no connection within {_settings.ConnectionTimeoutMs} ms");
            }
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task WriteUntilEnd(FrameSocket frames, CancellationTokenSource connection)
    {
        using var stuck = CancellationTokenSource.CreateLinkedTokenSource(connection.Token);
        while (true)
        {
            byte[]? last;
            lock (_lock)
            {
                (_pending, _sending) = (_sending, _pending);
                _pendingMessages = 0;
                last = _lastFrame;
                _lastFrame = null;
            }
            if (_sending.WrittenCount > 0 || last is not null)
            {
                // A receiver that takes nothing must not hold this up for as long as TCP would try.
                stuck.CancelAfter(_settings.HeartbeatIntervalMs + _settings.AcceptableHeartbeatPauseMs);
                await frames.Write(_sending.WrittenMemory, stuck.Token).ConfigureAwait(false);
                if (last is not null)
                {
                    await frames.Write(last, stuck.Token).ConfigureAwait(false);
                    return;
                }
                stuck.CancelAfter(Timeout.Infinite);
                Recycle();
            }
            if (!await _work.WaitAsync(_settings.HeartbeatIntervalMs, connection.Token).ConfigureAwait(false))
                AskForLife();
        }
    }

    private void Recycle()
    {
        // One burst must not keep its memory for ever.
        if (_sending.Capacity > 1024 * 1024)
            _sending = new ArrayBufferWriter<byte>();
        else
            _sending.ResetWrittenCount();
    }

    private void AskForLife()
    {
        lock (_lock)
        {
            var silentMs = Environment.TickCount64 - _heardAt;
            if (silentMs > _settings.HeartbeatIntervalMs + _settings.AcceptableHeartbeatPauseMs)
                throw new TimeoutException($"no answer for {silentMs} ms");
            Append(FrameKind.Ping, []);
        }
    }

    private async Task Listen(FrameSocket frames, CancellationTokenSource connection)
    {
        try
        {
            while (true)
            {
                var frame = await frames.ReadFrame(Handshake.FrameBytesMax, connection.Token).ConfigureAwait(false);
                if (frame.IsEmpty)
                    break;
                lock (_lock)
                    _heardAt = Environment.TickCount64;
                if (frame.Span[0] == (byte)FrameKind.Quarantined)
                {
                    _transport.QuarantinedBy(_remote);
                    break;
                }
            }
        }
        catch (Exception e) when (e is SocketException or WireFormatException or OperationCanceledException or ObjectDisposedException)
        {
            if (!connection.IsCancellationRequested)
                _transport.Report(e, _remote, inbound: false);
        }
        connection.Cancel();
    }

    private void End(Exception? failure, bool wasOpen)
    {
        var lost = 0;
        lock (_lock)
        {
            _sending.ResetWrittenCount();
            _lastFrame = null;
            if (wasOpen && _state != State.Closed && _pendingMessages > 0)
            {
                StartConnecting();
            }
            else
            {
                lost = _pendingMessages;
                _pendingMessages = 0;
                _pending.ResetWrittenCount();
                if (_state != State.Closed)
                    _state = wasOpen ? State.Idle : State.Gated;
                _gatedUntil = Environment.TickCount64 + _settings.RetryGateClosedForMs;
            }
        }
        if (failure is not null)
            _transport.Report(failure, _remote, inbound: false);
        if (lost > 0)
            _transport.Log(TransportLogLevel.Debug, $"{lost} messages for {_remote} are lost: they waited when the connection failed");
        if (wasOpen)
            _transport.Disassociated(_remote, inbound: false);
    }
}

using System.Net;
using System.Net.Sockets;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Network;

/// <summary>
/// One TCP connection driven by <see cref="SocketAsyncEventArgs"/>: bytes arrive in a buffer that grows only as they do, output
/// leaves from a queue, one send at a time. Nothing is allocated per receive or send.
/// </summary>
/// <remarks>
/// Receiving belongs to one thread at a time: <see cref="OnInput"/> is called with the new bytes and says whether to go on; when it
/// says no, whoever finishes the work calls <see cref="ContinueReceiving"/>. Sending may be asked for from any thread.
/// </remarks>
public abstract class TcpConnection : IThreadPoolWorkItem
{
    private const int InitialBufferBytes = 16 * 1024;

    /// <summary>Receives that complete at once, in a row, before the thread is given back to its other sockets.</summary>
    private const int ReceivesBeforeYield = 16;

    /// <summary>Segments handed to one send; the kernel takes no more than 1,024 at a time.</summary>
    private const int SegmentsMax = 64;

    private readonly Socket _socket;
    private readonly TrafficCounters _traffic;
    private readonly SocketAsyncEventArgs _receive;
    private readonly SocketAsyncEventArgs _send;
    private readonly Lock _sendLock = new();
    private readonly OutputBuffer _queued = new();
    private readonly OutputBuffer _sending = new();
    private readonly List<ArraySegment<byte>> _segments = [];
    private bool _sendInProgress;
    private bool _closeWhenSent;
    private int _closed;
    private int _receivesInARow;

    /// <summary>Takes over a connected socket; nothing is received before <see cref="StartReceiving"/>.</summary>
    protected TcpConnection(Socket socket, TrafficCounters traffic)
    {
        _socket = socket;
        _traffic = traffic;
        socket.NoDelay = true;
        RemoteEndPoint = socket.RemoteEndPoint as IPEndPoint ?? new IPEndPoint(IPAddress.None, 0);
        LocalEndPoint = socket.LocalEndPoint as IPEndPoint ?? new IPEndPoint(IPAddress.None, 0);
        _receive = new SocketAsyncEventArgs(true);
        _receive.Completed += (_, _) => OnReceiveCompleted();
        _send = new SocketAsyncEventArgs(true);
        _send.Completed += (_, _) => OnSendCompleted();
        Buffer = GC.AllocateUninitializedArray<byte>(InitialBufferBytes);
    }

    /// <summary>The peer's address.</summary>
    public IPEndPoint RemoteEndPoint { get; }

    /// <summary>Our side's address.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>True once the connection is closed; it never opens again.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Bytes waiting to be sent. Approximate when read from another thread.</summary>
    public long UnsentBytes { get { lock (_sendLock) return _queued.Length + _sending.Length; } }

    /// <summary>The receive buffer; unread input stands in [<see cref="InputStart"/>, <see cref="InputEnd"/>).</summary>
    protected byte[] Buffer { get; private set; }

    /// <summary>Where the unread input begins; the owner moves it on as it reads.</summary>
    protected int InputStart { get; set; }

    /// <summary>Where the received bytes end.</summary>
    protected int InputEnd { get; private set; }

    /// <summary>New input has arrived. Returns true to receive more at once, false if <see cref="ContinueReceiving"/> will be called later.</summary>
    protected abstract bool OnInput();

    /// <summary>The connection is closed, by either side; called once.</summary>
    protected abstract void OnClosed();

    /// <summary>Everything queued has been sent. Called on the sending thread, outside any lock.</summary>
    protected virtual void OnDrained()
    {
    }

    /// <summary>Begins to receive. Called once.</summary>
    public void StartReceiving() => ReceiveLoop();

    /// <summary>Goes on receiving after <see cref="OnInput"/> had returned false.</summary>
    protected void ContinueReceiving() => ReceiveLoop();

    void IThreadPoolWorkItem.Execute() => ReceiveLoop();

    /// <summary>Moves everything in <paramref name="output"/> to the send queue, in O(1), and starts sending if nothing is under way.</summary>
    public void Send(OutputBuffer output)
    {
        if (output.Length == 0)
            return;
        lock (_sendLock)
        {
            if (IsClosed)
            {
                output.Clear();
                return;
            }
            output.MoveTo(_queued);
            if (_sendInProgress)
                return;
            _sendInProgress = true;
        }
        SendLoop();
    }

    /// <summary>Closes once everything queued has been sent.</summary>
    public void CloseWhenSent()
    {
        lock (_sendLock)
        {
            _closeWhenSent = true;
            if (_sendInProgress)
                return;
        }
        Close();
    }

    /// <summary>Closes at once; what is queued is dropped. Safe from any thread, any number of times.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer was faster.
        }
        _socket.Dispose();
        lock (_sendLock)
            _queued.Clear();
        OnClosed();
    }

    private void ReceiveLoop()
    {
        while (!IsClosed)
        {
            MakeRoom();
            _receive.SetBuffer(Buffer, InputEnd, Buffer.Length - InputEnd);
            try
            {
                if (_socket.ReceiveAsync(_receive))
                    return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            if (!TakeReceived())
                return;
            if (++_receivesInARow >= ReceivesBeforeYield)
            {
                _receivesInARow = 0;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
        }
    }

    private void OnReceiveCompleted()
    {
        _receivesInARow = 0;
        if (TakeReceived())
            ReceiveLoop();
    }

    private bool TakeReceived()
    {
        if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
        {
            Close();
            return false;
        }
        _traffic.AddReceived(_receive.BytesTransferred);
        InputEnd += _receive.BytesTransferred;
        return OnInput();
    }

    /// <summary>Room for at least one more byte: moves unread input to the front, and doubles the buffer when it is full.</summary>
    private void MakeRoom()
    {
        var unread = InputEnd - InputStart;
        if (unread == 0)
        {
            InputStart = InputEnd = 0;
            if (Buffer.Length > InitialBufferBytes)
                Buffer = GC.AllocateUninitializedArray<byte>(InitialBufferBytes);
            return;
        }
        if (InputEnd < Buffer.Length)
            return;
        // Grows by doubling only when it is full: memory follows the bytes that arrived, never a length that was merely announced.
        var target = unread <= Buffer.Length / 2
            ? Buffer
            : GC.AllocateUninitializedArray<byte>((int)Math.Min(Buffer.Length * 2L, Array.MaxLength));
        System.Buffer.BlockCopy(Buffer, InputStart, target, 0, unread);
        Buffer = target;
        InputStart = 0;
        InputEnd = unread;
    }

    private void OnSendCompleted()
    {
        if (FinishSend())
            SendLoop();
    }

    private void SendLoop()
    {
        do
        {
            lock (_sendLock)
                _queued.MoveTo(_sending);
            PrepareSend();
            try
            {
                if (_socket.SendAsync(_send))
                    return;
            }
            catch (ObjectDisposedException)
            {
                _sending.Clear();
                return;
            }
        }
        while (FinishSend());
    }

    private void PrepareSend()
    {
        _segments.Clear();
        _sending.AddSegmentsTo(_segments, SegmentsMax);
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
    }

    /// <summary>Takes note of a finished send; true when more is to be sent by the caller.</summary>
    private bool FinishSend()
    {
        if (_send.SocketError != SocketError.Success)
        {
            _sending.Clear();
            Close();
            return false;
        }
        _traffic.AddSent(_send.BytesTransferred);
        _sending.Consume(_send.BytesTransferred);
        bool close;
        lock (_sendLock)
        {
            if (_sending.Length > 0 || _queued.Length > 0)
                return true;
            _sendInProgress = false;
            close = _closeWhenSent;
        }
        if (close)
            Close();
        else
            OnDrained();
        return false;
    }
}

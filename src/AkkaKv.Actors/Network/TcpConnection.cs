using System.Net;
using System.Net.Sockets;
using System.Numerics;
using AkkaKv.Actors.Network.Io;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Network;

/// <summary>
/// One TCP connection: bytes arrive in a buffer that grows only as they do, output leaves from a queue, one send at a time. Nothing is
/// allocated per receive or send. How bytes get through the socket is <see cref="SocketIo"/>'s.
/// </summary>
/// <remarks>
/// Receiving belongs to one thread at a time: <see cref="OnInput"/> is called with the new bytes and says whether to go on; when it
/// says no, whoever finishes the work calls <see cref="ContinueReceiving"/>. Sending may be asked for from any thread.
/// </remarks>
public abstract class TcpConnection : IThreadPoolWorkItem
{
    /// <summary>The beginning of a request, up to so many bytes, is kept in an array of its own while the rest is awaited.</summary>
    private const int KeptInputMax = 4 * 1024;

    /// <summary>Receives that complete at once, in a row, before the thread is given back to its other sockets.</summary>
    private const int ReceivesBeforeYield = 16;

    private readonly Socket _socket;
    private readonly TrafficCounters _traffic;
    private readonly SocketIo _io;
    private readonly Lock _sendLock = new();
    private readonly OutputBuffer _queued = new();
    private readonly OutputBuffer _sending = new();
    private bool _sendInProgress;
    private bool _closeWhenSent;
    private int _closed;
    private int _receivesInARow;

    /// <summary>Takes over a connected socket; nothing is received before <see cref="StartReceiving"/>.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="traffic">What passes is counted here.</param>
    /// <param name="isOutgoing">Whether the socket has connected itself: then .NET watches it already, and a second watch would only cost.</param>
    protected TcpConnection(Socket socket, TrafficCounters traffic, bool isOutgoing = false)
    {
        _socket = socket;
        _traffic = traffic;
        socket.NoDelay = true;
        RemoteEndPoint = socket.RemoteEndPoint as IPEndPoint ?? new IPEndPoint(IPAddress.None, 0);
        LocalEndPoint = socket.LocalEndPoint as IPEndPoint ?? new IPEndPoint(IPAddress.None, 0);
        _io = LinuxCalls.AreSupported && !isOutgoing ? new EpollIo(socket, this) : new EventArgsIo(socket, this);
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
    protected byte[] Buffer { get; private set; } = [];

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
    public void StartReceiving()
    {
        if (_io.Start())
            ReceiveLoop();
    }

    /// <summary>Goes on receiving after <see cref="OnInput"/> had returned false.</summary>
    protected void ContinueReceiving() => ReceiveLoop();

    void IThreadPoolWorkItem.Execute() => ReceiveLoop();

    /// <summary>Called by <see cref="SocketIo"/>: something has arrived.</summary>
    internal void OnReadable()
    {
        _receivesInARow = 0;
        ReceiveLoop();
    }

    /// <summary>Called by <see cref="SocketIo"/>: a receive that was pending has this result.</summary>
    internal void OnReceived(int result)
    {
        _receivesInARow = 0;
        if (TakeReceived(result))
            ReceiveLoop();
    }

    /// <summary>Called by <see cref="SocketIo"/>: what could not be sent can be tried again.</summary>
    internal void OnWritable() => SendLoop();

    /// <summary>Called by <see cref="SocketIo"/>: a send that was pending has this result.</summary>
    internal void OnSent(int result)
    {
        if (FinishSend(result))
            SendLoop();
    }

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
            if (_sendInProgress)
            {
                output.MoveTo(_queued);
                return;
            }
            output.MoveTo(_sending);
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
        _io.Stop();
        _socket.Dispose();
        lock (_sendLock)
            _queued.Clear();
        OnClosed();
    }

    /// <summary>For an owner that goes on receiving much later and has read everything: the buffer is not held meanwhile.</summary>
    protected void ReleaseInput()
    {
        var unread = InputEnd - InputStart;
        if (unread > KeptInputMax || Buffer.Length < ReceiveBuffers.Size)
            return;
        var kept = unread == 0 ? [] : new byte[BitOperations.RoundUpToPowerOf2((uint)Math.Max(unread, 64))];
        System.Buffer.BlockCopy(Buffer, InputStart, kept, 0, unread);
        ReceiveBuffers.Return(Buffer);
        Buffer = kept;
        InputStart = 0;
        InputEnd = unread;
    }

    private void ReceiveLoop()
    {
        while (!IsClosed)
        {
            if (_io.IsDrained)
            {
                ReleaseInput();
                if (_io.TryWait())
                    return;
            }
            MakeRoom();
            var received = _io.Receive(Buffer, InputEnd, Buffer.Length - InputEnd);
            if (received == SocketIo.Pending)
            {
                if (_io.IsDrained)
                    continue;
                return;
            }
            if (!TakeReceived(received))
                return;
            if (++_receivesInARow >= ReceivesBeforeYield)
            {
                _receivesInARow = 0;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
        }
    }

    private bool TakeReceived(int received)
    {
        if (received <= 0)
        {
            Close();
            return false;
        }
        _traffic.AddReceived(received);
        InputEnd += received;
        return OnInput();
    }

    /// <summary>Room for at least one more byte: moves unread input to the front, and doubles the buffer when it is full.</summary>
    private void MakeRoom()
    {
        var unread = InputEnd - InputStart;
        if (unread == 0 || Buffer.Length < ReceiveBuffers.Size)
        {
            if (Buffer.Length != ReceiveBuffers.Size)
            {
                var buffer = ReceiveBuffers.Take();
                System.Buffer.BlockCopy(Buffer, InputStart, buffer, 0, unread);
                Buffer = buffer;
            }
            InputStart = 0;
            InputEnd = unread;
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

    private void SendLoop()
    {
        int sent;
        do
        {
            sent = _io.Send(_sending);
            if (sent == SocketIo.Pending)
                return;
        }
        while (FinishSend(sent));
    }

    /// <summary>Takes note of a finished send; true when more is to be sent by the caller.</summary>
    private bool FinishSend(int sent)
    {
        if (sent == SocketIo.Failed)
        {
            _sending.Clear();
            Close();
            return false;
        }
        _traffic.AddSent(sent);
        _sending.Consume(sent);
        bool close;
        lock (_sendLock)
        {
            _queued.MoveTo(_sending);
            if (_sending.Length > 0)
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

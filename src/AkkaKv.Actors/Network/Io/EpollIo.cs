using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Network.Io;

/// <summary>
/// By an <see cref="EpollLoop"/>, on Linux. Against <see cref="EventArgsIo"/> it saves the system call that finds nothing after each receive, and a connection
/// that waits holds no buffer.
/// </summary>
/// <remarks>
/// Who receives is decided by one word:
/// <code>
/// idle ──event──► busy ──event──► signaled
///   ▲              │ TryWait          │ TryWait
///   └──────────────┘                  └──► busy, the caller goes on
/// </code>
/// Whoever makes it busy receives, also on behalf of others, until TryWait makes it idle. An event that comes meanwhile is remembered as signaled.
/// </remarks>
internal sealed unsafe class EpollIo : SocketIo
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Signaled = 2;

    /// <summary>Runs of bytes handed to one send; the kernel takes no more than 1,024 at a time.</summary>
    private const int RunsMax = 64;

    private readonly SafeSocketHandle _handle;
    private readonly TcpConnection _connection;
    private readonly EpollLoop _loop = EpollLoop.Next();
    private int _descriptor = -1;
    private int _state;
    private int _waitsForRoom;
    private bool _drained;
    private volatile bool _ending;

    public EpollIo(Socket socket, TcpConnection connection)
    {
        _handle = socket.SafeHandle;
        _connection = connection;
    }

    public override bool IsDrained => _drained;

    public override bool Start()
    {
        if (!TryHold(out var descriptor))
            return false;
        try
        {
            _descriptor = descriptor;
            if (!_loop.Add(descriptor, this))
                _connection.Close();
        }
        finally
        {
            _handle.DangerousRelease();
        }

        if (_connection.IsClosed)
            Stop();
        return false;
    }

    public override bool TryWait()
    {
        Debug.Assert(_drained && Volatile.Read(ref _state) != Idle);
        if (Interlocked.CompareExchange(ref _state, Idle, Busy) == Busy)
            return true;
        Volatile.Write(ref _state, Busy);
        _drained = false;
        return false;
    }

    public override int Receive(byte[] buffer, int offset, int count)
    {
        Debug.Assert(count > 0 && offset + count <= buffer.Length);
        if (!TryHold(out var descriptor))
            return Failed;
        nint received;
        int error;
        fixed (byte* start = &buffer[offset])
        {
            do
            {
                received = LinuxCalls.Receive(descriptor, start, (nuint)count, LinuxCalls.AtOnce);
                error = received < 0 ? Marshal.GetLastSystemError() : 0;
            }
            while (error == LinuxCalls.Interrupted);
        }

        _handle.DangerousRelease();
        if (error != 0 && error != LinuxCalls.WouldBlock)
            return Failed;

        // A stream that gave less than it was asked for has nothing more, and what comes later is another event; only its end may already have been told.
        _drained = received < 0 || (received > 0 && received < count && !_ending);
        return received < 0 ? Pending : (int)received;
    }

    public override int Send(OutputBuffer output)
    {
        if (!TryHold(out var descriptor))
            return Failed;
        try
        {
            nint sent;
            int error;
            do
            {
                sent = output.IsSingleSegment ? SendOne(descriptor, output.First.Span) : SendMany(descriptor, output);
                error = sent < 0 ? Marshal.GetLastSystemError() : 0;
            }
            while (error == LinuxCalls.Interrupted);

            if (error == 0)
                return (int)sent;
            if (error != LinuxCalls.WouldBlock)
                return Failed;

            // First the word, then the question: if there is room by now, the event comes at once.
            Interlocked.Exchange(ref _waitsForRoom, 1);
            return _loop.AddWriting(descriptor) ? Pending : Failed;
        }
        finally
        {
            _handle.DangerousRelease();
        }
    }

    public override void Stop()
    {
        if (_descriptor >= 0)
            _loop.Remove(_descriptor, this);
    }

    /// <summary>On the loop's thread: something has changed.</summary>
    public void OnEvents(uint events)
    {
        const uint ended = LinuxCalls.PeerHasShutDown | LinuxCalls.HasHungUp | LinuxCalls.HasFailed;
        if ((events & ended) != 0)
            _ending = true;
        if ((events & (LinuxCalls.CanRead | ended)) != 0 && BecomesBusy())
        {
            _drained = false;
            _connection.OnReadable();
        }

        if ((events & (LinuxCalls.CanWrite | ended)) != 0 && Volatile.Read(ref _waitsForRoom) != 0 && Interlocked.Exchange(ref _waitsForRoom, 0) != 0)
            _connection.OnWritable();
    }

    private bool BecomesBusy()
    {
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case Idle:
                    if (Interlocked.CompareExchange(ref _state, Busy, Idle) == Idle)
                        return true;
                    break;
                case Busy:
                    if (Interlocked.CompareExchange(ref _state, Signaled, Busy) == Busy)
                        return false;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>The descriptor, which stays this socket's until the handle is released.</summary>
    private bool TryHold(out int descriptor)
    {
        descriptor = -1;
        try
        {
            var held = false;
            _handle.DangerousAddRef(ref held);
            descriptor = (int)_handle.DangerousGetHandle();
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private static nint SendOne(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            return LinuxCalls.Send(descriptor, start, (nuint)bytes.Length, LinuxCalls.AtOnce);
    }

    private static nint SendMany(int descriptor, OutputBuffer output)
    {
        var runs = stackalloc LinuxCalls.Run[RunsMax];
        var count = 0;
        foreach (var segment in output)
        {
            // The arrays of an output buffer never move.
            runs[count++] = new LinuxCalls.Run { Start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(segment.Span)), Length = (nuint)segment.Length };
            if (count == RunsMax)
                break;
        }

        var message = new LinuxCalls.Message { Runs = runs, RunCount = (nuint)count };
        return LinuxCalls.Send(descriptor, &message, LinuxCalls.AtOnce);
    }
}

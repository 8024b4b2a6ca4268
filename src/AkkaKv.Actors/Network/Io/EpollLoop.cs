using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AkkaKv.Actors.Network.Io;

/// <summary>
/// A thread that learns from the system which sockets can be read or written again, and tells their connections, which do their work on it. Edge-triggered: the system
/// speaks only when something has changed, so a socket costs no call while nothing happens on it.
/// </summary>
/// <remarks>
/// The table is found by descriptor, because the system gives a closed one's number away again: an event that was fetched for the old owner then reaches the
/// new one, which looks, finds nothing, and waits on.
/// </remarks>
internal sealed unsafe class EpollLoop
{
    private const int EventsMax = 512;
    private const uint ReadEvents = LinuxCalls.CanRead | LinuxCalls.PeerHasShutDown | LinuxCalls.EdgeTriggered;

    private static readonly Lazy<EpollLoop[]> All = new(StartAll);
    private static uint _last;

    private readonly Lock _gate = new();
    private readonly int _epoll;
    private EpollIo?[] _owners = new EpollIo?[256];

    private EpollLoop()
    {
        _epoll = LinuxCalls.CreateEpoll(LinuxCalls.CloseOnExec);
        if (_epoll < 0)
            throw new IOException($"epoll_create1 failed (errno {Marshal.GetLastSystemError()}).");
        new Thread(Run) { IsBackground = true, Name = "akkakv sockets" }.Start();
    }

    /// <summary>The loop for the next connection; they take turns.</summary>
    public static EpollLoop Next() => All.Value[Interlocked.Increment(ref _last) % (uint)All.Value.Length];

    /// <summary>Begins to watch a socket for input. False if the system refuses.</summary>
    public bool Add(int descriptor, EpollIo owner)
    {
        lock (_gate)
        {
            if (descriptor >= _owners.Length)
            {
                var larger = new EpollIo?[Math.Max(descriptor + 1, _owners.Length * 2)];
                _owners.CopyTo(larger, 0);
                Volatile.Write(ref _owners, larger);
            }

            _owners[descriptor] = owner;
        }

        return Control(LinuxCalls.ControlAdd, descriptor, ReadEvents);
    }

    /// <summary>Watches a socket for room to write, too: its owner is told at once if there is some already.</summary>
    public bool AddWriting(int descriptor) => Control(LinuxCalls.ControlModify, descriptor, ReadEvents | LinuxCalls.CanWrite);

    /// <summary>Stops telling <paramref name="owner"/>. The system forgets a socket when it is closed.</summary>
    public void Remove(int descriptor, EpollIo owner)
    {
        lock (_gate)
        {
            if (descriptor < _owners.Length && _owners[descriptor] == owner)
                _owners[descriptor] = null;
        }
    }

    private static EpollLoop[] StartAll()
    {
        // As many threads as the sockets of .NET have; the program sets it.
        var setting = Environment.GetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT");
        var count = int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0 ? given : Math.Max(1, Environment.ProcessorCount / 2);
        return [.. Enumerable.Range(0, count).Select(_ => new EpollLoop())];
    }

    private bool Control(int operation, int descriptor, uint events)
    {
        var change = stackalloc byte[LinuxCalls.EventSize];
        Unsafe.WriteUnaligned(change, events);
        Unsafe.WriteUnaligned(change + LinuxCalls.EventDataAt, (ulong)descriptor);
        return LinuxCalls.ControlEpoll(_epoll, operation, descriptor, change) == 0;
    }

    private void Run()
    {
        var events = (byte*)NativeMemory.Alloc((nuint)(EventsMax * LinuxCalls.EventSize));
        while (true)
        {
            var count = LinuxCalls.WaitEpoll(_epoll, events, EventsMax, -1);
            if (count < 0 && Marshal.GetLastSystemError() is not LinuxCalls.Interrupted and var error)
                throw new IOException($"epoll_wait failed (errno {error}).");
            for (var i = 0; i < count; i++)
            {
                var current = events + (i * LinuxCalls.EventSize);
                var descriptor = (int)Unsafe.ReadUnaligned<ulong>(current + LinuxCalls.EventDataAt);
                Volatile.Read(ref _owners)[descriptor]?.OnEvents(Unsafe.ReadUnaligned<uint>(current));
            }
        }
    }
}

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

    /// <summary>What the thread is doing for its loop; null on other threads.</summary>
    [ThreadStatic]
    private static Round? _round;

    private readonly Lock _gate = new();
    private readonly int _epoll;
    private EpollIo?[] _owners = new EpollIo?[256];

    private EpollLoop()
    {
        _epoll = LinuxCalls.CreateEpoll(LinuxCalls.CloseOnExec);
        if (_epoll < 0)
            throw new IOException($"epoll_create1 failed (errno {Marshal.GetLastSystemError()}).");
        Start(new Round(this));
    }

    /// <summary>The loop for the next connection; they take turns.</summary>
    public static EpollLoop Next() => All.Value[Interlocked.Increment(ref _last) % (uint)All.Value.Length];

    /// <summary>
    /// The calling thread will be busy for long with what it was told of: if it is a loop's, another thread takes its place, and it ends when it returns. Costs nothing on other
    /// threads, and when it was done already.
    /// </summary>
    public static void RelieveThisThread()
    {
        if (_round is not { IsRelieved: false } round)
            return;
        round.IsRelieved = true;
        var successor = new Round(round.Loop);
        successor.TakeOver(round);
        Start(successor);
    }

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

    private static void Start(Round round) => new Thread(round.Run) { IsBackground = true, Name = "akkakv sockets" }.Start();

    /// <summary>The events that one thread has fetched, and how far it has got with them.</summary>
    private sealed class Round(EpollLoop loop)
    {
        private readonly byte* _events = (byte*)NativeMemory.Alloc((nuint)(EventsMax * LinuxCalls.EventSize));
        private int _next;
        private int _count;

        public EpollLoop Loop { get; } = loop;

        /// <summary>Whether another thread goes on in this one's place.</summary>
        public bool IsRelieved { get; set; }

        /// <summary>Takes over the events that <paramref name="other"/> has fetched and not told yet. Before this one runs, and on the other's thread.</summary>
        public void TakeOver(Round other)
        {
            _count = other._count - other._next;
            Unsafe.CopyBlock(_events, other._events + (other._next * LinuxCalls.EventSize), (uint)(_count * LinuxCalls.EventSize));
        }

        public void Run()
        {
            _round = this;
            while (!IsRelieved)
            {
                if (_next == _count)
                    Fetch();
                while (_next < _count && !IsRelieved)
                {
                    var current = _events + (_next++ * LinuxCalls.EventSize);
                    var descriptor = (int)Unsafe.ReadUnaligned<ulong>(current + LinuxCalls.EventDataAt);
                    Volatile.Read(ref Loop._owners)[descriptor]?.OnEvents(Unsafe.ReadUnaligned<uint>(current));
                }
            }
            NativeMemory.Free(_events);
        }

        private void Fetch()
        {
            _next = 0;
            _count = LinuxCalls.WaitEpoll(Loop._epoll, _events, EventsMax, -1);
            if (_count >= 0)
                return;
            if (Marshal.GetLastSystemError() is not LinuxCalls.Interrupted and var error)
                throw new IOException($"epoll_wait failed (errno {error}).");
            _count = 0;
        }
    }
}

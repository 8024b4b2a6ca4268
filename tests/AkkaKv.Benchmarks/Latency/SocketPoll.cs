using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AkkaKv.Benchmarks.Latency;

/// <summary>Asks the system which of several sockets can be read, without waiting and without allocating: one system call.</summary>
internal sealed unsafe partial class SocketPoll
{
    private const short CanRead = 1;

    private readonly Poll[] _polls;

    /// <param name="sockets">They must outlive this.</param>
    public SocketPoll(IEnumerable<Socket> sockets) =>
        _polls = [.. sockets.Select(socket => new Poll { Handle = (int)socket.Handle, Wanted = CanRead })];

    /// <summary>Takes note of what can be read now; false if nothing can.</summary>
    public bool Refresh()
    {
        fixed (Poll* polls = _polls)
            return Ask(polls, (nuint)_polls.Length, 0) > 0;
    }

    /// <summary>Whether the socket of that number could be read at the last <see cref="Refresh"/>, or has failed.</summary>
    public bool IsReadable(int number) => _polls[number].Seen != 0;

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Ask(Poll* polls, nuint count, int timeoutMs);

    private struct Poll
    {
        public int Handle;
        public short Wanted;
        public short Seen;
    }
}

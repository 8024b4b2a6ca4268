using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AkkaKv.Benchmarks.SideBySide;

namespace AkkaKv.Benchmarks.Latency;

/// <summary>
/// Sends GETs of random keys at a fixed rate, whatever the server does: request number n is due at start + n / rate, and its latency counts from then, also when
/// it could only be sent later. So a stall of the server is felt by every request that fell due in it, as its users would feel it, and not by one alone.
/// One thread that never sleeps sends and receives; it needs a processor of its own.
/// </summary>
internal sealed class OpenLoopLoad : IDisposable
{
    private readonly Socket[] _sockets;
    private readonly Queue<long>[] _due;
    private readonly int[] _receivedBytes;
    private readonly SocketPoll _poll;
    private readonly byte[] _received = new byte[64 * 1024];
    private readonly byte[] _request = Encoding.ASCII.GetBytes($"*2\r\n$3\r\nGET\r\n${Dataset.KeyLength}\r\nkey:{0:D12}\r\n");
    private readonly Random _random = new(1);
    private readonly int _keys;
    private readonly int _keyAt;

    /// <param name="port">The server's port on this machine.</param>
    /// <param name="connections">How many connections take turns.</param>
    /// <param name="keys">The server has keys with numbers below this, each with a value of <see cref="Dataset.ValueLength"/> bytes.</param>
    public OpenLoopLoad(int port, int connections, int keys)
    {
        _keys = keys;
        _keyAt = _request.Length - 2 - 12;
        _sockets = new Socket[connections];
        for (var i = 0; i < connections; i++)
        {
            _sockets[i] = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _sockets[i].Connect(IPAddress.Loopback, port);
        }

        _due = [.. _sockets.Select(_ => new Queue<long>(1024))];
        _receivedBytes = new int[connections];
        _poll = new SocketPoll(_sockets);
    }

    /// <summary>Bytes of the reply to every request: the length line, the value, the line end.</summary>
    private static int ReplyLength { get; } = $"${Dataset.ValueLength}\r\n".Length + Dataset.ValueLength + 2;

    public void Dispose()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
    }

    /// <summary>Runs for a time and returns the latencies.</summary>
    /// <param name="requestsPerSecond">The rate.</param>
    /// <param name="duration">How long requests are sent; their replies are awaited.</param>
    /// <exception cref="IOException">The server hung up.</exception>
    /// <exception cref="TimeoutException">It did not answer in ten seconds beyond the duration.</exception>
    public LatencyHistogram Run(int requestsPerSecond, TimeSpan duration)
    {
        var histogram = new LatencyHistogram();
        var interval = (double)Stopwatch.Frequency / requestsPerSecond;
        var count = (long)(requestsPerSecond * duration.TotalSeconds);
        var start = Stopwatch.GetTimestamp();
        var giveUpAt = start + (long)((duration.TotalSeconds + 10) * Stopwatch.Frequency);
        long sent = 0;
        while (histogram.Count < count)
        {
            var now = Stopwatch.GetTimestamp();
            if (now > giveUpAt)
                throw new TimeoutException($"{count - histogram.Count} of {count} requests were not answered in time.");
            // One at a time, then a look at the replies: late requests go out in a hurry, but replies are not left lying for them.
            var due = start + (long)(sent * interval);
            if (sent < count && due <= now)
                Send((int)(sent++ % _sockets.Length), due);
            Receive(histogram);
        }

        return histogram;
    }

    private void Send(int number, long due)
    {
        _random.Next(_keys).TryFormat(_request.AsSpan(_keyAt, 12), out _, "D12");
        _due[number].Enqueue(due);
        _sockets[number].Send(_request);
    }

    private void Receive(LatencyHistogram histogram)
    {
        if (!_poll.Refresh())
            return;
        for (var number = 0; number < _sockets.Length; number++)
        {
            if (!_poll.IsReadable(number))
                continue;
            var bytes = _sockets[number].Receive(_received);
            if (bytes == 0)
                throw new IOException("The server closed a connection.");
            var now = Stopwatch.GetTimestamp();
            for (_receivedBytes[number] += bytes; _receivedBytes[number] >= ReplyLength; _receivedBytes[number] -= ReplyLength)
                histogram.Add((long)((now - _due[number].Dequeue()) * (1e9 / Stopwatch.Frequency)));
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaKv.Benchmarks.Failover;

/// <summary>
/// A client that writes one key after another through the router, each as soon as the last one is answered, and notes the longest time
/// from one acknowledged write to the next.
/// </summary>
internal sealed class RouterWriter : IDisposable
{
    private readonly Thread _thread;
    private readonly int _port;
    private readonly Lock _gate = new();
    private volatile bool _stopping;
    private long _acknowledgedAt = Stopwatch.GetTimestamp();
    private TimeSpan _longestGap;
    private long _written;
    private long _refused;

    public RouterWriter(int port)
    {
        _port = port;
        _thread = new Thread(Write) { IsBackground = true, Name = "writer" };
        _thread.Start();
    }

    /// <summary>Writes that were acknowledged.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Writes that were answered with an error, or whose connection broke.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>The longest gap since the last call, the one that is still open included.</summary>
    public TimeSpan TakeLongestGap()
    {
        lock (_gate)
        {
            var open = Stopwatch.GetElapsedTime(_acknowledgedAt);
            var longest = open > _longestGap ? open : _longestGap;
            _longestGap = TimeSpan.Zero;
            return longest;
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private void Write()
    {
        while (!_stopping)
        {
            try
            {
                using var client = new TcpClient { NoDelay = true, ReceiveTimeout = 10_000 };
                client.Connect(IPAddress.Loopback, _port);
                WriteOn(client.GetStream());
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                Interlocked.Increment(ref _refused);
                Thread.Sleep(1);
            }
        }
    }

    private void WriteOn(NetworkStream stream)
    {
        var reply = new byte[512];
        while (!_stopping)
        {
            stream.Write(Encoding.ASCII.GetBytes($"SET key:{Written % 10_000} {Written}\r\n"));
            var length = 0;
            do
            {
                var count = stream.Read(reply, length, reply.Length - length);
                if (count == 0)
                    throw new IOException("The router closed the connection.");
                length += count;
            }
            while (reply[length - 1] != '\n');
            if (reply[0] != '+')
            {
                Interlocked.Increment(ref _refused);
                continue;
            }
            Interlocked.Increment(ref _written);
            lock (_gate)
            {
                var now = Stopwatch.GetTimestamp();
                var gap = Stopwatch.GetElapsedTime(_acknowledgedAt, now);
                _acknowledgedAt = now;
                if (gap > _longestGap)
                    _longestGap = gap;
            }
        }
    }
}

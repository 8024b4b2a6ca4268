using System.Net;
using System.Net.Sockets;

namespace AkkaKv.EndToEnd.Tests.Harness;

/// <summary>Ports of loopback that nobody listens on. They lie below the range from which the system takes ports for outgoing connections.</summary>
public static class FreePorts
{
    private const int First = 20_000;
    private const int Last = 32_000;
    private static readonly Lock OneAtATime = new();
    private static int _next = First + Random.Shared.Next(Last - First);

    /// <summary>One free port. It is not given twice to the same test process.</summary>
    public static int One() => Block(1);

    /// <summary>The first of <paramref name="count"/> free ports in a row.</summary>
    public static int Block(int count)
    {
        lock (OneAtATime)
        {
            for (int attempt = 0; attempt < Last - First; attempt++)
            {
                if (_next + count > Last)
                    _next = First;
                int start = _next;
                int taken = Enumerable.Range(start, count).FirstOrDefault(port => !IsFree(port));
                _next = taken == 0 ? start + count : taken + 1;
                if (taken == 0)
                    return start;
            }
        }
        throw new InvalidOperationException($"no {count} free ports in a row");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

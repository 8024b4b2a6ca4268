using System.Net;
using System.Net.Sockets;

namespace AkkaKv.Actors.Network;

/// <summary>Outgoing TCP connections with a bound on the time they may take.</summary>
public static class Connector
{
    /// <summary>The longest a connection attempt may take: a host that drops packets must not hold anything up.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>Connects to a host name or address.</summary>
    /// <exception cref="SocketException">The name cannot be resolved, or the host refuses.</exception>
    /// <exception cref="OperationCanceledException">No answer within <see cref="Timeout"/>.</exception>
    public static async Task<Socket> ConnectAsync(string host, int port)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        var address = IPAddress.TryParse(host, out var literal)
            ? literal
            : (await Dns.GetHostAddressesAsync(host, deadline.Token).ConfigureAwait(false)).FirstOrDefault()
                ?? throw new SocketException((int)SocketError.HostNotFound);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), deadline.Token).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

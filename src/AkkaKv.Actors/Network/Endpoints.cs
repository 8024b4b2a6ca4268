using System.Net;
using System.Net.Sockets;

namespace AkkaKv.Actors.Network;

/// <summary>From what a setting says to an address that a socket can bind.</summary>
public static class Endpoints
{
    /// <summary>An address literal, <c>*</c> for all, or a name of this machine.</summary>
    /// <exception cref="SocketException">The name is not known.</exception>
    public static IPEndPoint Resolve(string host, int port) =>
        host == "*" ? new IPEndPoint(IPAddress.IPv6Any, port)
        : IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port)
        : new IPEndPoint(Dns.GetHostAddresses(host).FirstOrDefault() ?? throw new SocketException((int)SocketError.HostNotFound), port);
}

using System.Net;
using System.Net.Sockets;

namespace AkkaKv.Actors.Network;

/// <summary>Questions about names and addresses of hosts.</summary>
internal static class Addresses
{
    /// <summary>Whether two names or addresses lead to the same host: they have an address in common. False when one cannot be resolved.</summary>
    public static async Task<bool> AreSameHost(string a, string b)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(a).ConfigureAwait(false);
            return addresses.Intersect(await Dns.GetHostAddressesAsync(b).ConfigureAwait(false)).Any();
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

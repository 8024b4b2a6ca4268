using System.Net;

namespace AkkaKv.Actors.Gateway;

/// <summary>
/// Redis's protected mode: a server without a password that listens on every address serves only clients of the same machine, so
/// that nobody opens their data to a network by accident.
/// </summary>
internal static class ProtectedMode
{
    /// <summary>What a refused client reads.</summary>
    public static ReadOnlySpan<byte> Refusal =>
        "-DENIED AkkaKv is running in protected mode because protected mode is enabled and no password is set. In this mode connections are only accepted from the loopback interface. Set akkakv.gateway.password, or name the address to serve in akkakv.gateway.host, or switch akkakv.gateway.protected-mode off.\r\n"u8;

    /// <summary>Whether a client at <paramref name="client"/> is refused by a server without a password that listens on <paramref name="host"/>.</summary>
    public static bool Refuses(string host, IPAddress client)
    {
        var address = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        var everyAddress = host is "0.0.0.0" or "::" or "*";
        return everyAddress && !IPAddress.IsLoopback(address);
    }
}

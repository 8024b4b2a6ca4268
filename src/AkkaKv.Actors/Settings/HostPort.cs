using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AkkaKv.Actors.Settings;

/// <summary>A host name or address with a TCP port, as written in settings: <c>10.0.0.5:6379</c>, <c>db1:6379</c>, <c>[::1]:6379</c>.</summary>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Port">1 to 65535.</param>
public readonly record struct HostPort(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>. Redis writes the two with a space between them in REPLICAOF, which is accepted too.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostPort value)
    {
        value = default;
        text = text.Trim();
        int separator = text.LastIndexOf(' ');
        if (separator < 0)
            separator = text.LastIndexOf(':');
        if (separator <= 0 || !TryParsePort(text.AsSpan(separator + 1), out int port))
            return false;

        string host = text[..separator].Trim();
        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        else if (host.Contains(':') && text[separator] == ':')
            return false; // an IPv6 address without brackets: which colon separates the port is a guess
        if (host.Length == 0 || host.Contains(' '))
            return false;

        value = new HostPort(host, port);
        return true;
    }

    /// <summary>The form that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static bool TryParsePort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535;
}

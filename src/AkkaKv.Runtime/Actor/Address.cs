using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Akka.Actor;

/// <summary>
/// Where an actor system is: protocol, system name and, for a system that others can reach, host and port. Written
/// <c>akka.tcp://system@host:port</c>; a local-only address is <c>akka://system</c>.
/// </summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>
{
    private readonly string _text;

    /// <summary>Makes an address. Host and port are either both given or both null.</summary>
    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
        _text = Host is null
            ? $"{Protocol}://{System}"
            : string.Create(CultureInfo.InvariantCulture, $"{Protocol}://{System}@{HostText(Host)}:{Port ?? 0}");
    }

    /// <summary>Orders by protocol, system, host and port.</summary>
    public static readonly IComparer<Address> Comparer = Comparer<Address>.Create((a, b) => Compare(a, b));

    /// <summary>The protocol, for instance <c>akka</c> or <c>akka.tcp</c>.</summary>
    public string Protocol { get; }

    /// <summary>The actor system's name.</summary>
    public string System { get; }

    /// <summary>The host in lower case, or null for a local-only address.</summary>
    public string? Host { get; }

    /// <summary>The port, or null for a local-only address.</summary>
    public int? Port { get; }

    /// <summary>True when the address means something only inside its own process.</summary>
    public bool HasLocalScope => Host is null;

    /// <summary>True when other processes can use the address.</summary>
    public bool HasGlobalScope => Host is not null;

    /// <summary>Parses <c>protocol://system[@host:port]</c>; throws <see cref="UriFormatException"/> on anything else.</summary>
    public static Address Parse(string address) =>
        TryParse(address, out var parsed) ? parsed : throw new UriFormatException($"'{address}' is not an address of the form protocol://system@host:port");

    /// <summary>Parses <c>protocol://system[@host:port]</c>, without a path behind it.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out Address? address) =>
        TryParse(path.AsSpan(), out address, out var rest) && rest.IsEmpty;

    /// <summary>Parses the address at the start of an actor path and returns the path behind it (<c>/user/…</c>, or empty).</summary>
    public static bool TryParse(ReadOnlySpan<char> span, [NotNullWhen(true)] out Address? address, out ReadOnlySpan<char> absoluteUri)
    {
        address = null;
        absoluteUri = default;
        var scheme = span.IndexOf("://");
        if (scheme <= 0)
            return false;
        var protocol = span[..scheme];
        if (!protocol.StartsWith("akka"))
            return false;
        var rest = span[(scheme + 3)..];
        var slash = rest.IndexOf('/');
        var authority = slash < 0 ? rest : rest[..slash];
        absoluteUri = slash < 0 ? default : rest[slash..];
        var at = authority.IndexOf('@');
        if (at < 0)
        {
            if (authority.IsEmpty || authority.Contains(':'))
                return false;
            address = new Address(protocol.ToString(), authority.ToString());
            return true;
        }
        var hostAndPort = authority[(at + 1)..];
        var colon = hostAndPort.LastIndexOf(':');
        if (at == 0 || colon <= 0
            || !int.TryParse(hostAndPort[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535)
            return false;
        var host = hostAndPort[..colon];
        if (host.Length > 2 && host[0] == '[' && host[^1] == ']')
            host = host[1..^1];
        else if (host.Contains(':'))
            return false;
        address = new Address(protocol.ToString(), authority[..at].ToString(), host.ToString(), port);
        return true;
    }

    /// <summary><c>system@host:port</c>, or the system's name alone.</summary>
    public string HostPort() => _text[(Protocol.Length + 3)..];

    /// <summary>The same address with another protocol.</summary>
    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    /// <summary>The same address with another system name.</summary>
    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    /// <summary>The same address with another host.</summary>
    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);

    /// <summary>The same address with another port.</summary>
    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    /// <inheritdoc/>
    public bool Equals(Address? other) => ReferenceEquals(this, other) || (other is not null && _text == other._text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public int CompareTo(Address? other) => Compare(this, other);

    /// <inheritdoc/>
    public override string ToString() => _text;

    /// <summary>True when both are the same address.</summary>
    public static bool operator ==(Address? left, Address? right) => left is null ? right is null : left.Equals(right);

    /// <summary>True when they are different addresses.</summary>
    public static bool operator !=(Address? left, Address? right) => !(left == right);

    private static string HostText(string host) => host.Contains(':') ? $"[{host}]" : host;

    private static int Compare(Address? a, Address? b)
    {
        if (ReferenceEquals(a, b))
            return 0;
        if (a is null)
            return -1;
        if (b is null)
            return 1;
        var order = string.CompareOrdinal(a.Protocol, b.Protocol);
        if (order == 0)
            order = string.CompareOrdinal(a.System, b.System);
        if (order == 0)
            order = string.CompareOrdinal(a.Host, b.Host);
        return order != 0 ? order : (a.Port ?? 0).CompareTo(b.Port ?? 0);
    }
}

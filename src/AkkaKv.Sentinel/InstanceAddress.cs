namespace AkkaKv.Sentinel;

/// <summary>Where an instance listens: a host name or an IP address without brackets, and a TCP port. Compared as written.</summary>
public readonly record struct InstanceAddress(string Host, int Port)
{
    /// <summary><c>host:port</c>, with brackets around an IPv6 address: the name Redis gives to a replica.</summary>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}

namespace AkkaKv.Sentinel;

/// <summary>Who this sentinel is: its id (40 hexadecimal digits in production) and the address its RESP port is reached by.</summary>
public sealed record SentinelIdentity(string Id, InstanceAddress Address);

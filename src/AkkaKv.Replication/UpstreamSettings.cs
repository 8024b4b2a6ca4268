namespace AkkaKv.Replication;

/// <summary>How a replica reaches its master. Times in milliseconds.</summary>
/// <param name="Host">The master's address.</param>
/// <param name="Port">The master's port.</param>
/// <param name="ListeningPort">The port on which this node serves its own clients, as the master shall show it.</param>
/// <param name="AnnouncedAddress">replica-announce-ip; empty for the address that the master sees.</param>
/// <param name="User">masteruser; empty for the default user.</param>
/// <param name="Password">masterauth; empty for none.</param>
/// <param name="TimeoutMs">repl-timeout: a master that says nothing for so long, in any state, is taken for dead.</param>
/// <param name="RetryMinMs">Pause before the first new attempt after a failure; doubles with each.</param>
/// <param name="RetryMaxMs">Longest pause between attempts. Redis's fixed pause is one second.</param>
/// <param name="AckPeriodMs">How often the applied offset is confirmed without being asked.</param>
public sealed record UpstreamSettings(
    string Host,
    int Port,
    int ListeningPort,
    string AnnouncedAddress = "",
    string User = "",
    string Password = "",
    long TimeoutMs = 60_000,
    long RetryMinMs = 50,
    long RetryMaxMs = 1_000,
    long AckPeriodMs = 1_000)
{
    /// <summary>Everything but the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

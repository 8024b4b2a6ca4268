namespace AkkaKv.Actors.Settings;

/// <summary>A router, role gateway: <c>akkakv.router</c>.</summary>
public sealed record RouterSettings
{
    /// <summary>Address to listen on.</summary>
    public required string Host { get; init; }

    /// <summary>Port to listen on; 0 lets the system choose.</summary>
    public required int Port { get; init; }

    /// <summary>Which of the sentinels' masters it forwards to.</summary>
    public required string MasterName { get; init; }

    /// <summary>The sentinels to ask who is master.</summary>
    public required IReadOnlyList<HostPort> Sentinels { get; init; }

    /// <summary>Clients at a time.</summary>
    public required int MaxClients { get; init; }

    /// <summary>How long a request waits for a master before it is answered with an error.</summary>
    public required TimeSpan ParkTimeout { get; init; }

    /// <summary>Bytes of one client's requests that wait; beyond that nothing more is read from it.</summary>
    public required long ParkBytes { get; init; }

    internal static RouterSettings Read(SettingsReader reader)
    {
        const string At = "akkakv.router";
        return new RouterSettings
        {
            Host = reader.RequiredText($"{At}.host", "an address to listen on"),
            Port = reader.Port($"{At}.port", allowZero: true),
            MasterName = reader.RequiredText($"{At}.master-name", "the name of a watched master"),
            Sentinels = reader.Endpoints($"{At}.sentinels"),
            MaxClients = reader.Whole($"{At}.max-clients", 1, 1_000_000),
            ParkTimeout = reader.Duration($"{At}.park-timeout", TimeSpan.Zero, TimeSpan.FromHours(1)),
            ParkBytes = reader.Bytes($"{At}.park-bytes", 16 << 10, 1L << 30),
        };
    }
}

namespace AkkaKv.Actors.Settings;

/// <summary>A sentinel: <c>akkakv.sentinel</c>.</summary>
public sealed record SentinelSettings
{
    /// <summary>Address to listen on.</summary>
    public required string Host { get; init; }

    /// <summary>Port to listen on; 0 lets the system choose.</summary>
    public required int Port { get; init; }

    /// <summary>What others are told to connect to; empty: <see cref="Host"/>.</summary>
    public required string AnnounceHost { get; init; }

    /// <summary>What others are told to connect to; 0: <see cref="Port"/>.</summary>
    public required int AnnouncePort { get; init; }

    /// <summary>The host that others connect to.</summary>
    public string ReachableHost => AnnounceHost.Length > 0 ? AnnounceHost : Host;

    /// <summary>The port that others connect to; 0 while the system's choice is not known.</summary>
    public int ReachablePort => AnnouncePort != 0 ? AnnouncePort : Port;

    /// <summary>Clients must AUTH with it; empty: none.</summary>
    public required string Password { get; init; }

    /// <summary>Names of all sentinels that may vote, this one included; empty: this one alone.</summary>
    public required IReadOnlyList<string> Voters { get; init; }

    /// <summary>The masters to watch from the start.</summary>
    public required IReadOnlyList<WatchedMasterSettings> Masters { get; init; }

    /// <summary>What SENTINEL MONITOR gives to a master that it adds; host and name are empty.</summary>
    public required WatchedMasterSettings MasterDefaults { get; init; }

    internal static SentinelSettings Read(SettingsReader reader)
    {
        const string At = "akkakv.sentinel";
        return new SentinelSettings
        {
            Host = reader.RequiredText($"{At}.host", "an address to listen on"),
            Port = reader.Port($"{At}.port", allowZero: true),
            AnnounceHost = reader.Text($"{At}.announce-host"),
            AnnouncePort = reader.Port($"{At}.announce-port", allowZero: true),
            Password = reader.Text($"{At}.password"),
            Voters = reader.List($"{At}.voters"),
            MasterDefaults = WatchedMasterSettings.Read(reader, "", $"{At}.master-defaults", null),
            Masters = [.. reader.Names($"{At}.masters")
                .Select(name => WatchedMasterSettings.Read(reader, name, $"{At}.masters.{name}", $"{At}.master-defaults"))],
        };
    }
}

/// <summary>One watched master: <c>akkakv.sentinel.masters.NAME</c>.</summary>
public sealed record WatchedMasterSettings
{
    /// <summary>The name that clients ask for.</summary>
    public required string Name { get; init; }

    /// <summary>Where the master is at the very first start; later the learned state knows better.</summary>
    public required string Host { get; init; }

    /// <summary>The master's RESP port.</summary>
    public required int Port { get; init; }

    /// <summary>Sentinels that must find it down before a failover starts.</summary>
    public required int Quorum { get; init; }

    /// <summary>Silence after which an instance counts as down.</summary>
    public required TimeSpan DownAfter { get; init; }

    /// <summary>How long one failover may take to reconfigure the replicas.</summary>
    public required TimeSpan FailoverTimeout { get; init; }

    /// <summary>Replicas pointed at the new master at the same time.</summary>
    public required int ParallelSyncs { get; init; }

    /// <summary>A broken link whose reconnection is refused proves an instance down, before <see cref="DownAfter"/>.</summary>
    public required bool TrustHardEvidence { get; init; }

    /// <summary>User for the watched instances; empty: the default user.</summary>
    public required string User { get; init; }

    /// <summary>Password for the watched instances; empty: none.</summary>
    public required string Password { get; init; }

    internal static WatchedMasterSettings Read(SettingsReader reader, string name, string at, string? defaults)
    {
        string? Default(string key) => defaults is null ? null : $"{defaults}.{key}";
        return new WatchedMasterSettings
        {
            Name = name,
            Host = defaults is null ? "" : reader.RequiredText($"{at}.host", "the master's host name or address"),
            Port = reader.Port($"{at}.port", orElse: Default("port")),
            Quorum = reader.Whole($"{at}.quorum", 1, 1000, Default("quorum")),
            DownAfter = reader.Duration($"{at}.down-after", TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(1), Default("down-after")),
            FailoverTimeout = reader.Duration($"{at}.failover-timeout", TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1),
                Default("failover-timeout")),
            ParallelSyncs = reader.Whole($"{at}.parallel-syncs", 1, 1000, Default("parallel-syncs")),
            TrustHardEvidence = reader.Switch($"{at}.trust-hard-evidence", Default("trust-hard-evidence")),
            User = reader.Text($"{at}.user", Default("user")),
            Password = reader.Text($"{at}.password", Default("password")),
        };
    }
}

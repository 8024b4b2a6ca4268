namespace AkkaKv.Actors.Settings;

/// <summary>The RESP port of a data node: <c>akkakv.gateway</c>.</summary>
public sealed record GatewaySettings
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

    /// <summary>requirepass; empty: none.</summary>
    public required string Password { get; init; }

    /// <summary>aclfile: where users are kept; empty: nowhere.</summary>
    public required string AclFile { get; init; }

    /// <summary>The users at the start, lines of "user NAME rules".</summary>
    public required string UserLines { get; init; }

    /// <summary>Without a password serve only loopback clients, unless <see cref="Host"/> names the address to serve.</summary>
    public required bool ProtectedMode { get; init; }

    /// <summary>Connections not yet accepted that the system keeps.</summary>
    public required int Backlog { get; init; }

    /// <summary>maxclients.</summary>
    public required int MaxClients { get; init; }

    /// <summary>A silent client is disconnected after it; zero: never.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>Period of TCP keepalive probes; zero: none.</summary>
    public required TimeSpan TcpKeepalive { get; init; }

    /// <summary>proto-max-bulk-len, bytes.</summary>
    public required long MaxBulkLength { get; init; }

    /// <summary>client-query-buffer-limit, bytes.</summary>
    public required long QueryBufferLimit { get; init; }

    /// <summary>client-output-buffer-limit normal.</summary>
    public required OutputBufferLimit NormalOutput { get; init; }

    /// <summary>client-output-buffer-limit replica.</summary>
    public required OutputBufferLimit ReplicaOutput { get; init; }

    /// <summary>client-output-buffer-limit pubsub.</summary>
    public required OutputBufferLimit PubSubOutput { get; init; }

    internal static GatewaySettings Read(SettingsReader reader)
    {
        const string At = "akkakv.gateway";
        return new GatewaySettings
        {
            Host = reader.RequiredText($"{At}.host", "an address to listen on"),
            Port = reader.Port($"{At}.port", allowZero: true),
            AnnounceHost = reader.Text($"{At}.announce-host"),
            AnnouncePort = reader.Port($"{At}.announce-port", allowZero: true),
            Password = reader.Text($"{At}.password"),
            AclFile = reader.Text($"{At}.acl-file"),
            UserLines = GatewayUsers.Read(reader, At),
            ProtectedMode = reader.Switch($"{At}.protected-mode"),
            Backlog = reader.Whole($"{At}.backlog", 1, 65535),
            MaxClients = reader.Whole($"{At}.max-clients", 1, 1_000_000),
            IdleTimeout = reader.Duration($"{At}.idle-timeout", TimeSpan.Zero, TimeSpan.FromDays(365)),
            TcpKeepalive = reader.Duration($"{At}.tcp-keepalive", TimeSpan.Zero, TimeSpan.FromDays(1)),
            MaxBulkLength = reader.Bytes($"{At}.max-bulk-length", 1 << 20, 512 << 20),
            QueryBufferLimit = reader.Bytes($"{At}.query-buffer-limit", 1 << 20, 1L << 40),
            NormalOutput = OutputBufferLimit.Read(reader, $"{At}.output-buffer-limit.normal"),
            ReplicaOutput = OutputBufferLimit.Read(reader, $"{At}.output-buffer-limit.replica"),
            PubSubOutput = OutputBufferLimit.Read(reader, $"{At}.output-buffer-limit.pubsub"),
        };
    }
}

/// <summary>When a client with too many unsent replies is disconnected; the rule of Redis's client-output-buffer-limit.</summary>
/// <param name="HardBytes">At once above it; 0: no limit.</param>
/// <param name="SoftBytes">After <paramref name="SoftTime"/> above it; 0: no limit.</param>
/// <param name="SoftTime">How long the soft limit may be exceeded.</param>
public sealed record OutputBufferLimit(long HardBytes, long SoftBytes, TimeSpan SoftTime)
{
    internal static OutputBufferLimit Read(SettingsReader reader, string at) => new(
        reader.Bytes($"{at}.hard", 0, 1L << 40),
        reader.Bytes($"{at}.soft", 0, 1L << 40),
        reader.Duration($"{at}.soft-time", TimeSpan.Zero, TimeSpan.FromDays(1)));
}

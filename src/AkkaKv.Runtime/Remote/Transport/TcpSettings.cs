namespace Akka.Remote.Transport;

/// <summary>What the transport needs to know; times in milliseconds, sizes in bytes. The paths and defaults stand in reference.conf.</summary>
internal sealed record TcpSettings
{
    /// <summary>Where to listen, and what others call this system when the public ones are not set.</summary>
    public string Hostname { get; init; } = "127.0.0.1";

    /// <summary>The port to listen on; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The host in this system's address when others reach it by another name than it listens on.</summary>
    public string? PublicHostname { get; init; }

    /// <summary>The port in this system's address when others reach it by another one; 0 = the one it listens on.</summary>
    public int PublicPort { get; init; }

    /// <summary>No frame may be longer.</summary>
    public int MaximumFrameBytes { get; init; } = 128_000;

    /// <summary>How much may wait to be sent to one system before messages go to the dead letters.</summary>
    public int SendQueueBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>For connecting, and again for the handshake.</summary>
    public int ConnectionTimeoutMs { get; init; } = 15_000;

    /// <summary>After a failure, how long messages go to the dead letters before the next attempt.</summary>
    public long RetryGateClosedForMs { get; init; } = 5_000;

    /// <summary>How often an idle connection is tried.</summary>
    public int HeartbeatIntervalMs { get; init; } = 4_000;

    /// <summary>How much longer than that the other side may be silent before the connection is given up.</summary>
    public int AcceptableHeartbeatPauseMs { get; init; } = 120_000;

    /// <summary>How long shutting down waits for what is still to be sent.</summary>
    public int FlushWaitMs { get; init; } = 2_000;

    /// <summary>How long an incarnation stays quarantined.</summary>
    public long PruneQuarantineMarkerAfterMs { get; init; } = 5 * 24 * 3_600_000L;

    /// <summary>The secret that all nodes share, or null when none is asked for.</summary>
    public string? SecureCookie { get; init; }

    /// <summary>Says nothing: the cookie must not get into a log through this record.</summary>
    public override string ToString() => $"{nameof(TcpSettings)} {Hostname}:{Port}";
}

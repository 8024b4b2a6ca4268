namespace AkkaKv.Server.Local;

/// <summary>What <c>akkakv local</c> was asked for.</summary>
/// <param name="BasePort">Port of the router; all others follow from it.</param>
/// <param name="Replicas">Number of replicas, 0 to <see cref="ReplicasMax"/>.</param>
/// <param name="Sentinels">Number of sentinels, 1 to <see cref="SentinelsMax"/>.</param>
/// <param name="DataDir">Directory for configuration, learned state and logs; null: a temporary one that is removed at the end.</param>
/// <param name="Sets">Settings for every process, in the form of --set.</param>
/// <param name="Verbose">Show the log lines of all processes.</param>
internal sealed record LocalOptions(int BasePort, int Replicas, int Sentinels, string? DataDir, IReadOnlyList<string> Sets, bool Verbose)
{
    /// <summary>Data nodes take the ports from base + 1, below those of the sentinels at base + 11.</summary>
    public const int ReplicasMax = 9;

    /// <summary>Sentinels take the ports from base + 11, below the remoting ports at base + 20.</summary>
    public const int SentinelsMax = 9;

    /// <summary>Distance from a process's port to its remoting port.</summary>
    public const int RemotingOffset = 20;

    /// <summary>The largest base port: the last remoting port must still be one.</summary>
    public const int BasePortMax = 65535 - RemotingOffset - 10 - SentinelsMax;
}

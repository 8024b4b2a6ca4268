namespace AkkaKv.Replication;

/// <summary>How far a replica is with its master.</summary>
public enum UpstreamState
{
    /// <summary>No link is wanted.</summary>
    Stopped,

    /// <summary>Waits for the next attempt, or for the position from which to continue.</summary>
    Waiting,

    /// <summary>The connection is being made.</summary>
    Connecting,

    /// <summary>PING was sent.</summary>
    AwaitsPong,

    /// <summary>AUTH and REPLCONF were sent.</summary>
    AwaitsAnswers,

    /// <summary>PSYNC was sent.</summary>
    AwaitsSync,

    /// <summary>A full resynchronisation was promised; its header has not come yet.</summary>
    AwaitsSnapshot,

    /// <summary>The RDB is arriving.</summary>
    ReceivesSnapshot,

    /// <summary>The RDB is complete, the host is taking it over.</summary>
    Loading,

    /// <summary>The stream is flowing.</summary>
    Streaming,
}

/// <summary>The names that INFO and ROLE show.</summary>
public static class UpstreamStates
{
    /// <summary>master_link_status:up.</summary>
    public static bool IsUp(this UpstreamState state) => state == UpstreamState.Streaming;

    /// <summary>master_sync_in_progress:1.</summary>
    public static bool IsSyncing(this UpstreamState state) =>
        state is UpstreamState.AwaitsSnapshot or UpstreamState.ReceivesSnapshot or UpstreamState.Loading;

    /// <summary>The fourth element of a replica's ROLE.</summary>
    public static string RoleName(this UpstreamState state) => state switch
    {
        UpstreamState.Stopped => "none",
        UpstreamState.Waiting => "connect",
        UpstreamState.Connecting => "connecting",
        UpstreamState.AwaitsPong or UpstreamState.AwaitsAnswers or UpstreamState.AwaitsSync => "handshake",
        UpstreamState.Streaming => "connected",
        _ => "sync",
    };
}

namespace AkkaKv.Replication;

/// <summary>How far a replica is, as its master sees it.</summary>
public enum ReplicaState
{
    /// <summary>It waits for the snapshot of its full resynchronisation.</summary>
    WaitsForSnapshot,

    /// <summary>The snapshot is being sent.</summary>
    ReceivesSnapshot,

    /// <summary>It gets, or is about to get, the stream.</summary>
    Online,

    /// <summary>The link is closed or being closed.</summary>
    Closed,
}

/// <summary>The names that INFO and ROLE show.</summary>
public static class ReplicaStates
{
    /// <summary>The name in INFO's slave lines: wait_bgsave, send_bulk, online.</summary>
    public static string InfoName(this ReplicaState state) => state switch
    {
        ReplicaState.WaitsForSnapshot => "wait_bgsave",
        ReplicaState.ReceivesSnapshot => "send_bulk",
        ReplicaState.Online => "online",
        _ => "closed",
    };
}

namespace AkkaKv.Sentinel;

/// <summary>
/// The states of a failover, in the order they are walked; every one but the last two can also end in None by an abort.
/// <code>
/// None → WaitStart → SelectReplica → SendReplicaOfNoOne → WaitPromotion → ReconfigureReplicas → UpdateConfiguration → None
///        (votes)     (offsets)       (order it)           (seen master)   (parallel-syncs)      (+switch-master)
/// </code>
/// </summary>
public enum FailoverState
{
    /// <summary>No failover.</summary>
    None,

    /// <summary>Candidate: the votes are asked for.</summary>
    WaitStart,

    /// <summary>Elected: the replica to promote is chosen.</summary>
    SelectReplica,

    /// <summary>It is told to become a master.</summary>
    SendReplicaOfNoOne,

    /// <summary>It is waited for.</summary>
    WaitPromotion,

    /// <summary>It is a master; the other replicas are pointed at it.</summary>
    ReconfigureReplicas,

    /// <summary>The new configuration takes the place of the old one.</summary>
    UpdateConfiguration,
}

/// <summary>Redis's names of the states, as SENTINEL MASTER shows them.</summary>
public static class FailoverStateNames
{
    /// <summary>The name of a state.</summary>
    public static string Name(this FailoverState state) => state switch
    {
        FailoverState.None => "none",
        FailoverState.WaitStart => "wait_start",
        FailoverState.SelectReplica => "select_slave",
        FailoverState.SendReplicaOfNoOne => "send_slaveof_noone",
        FailoverState.WaitPromotion => "wait_promotion",
        FailoverState.ReconfigureReplicas => "reconf_slaves",
        FailoverState.UpdateConfiguration => "update_config",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "not a failover state"),
    };
}

namespace AkkaKv.Sentinel;

/// <summary>What an instance says it is.</summary>
public enum InstanceRole
{
    /// <summary>It takes writes.</summary>
    Master,

    /// <summary>It follows a master.</summary>
    Replica,
}

/// <summary>
/// What an AkkaKv data node tells the sentinels about itself the moment it changes: the same facts as INFO replication, without the
/// polling. Real Redis servers never send it.
/// </summary>
/// <param name="Address">Where the node listens for clients.</param>
/// <param name="RunId">The node's run id, 40 hexadecimal digits.</param>
/// <param name="Role">Its role.</param>
/// <param name="MasterAddress">The master it follows; null for a master.</param>
/// <param name="MasterLinkUp">Whether its link to that master is up.</param>
/// <param name="MasterLinkDownMs">For how long that link has been down, in milliseconds; 0 when it is up.</param>
/// <param name="ReplicationOffset">How much of the replication stream it has.</param>
/// <param name="Priority">Its replica-priority; 0 means never promote.</param>
public sealed record NodeStatus(
    InstanceAddress Address,
    string RunId,
    InstanceRole Role,
    InstanceAddress? MasterAddress,
    bool MasterLinkUp,
    long MasterLinkDownMs,
    long ReplicationOffset,
    int Priority);

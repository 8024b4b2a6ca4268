namespace Akka.Cluster;

/// <summary>
/// The life of a member: Joining → (WeaklyUp →) Up → Leaving → Exiting → Removed, and from any of them Down → Removed.
/// </summary>
public enum MemberStatus
{
    /// <summary>Known to the cluster, not yet accepted by a leader.</summary>
    Joining = 0,

    /// <summary>A full member.</summary>
    Up = 1,

    /// <summary>Wants to leave.</summary>
    Leaving = 2,

    /// <summary>All members know that it leaves.</summary>
    Exiting = 3,

    /// <summary>Declared dead; it may never come back as this incarnation.</summary>
    Down = 4,

    /// <summary>No longer a member.</summary>
    Removed = 5,

    /// <summary>Accepted while some members could not be reached to agree.</summary>
    WeaklyUp = 6,
}

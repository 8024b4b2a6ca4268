using Akka.Actor;

namespace Akka.Cluster;

/// <summary>The node could not join.</summary>
public class ClusterJoinFailedException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    public ClusterJoinFailedException(string message)
        : base(message)
    {
    }
}

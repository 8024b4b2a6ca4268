using Akka.Actor;

namespace Akka.Cluster;

/// <summary>The id of the <see cref="Cluster"/> extension.</summary>
public class ClusterExtension : ExtensionIdProvider<Cluster>
{
    /// <inheritdoc/>
    public override Cluster CreateExtension(ExtendedActorSystem system) => new((ActorSystemImpl)system);
}

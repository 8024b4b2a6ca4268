using AkkaKv.Actors.Cluster;

namespace AkkaKv.Actors.Keyspace;

/// <summary>A sentinel has said who is master.</summary>
/// <param name="Change">What it said.</param>
/// <param name="IsSelf">The master is this node.</param>
internal sealed record MasterHeard(MasterChanged Change, bool IsSelf);

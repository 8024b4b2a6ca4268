using System.Collections.Immutable;
using Akka.Event;

namespace Akka.Cluster.Membership;

/// <summary>What the nodes of a cluster say to each other; the closed set that the wire knows. Every message names its sender.</summary>
internal abstract record ClusterMessage(UniqueAddress From) : IDeadLetterSuppression;

/// <summary>"Are you a member that I can join through?"</summary>
internal sealed record InitJoin(UniqueAddress From) : ClusterMessage(From);

/// <summary>"Yes."</summary>
internal sealed record InitJoinAck(UniqueAddress From) : ClusterMessage(From);

/// <summary>"Not (yet)."</summary>
internal sealed record InitJoinNack(UniqueAddress From) : ClusterMessage(From);

/// <summary>"Take me in."</summary>
internal sealed record Join(UniqueAddress From, ImmutableHashSet<string> Roles) : ClusterMessage(From);

/// <summary>"You are in; this is the state."</summary>
internal sealed record Welcome(UniqueAddress From, Gossip Gossip) : ClusterMessage(From);

/// <summary>The whole state, for one incarnation.</summary>
internal sealed record GossipEnvelope(UniqueAddress From, UniqueAddress To, Gossip Gossip) : ClusterMessage(From);

/// <summary>Only the version and a digest of who has seen it, for a node that probably has the same state.</summary>
internal sealed record GossipStatus(UniqueAddress From, VectorClock Version, ulong SeenDigest) : ClusterMessage(From);

/// <summary>"Are you there?"</summary>
internal sealed record Heartbeat(UniqueAddress From, long Sequence) : ClusterMessage(From);

/// <summary>"I am."</summary>
internal sealed record HeartbeatResponse(UniqueAddress From, long Sequence) : ClusterMessage(From);

/// <summary>"I have seen that I am Exiting, have finished, and am about to be gone."</summary>
internal sealed record ExitingConfirmed(UniqueAddress From) : ClusterMessage(From);

/// <summary>"The incarnation <paramref name="Node"/> was removed." The answer to a node that slept through its own removal.</summary>
internal sealed record RemovedNotice(UniqueAddress From, UniqueAddress Node) : ClusterMessage(From);

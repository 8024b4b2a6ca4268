using System.Collections.Immutable;

namespace AkkaKv.Actors.Cluster;

/// <summary>What the nodes of a cluster tell each other's <c>/user/node</c>. A closed set: <see cref="NodeMessageSerializer"/> knows each by name.</summary>
public abstract record NodeMessage;

/// <summary>Who a node is; told to every member that is seen, and answered by the member's own.</summary>
/// <param name="Roles">The node's roles: <c>data</c>, <c>sentinel</c>, <c>gateway</c>.</param>
/// <param name="Host">The address that clients and other nodes reach its RESP port under.</param>
/// <param name="Port">The RESP port: of the data node, the sentinel or the router.</param>
/// <param name="Id">40 hexadecimal digits: the run id of a data node, the lasting id of a sentinel; empty for a router.</param>
/// <param name="MasterName">The name of the master that a data node belongs to.</param>
public sealed record NodeAnnouncement(ImmutableArray<string> Roles, string Host, int Port, string Id, string MasterName) : NodeMessage;

/// <summary>A data node's state, pushed to the sentinels whenever it changes, and once a second.</summary>
/// <param name="Host">The address that the node announces.</param>
/// <param name="Port">The port that the node announces.</param>
/// <param name="RunId">The node's run id.</param>
/// <param name="IsMaster">Its role.</param>
/// <param name="MasterHost">A replica's master; empty for a master.</param>
/// <param name="MasterPort">A replica's master's port; 0 for a master.</param>
/// <param name="LinkUp">The replica is in step with its master: connected and past the initial synchronisation.</param>
/// <param name="Offset">Its replication offset.</param>
/// <param name="Priority">replica-priority; 0 is never promoted.</param>
public sealed record DataNodeStatus(
    string Host, int Port, string RunId, bool IsMaster, string MasterHost, int MasterPort, bool LinkUp, long Offset, int Priority) : NodeMessage;

/// <summary>A sentinel's word on who is the master: sent when it changes, and to every data node and router that announces itself.</summary>
/// <param name="MasterName">The name under which the master is watched.</param>
/// <param name="Host">The master's address.</param>
/// <param name="Port">The master's port.</param>
/// <param name="ConfigEpoch">The epoch of the failover that made it the master; the larger one is the newer.</param>
public sealed record MasterChanged(string MasterName, string Host, int Port, long ConfigEpoch) : NodeMessage;

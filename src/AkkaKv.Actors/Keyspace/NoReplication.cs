using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Keyspace;

/// <summary>A master that nobody replicates.</summary>
internal sealed class NoReplication : IReplicationControl, IReplicationStream
{
    private readonly ReplicationFacts _facts = new() { ReplicationId = new string('0', 40) };

    public bool IsReplica => false;

    public bool IsMasterLinkUp => false;

    public long Offset { get; private set; }

    public int CountReplicasWithin(int maxLagSeconds) => 0;

    public int CountReplicasAt(long offset) => 0;

    public void RequestAcknowledgements()
    {
    }

    public ReplicationFacts GetFacts() => _facts with { Offset = Offset };

    public string? ReplicaOf(string? host, int port) => host is null ? null : "ERR this node cannot replicate";

    public void BeginSync(ClientSession session, in Arguments request) => session.Reply.Error("ERR this node cannot be replicated"u8);

    public void ReplicaConfiguration(ClientSession session, in Arguments request) => session.Reply.Error("ERR this node cannot be replicated"u8);

    public string? Failover(in Arguments request) => "ERR FAILOVER requires connected replicas.";

    public void Append(ReadOnlySpan<byte> bytes) => Offset += bytes.Length;
}

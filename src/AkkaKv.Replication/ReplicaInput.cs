namespace AkkaKv.Replication;

/// <summary>What can happen to a <see cref="ReplicaSession"/>.</summary>
public abstract record ReplicaInput
{
    private ReplicaInput()
    {
    }

    /// <summary>The decision on its PSYNC, with the id and offset of the master's history at that moment (for a full one: those of the snapshot).</summary>
    public sealed record Decided(SyncDecision Decision, ReplicationId Id, long Offset) : ReplicaInput;

    /// <summary>The snapshot can be sent.</summary>
    /// <param name="Length">Its length in bytes, if known.</param>
    /// <param name="EndMark">Forty characters that the snapshot surely does not contain, sent after it when the length is not known.</param>
    public sealed record SnapshotReady(long? Length, string EndMark) : ReplicaInput;

    /// <summary>The last byte of the snapshot was handed to the network.</summary>
    public sealed record SnapshotSent : ReplicaInput
    {
        public static readonly SnapshotSent Instance = new();
    }

    /// <summary>The network took some bytes of the snapshot: the replica is alive though it says nothing.</summary>
    public sealed record Progressed : ReplicaInput
    {
        public static readonly Progressed Instance = new();
    }

    /// <summary>The replica sent something without a meaning of its own, for example the newline of one that is loading.</summary>
    public sealed record Alive : ReplicaInput
    {
        public static readonly Alive Instance = new();
    }

    /// <summary>REPLCONF ACK: the replica has applied the stream up to this offset.</summary>
    public sealed record Acked(long Offset) : ReplicaInput;

    /// <summary>Time has passed.</summary>
    /// <param name="LagBytes">Bytes that are in the history but not yet taken by the network for this replica.</param>
    /// <param name="IsOverrun">Its next bytes are no longer kept (<see cref="ReplicationCursor.IsOverrun"/>).</param>
    public sealed record Tick(long LagBytes, bool IsOverrun) : ReplicaInput;
}

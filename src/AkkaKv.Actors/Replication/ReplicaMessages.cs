using AkkaKv.Protocol;

namespace AkkaKv.Actors.Replication;

/// <summary>What the keyspace tells the actor of a replica.</summary>
internal abstract record ReplicaMessage
{
    private ReplicaMessage()
    {
    }

    /// <summary>There is more in the stream.</summary>
    internal sealed record Wake : ReplicaMessage
    {
        public static readonly Wake Instance = new();
    }

    /// <summary>The next bytes of the snapshot, which was asked for them.</summary>
    internal sealed record Piece(OutputBuffer Bytes, bool IsLast) : ReplicaMessage;

    /// <summary>The replica has confirmed the stream up to this offset.</summary>
    internal sealed record Acked(long Offset) : ReplicaMessage;

    /// <summary>The network has taken everything that was queued.</summary>
    internal sealed record Drained : ReplicaMessage
    {
        public static readonly Drained Instance = new();
    }

    /// <summary>Time has passed.</summary>
    internal sealed record Tick : ReplicaMessage
    {
        public static readonly Tick Instance = new();
    }
}

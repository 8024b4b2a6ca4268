namespace AkkaKv.Replication;

/// <summary>What a <see cref="ReplicaSession"/> wants done, in order.</summary>
public abstract record ReplicaEffect
{
    private ReplicaEffect()
    {
    }

    /// <summary>Send these bytes on the link.</summary>
    public sealed record Send(ReadOnlyMemory<byte> Bytes) : ReplicaEffect;

    /// <summary>Send the snapshot, and say <see cref="ReplicaInput.SnapshotSent"/> after its last byte.</summary>
    public sealed record SendSnapshot : ReplicaEffect
    {
        public static readonly SendSnapshot Instance = new();
    }

    /// <summary>From now on send everything that the cursor has.</summary>
    public sealed record StartStream : ReplicaEffect
    {
        public static readonly StartStream Instance = new();
    }

    /// <summary>The state that INFO and ROLE show has changed.</summary>
    public sealed record StateChanged(ReplicaState State) : ReplicaEffect;

    /// <summary>The replica has confirmed the stream up to this offset (again).</summary>
    public sealed record Acknowledged(long Offset) : ReplicaEffect;

    /// <summary>Close the link.</summary>
    /// <param name="Reason">For the log.</param>
    /// <param name="AfterSending">True if what was to be sent before must still be delivered.</param>
    public sealed record Close(string Reason, bool AfterSending) : ReplicaEffect;
}

namespace AkkaKv.Replication;

/// <summary>What can happen to an <see cref="UpstreamLink"/>, apart from bytes.</summary>
public abstract record UpstreamInput
{
    private UpstreamInput()
    {
    }

    /// <summary>Follow the master.</summary>
    public sealed record Start : UpstreamInput
    {
        public static readonly Start Instance = new();
    }

    /// <summary>Follow it no more.</summary>
    public sealed record Stop : UpstreamInput
    {
        public static readonly Stop Instance = new();
    }

    /// <summary>
    /// Answer to <see cref="UpstreamEffect.AskPosition"/>: everything that came on the last connection is applied, and this is the
    /// history from which to continue. An id of none asks for a full resynchronisation.
    /// </summary>
    public sealed record Position(ReplicationId Id, long Offset) : UpstreamInput;

    /// <summary>The connection is made.</summary>
    public sealed record Connected : UpstreamInput
    {
        public static readonly Connected Instance = new();
    }

    /// <summary>The connection could not be made, or is lost.</summary>
    public sealed record Disconnected(string Reason) : UpstreamInput;

    /// <summary>The snapshot is now this node's data, and its history the master's.</summary>
    public sealed record LoadCompleted : UpstreamInput
    {
        public static readonly LoadCompleted Instance = new();
    }

    /// <summary>The snapshot cannot be loaded; this node's data are what they were.</summary>
    public sealed record LoadFailed(string Reason) : UpstreamInput;

    /// <summary>The stream is applied up to this offset.</summary>
    public sealed record Applied(long Offset) : UpstreamInput;

    /// <summary>The stream contained REPLCONF GETACK after this offset.</summary>
    public sealed record AckRequested(long Offset) : UpstreamInput;

    /// <summary>Time has passed.</summary>
    public sealed record Tick : UpstreamInput
    {
        public static readonly Tick Instance = new();
    }
}

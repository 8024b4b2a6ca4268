namespace AkkaKv.Replication;

/// <summary>What an <see cref="UpstreamLink"/> wants done, in order.</summary>
public abstract record UpstreamEffect
{
    private UpstreamEffect()
    {
    }

    /// <summary>Say <see cref="UpstreamInput.Position"/> as soon as everything that was received is applied.</summary>
    public sealed record AskPosition : UpstreamEffect
    {
        public static readonly AskPosition Instance = new();
    }

    /// <summary>Connect to the master.</summary>
    public sealed record Connect(string Host, int Port) : UpstreamEffect;

    /// <summary>Close the connection, or give up making it. No <see cref="UpstreamInput.Disconnected"/> is expected for it.</summary>
    public sealed record Disconnect : UpstreamEffect
    {
        public static readonly Disconnect Instance = new();
    }

    /// <summary>Send these bytes.</summary>
    public sealed record Send(ReadOnlyMemory<byte> Bytes) : UpstreamEffect;

    /// <summary>A snapshot is coming that has the master's history up to an offset: prepare to load it beside the present data.</summary>
    /// <param name="Id">The id of the master's history.</param>
    /// <param name="Offset">Its offset at the moment of the snapshot.</param>
    public sealed record BeginLoad(ReplicationId Id, long Offset) : UpstreamEffect;

    /// <summary>The next bytes of the snapshot. Valid until the buffer given to <see cref="UpstreamLink.Receive"/> is reused.</summary>
    public sealed record Load(ReadOnlyMemory<byte> Bytes) : UpstreamEffect;

    /// <summary>The snapshot is complete: take it over and say <see cref="UpstreamInput.LoadCompleted"/> or <see cref="UpstreamInput.LoadFailed"/>.</summary>
    public sealed record EndLoad : UpstreamEffect
    {
        public static readonly EndLoad Instance = new();
    }

    /// <summary>Throw away what was loaded of the snapshot.</summary>
    public sealed record AbandonLoad : UpstreamEffect
    {
        public static readonly AbandonLoad Instance = new();
    }

    /// <summary>The master lets this node continue, its history having this id now (none: the id did not change).</summary>
    public sealed record Continue(ReplicationId Id) : UpstreamEffect;

    /// <summary>The stream flows: bytes that <see cref="UpstreamLink.Receive"/> leaves are commands.</summary>
    public sealed record LinkUp : UpstreamEffect
    {
        public static readonly LinkUp Instance = new();
    }

    /// <summary>The stream has stopped. What is left of an incomplete command or transaction is to be forgotten: it will come again.</summary>
    public sealed record LinkDown(string Reason) : UpstreamEffect;

    /// <summary>Worth a line in the log.</summary>
    public sealed record Announce(string Text) : UpstreamEffect;
}

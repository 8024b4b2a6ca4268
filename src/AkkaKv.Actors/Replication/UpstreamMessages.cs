using System.Net.Sockets;
using AkkaKv.Keyspace;
using AkkaKv.Replication;

namespace AkkaKv.Actors.Replication;

/// <summary>
/// What the actor of the link to the master is told. A generation is the time during which one master is followed: whatever belongs to
/// an earlier one is stale and ignored, on both sides.
/// </summary>
internal abstract record UpstreamMessage
{
    private UpstreamMessage()
    {
    }

    /// <summary>Follow this master from now on.</summary>
    internal sealed record Follow(int Generation, UpstreamSettings Settings) : UpstreamMessage;

    /// <summary>Follow nobody.</summary>
    internal sealed record Unfollow : UpstreamMessage
    {
        public static readonly Unfollow Instance = new();
    }

    /// <summary>Everything received is applied; continue after this.</summary>
    internal sealed record Position(int Generation, ReplicationId Id, long Offset) : UpstreamMessage;

    /// <summary>The connection attempt ended: a socket, or why there is none.</summary>
    internal sealed record ConnectEnded(int Attempt, Socket? Socket, string Problem) : UpstreamMessage;

    /// <summary>Bytes have come.</summary>
    internal sealed record Received(MasterConnection Connection) : UpstreamMessage;

    /// <summary>The connection is closed.</summary>
    internal sealed record Closed(MasterConnection Connection) : UpstreamMessage;

    /// <summary>The keyspace has applied the commands that it was given last.</summary>
    internal sealed record Applied(AppliedCommands Commands) : UpstreamMessage;

    /// <summary>The keyspace has taken over the snapshot; the old data are the receiver's to free.</summary>
    internal sealed record Adopted(int Generation, DetachedMemory Old) : UpstreamMessage;

    /// <summary>The keyspace cannot go on with this connection.</summary>
    internal sealed record GiveUp(int Generation, string Reason) : UpstreamMessage;

    /// <summary>Time has passed.</summary>
    internal sealed record Tick : UpstreamMessage
    {
        public static readonly Tick Instance = new();
    }
}

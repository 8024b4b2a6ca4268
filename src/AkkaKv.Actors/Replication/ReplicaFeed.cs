using Akka.Actor;
using AkkaKv.Actors.Persistence;
using AkkaKv.Replication;

namespace AkkaKv.Actors.Replication;

/// <summary>
/// What one attached replica is fed with: its session, its place in the stream, its snapshot, its connection. Made by the keyspace,
/// then used by the replica's actor; only <see cref="Wake"/> is for both.
/// </summary>
internal sealed class ReplicaFeed(
    long number, IReplicaConnection connection, ReplicaSession session, ReplicaInput.Decided decided, ReplicationCursor cursor, SnapshotDump? snapshot, string endMark)
{
    private IActorRef _actor = ActorRefs.Nobody;
    private int _isAwake;

    /// <summary>The number of the replica's client session.</summary>
    public long Number { get; } = number;

    public IReplicaConnection Connection { get; } = connection;

    public ReplicaSession Session { get; } = session;

    /// <summary>What its PSYNC got.</summary>
    public ReplicaInput.Decided Decided { get; } = decided;

    public ReplicationCursor Cursor { get; } = cursor;

    /// <summary>The snapshot, which only the keyspace uses, or null when the replica continues.</summary>
    public SnapshotDump? Snapshot { get; } = snapshot;

    /// <summary>Forty random characters that end the snapshot.</summary>
    public string EndMark { get; } = endMark;

    /// <summary>Called by the keyspace when it knows the actor.</summary>
    public void Attach(IActorRef actor) => _actor = actor;

    /// <summary>The actor of the replica.</summary>
    public IActorRef Actor => _actor;

    /// <summary>Tells the actor that the stream has grown, once until it has looked.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _isAwake, 1) == 0)
            _actor.Tell(ReplicaMessage.Wake.Instance, ActorRefs.NoSender);
    }

    /// <summary>The actor is about to look.</summary>
    public void Look() => Volatile.Write(ref _isAwake, 0);
}

using AkkaKv.Actors.Keyspace;
using AkkaKv.Actors.Persistence;
using AkkaKv.Replication;

namespace AkkaKv.Actors.Replication;

/// <summary>Something that the actor of a replica wants done on the keyspace's turn.</summary>
internal abstract class ReplicaWork(AttachedReplicas replicas) : IKeyspaceWork
{
    protected AttachedReplicas Replicas { get; } = replicas;

    public abstract void Execute(KeyspaceTurn turn);

    /// <summary>INFO shows another state from now on.</summary>
    internal sealed class StateChanged(AttachedReplicas replicas, ReplicaFeed feed, ReplicaState state) : ReplicaWork(replicas)
    {
        public override void Execute(KeyspaceTurn turn) => Replicas.ChangeState(feed, state);
    }

    /// <summary>The network can take more of the snapshot.</summary>
    internal sealed class NextPiece(AttachedReplicas replicas, ReplicaFeed feed) : ReplicaWork(replicas)
    {
        public override void Execute(KeyspaceTurn turn) => Replicas.ContinueSnapshot(feed);
    }

    /// <summary>An abandoned snapshot is not yet at its end.</summary>
    internal sealed class ClearSnapshot(AttachedReplicas replicas, SnapshotDump snapshot) : ReplicaWork(replicas)
    {
        public override void Execute(KeyspaceTurn turn) => Replicas.Clear(snapshot);
    }

    /// <summary>The actor has ended and uses nothing of its feed any more.</summary>
    internal sealed class Stopped(AttachedReplicas replicas, ReplicaFeed feed) : ReplicaWork(replicas)
    {
        public override void Execute(KeyspaceTurn turn) => Replicas.Release(feed);
    }
}

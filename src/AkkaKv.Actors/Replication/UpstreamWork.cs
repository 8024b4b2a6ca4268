using AkkaKv.Actors.Keyspace;
using AkkaKv.Replication;

namespace AkkaKv.Actors.Replication;

/// <summary>Something that the link to the master wants done on the keyspace's turn.</summary>
internal abstract class UpstreamWork(FollowedMaster master, int generation) : IKeyspaceWork
{
    protected FollowedMaster Master { get; } = master;

    protected int Generation { get; } = generation;

    public abstract void Execute(KeyspaceTurn turn);

    /// <summary>Where to continue, once everything told before is done.</summary>
    internal sealed class AskPosition(FollowedMaster master, int generation) : UpstreamWork(master, generation)
    {
        public override void Execute(KeyspaceTurn turn) => Master.TellPosition(Generation);
    }

    /// <summary>The master lets this node continue, under this id.</summary>
    internal sealed class Continue(FollowedMaster master, int generation, ReplicationId id) : UpstreamWork(master, generation)
    {
        public override void Execute(KeyspaceTurn turn) => Master.Continue(Generation, id);
    }

    /// <summary>A loaded snapshot becomes the node's data.</summary>
    internal sealed class Adopt(FollowedMaster master, int generation, SnapshotLoad load) : UpstreamWork(master, generation)
    {
        public override void Execute(KeyspaceTurn turn) => Master.Adopt(Generation, load, turn.NowMs);
    }

    /// <summary>The stream flows, or has stopped.</summary>
    internal sealed class LinkChanged(FollowedMaster master, int generation, bool isUp) : UpstreamWork(master, generation)
    {
        public override void Execute(KeyspaceTurn turn) => Master.ChangeLink(Generation, isUp, turn.NowMs);
    }
}

/// <summary>Commands from the master's stream, executed on the keyspace's turn. One object per link, told again for each batch.</summary>
internal sealed class AppliedCommands(FollowedMaster master, int generation, MasterConnection connection) : IKeyspaceWork
{
    /// <summary>The offset up to which the stream is applied, after the batch.</summary>
    public long Offset { get; set; }

    /// <summary>The offset at which the master asked for a confirmation in this batch, or -1.</summary>
    public long AckRequestedAt { get; set; } = -1;

    public int Generation => generation;

    public MasterConnection Connection => connection;

    public void Execute(KeyspaceTurn turn) => master.Apply(this, turn.NowMs);
}

using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Event;
using AkkaKv.Actors.Persistence;
using AkkaKv.Actors.Settings;
using AkkaKv.Commands;
using AkkaKv.Commands.Sessions;
using AkkaKv.Keyspace.Snapshots;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Replication;

namespace AkkaKv.Actors.Replication;

/// <summary>
/// The replicas attached to this node: what each told about itself, what its PSYNC gets, and the actors that feed them. Everything runs
/// on the keyspace's turn.
/// </summary>
internal sealed class AttachedReplicas(ReplicationHistory history, ReplicaSettings settings)
{
    private readonly ConditionalWeakTable<ClientSession, ReplicaHandshake> _handshakes = [];
    private readonly Dictionary<long, ReplicaFeed> _feeds = [];

    private CommandEngine _engine = null!;
    private IActorContext _context = null!;
    private ILoggingAdapter _log = null!;
    private IActorRef _keyspace = ActorRefs.Nobody;
    private long _wokenAt;

    /// <summary>The rules for the links of replicas that come from now on.</summary>
    public ReplicaSettings Settings { get; set; } = settings;

    /// <summary>The attached replicas as INFO shows them.</summary>
    public ReplicaRoster Roster { get; } = new();

    /// <summary>Full resynchronisations begun.</summary>
    public long FullSyncs { get; private set; }

    /// <summary>Partial resynchronisations granted.</summary>
    public long PartialSyncs { get; private set; }

    /// <summary>Partial resynchronisations asked for and not granted.</summary>
    public long RefusedPartialSyncs { get; private set; }

    private static long Now => Environment.TickCount64;

    /// <summary>Connects it with the engine, and with the keyspace actor, whose children the feeding actors are.</summary>
    public void Attach(CommandEngine engine, IActorContext context, ILoggingAdapter log) =>
        (_engine, _context, _keyspace, _log) = (engine, context, context.Self, log);

    /// <summary>What the session's client told about itself as a replica.</summary>
    public ReplicaHandshake Handshake(ClientSession session) => _handshakes.GetOrCreateValue(session);

    /// <summary>Takes the connection over and gives it what it asked for: the rest of the stream, or everything.</summary>
    /// <param name="session">The session of the replica's connection.</param>
    /// <param name="asked">The history that the replica has; none for nothing.</param>
    /// <param name="offset">How much of it the replica has.</param>
    /// <param name="isOldForm">True for SYNC.</param>
    /// <param name="streamDatabase">The database that the stream has selected at this moment, for a snapshot.</param>
    public void Begin(ClientSession session, ReplicationId asked, long offset, bool isOldForm, int streamDatabase)
    {
        var connection = (IReplicaConnection)session.Host;
        connection.Send(session.Output);
        history.StartBacklog(NewId());
        var decision = history.Decide(asked, offset);
        var snapshot = decision.IsContinue ? null : _engine.Store.TryBeginSnapshot(inParts: true);
        if (!decision.IsContinue && snapshot is null)
        {
            // Redis's replicas, as ours, try again later after this word.
            session.Reply.Error("NOMASTERLINK Too many full resynchronizations at once, try again"u8);
            _log.Warning("Full resync requested by replica {0} refused: {1} others are under way", Name(session), StoreSnapshot.CountMax);
            return;
        }

        session.Kind = SessionKind.Replica;
        Count(decision, asked);
        Log(Name(session), decision);
        var feed = CreateFeed(session, connection, decision, isOldForm, snapshot is null ? null : CreateSnapshot(snapshot, streamDatabase));
        _feeds.Add(session.Id, feed);
        var handshake = Handshake(session);
        Roster.Add(session.Id, Address(handshake, connection), handshake.ListeningPort, Now);
        var keyspace = _keyspace;
        feed.Attach(_context.ActorOf(
            ReplicaActor.Props(
                feed,
                state => keyspace.Tell(new ReplicaWork.StateChanged(this, feed, state), ActorRefs.NoSender),
                () => keyspace.Tell(new ReplicaWork.NextPiece(this, feed), ActorRefs.NoSender),
                () => keyspace.Tell(new ReplicaWork.Stopped(this, feed), ActorRefs.NoSender)),
            $"replica-{connection.RemoteEndPoint.Address}:{connection.RemoteEndPoint.Port}-{session.Id}"));
    }

    /// <summary>REPLCONF ACK.</summary>
    public void Acknowledge(ClientSession session, long offset)
    {
        if (!_feeds.TryGetValue(session.Id, out var feed))
            return;
        Roster.Acknowledge(session.Id, offset, Now);
        feed.Actor.Tell(new ReplicaMessage.Acked(offset), ActorRefs.NoSender);
    }

    /// <summary>Shows how far a replica is.</summary>
    public void ChangeState(ReplicaFeed feed, ReplicaState state)
    {
        Roster.Change(feed.Number, state, Now);
        if (state == ReplicaState.Online)
            _log.Info("Synchronization with replica {0}:{1} succeeded", Address(feed.Session.Handshake, feed.Connection), feed.Session.Handshake.ListeningPort);
    }

    /// <summary>The connection of a replica is gone.</summary>
    public void End(ClientSession session)
    {
        Roster.Remove(session.Id);
        if (_feeds.Remove(session.Id, out var feed))
            _context.Stop(feed.Actor);
    }

    /// <summary>Disconnects all: they must learn of a new history.</summary>
    public void DropAll()
    {
        foreach (var feed in _feeds.Values)
            feed.Connection.Close();
    }

    /// <summary>Writes the next piece of a replica's snapshot and gives it to its actor, which asks for the next when the network can take it.</summary>
    public void ContinueSnapshot(ReplicaFeed feed)
    {
        var snapshot = feed.Snapshot!;
        feed.Actor.Tell(new ReplicaMessage.Piece(snapshot.WritePiece(), snapshot.IsComplete), ActorRefs.NoSender);
        if (snapshot.IsComplete)
            snapshot.Clear();
    }

    /// <summary>Nothing of the feed is used any more.</summary>
    public void Release(ReplicaFeed feed)
    {
        history.Buffer.Release(feed.Cursor);
        if (feed.Snapshot is not { IsComplete: false } snapshot)
            return;
        snapshot.Abandon();
        Clear(snapshot);
    }

    /// <summary>A snapshot that nobody wants any more comes a little nearer to its end. The rest is told from another thread, so that requests go first.</summary>
    public void Clear(SnapshotDump snapshot)
    {
        if (snapshot.Clear())
            return;
        var keyspace = _keyspace;
        ThreadPool.UnsafeQueueUserWorkItem(
            work => keyspace.Tell(work, ActorRefs.NoSender), new ReplicaWork.ClearSnapshot(this, snapshot), preferLocal: false);
    }

    /// <summary>Lets the replicas have what was appended since the last time.</summary>
    public void WakeAll()
    {
        if (_wokenAt == history.Offset)
            return;
        _wokenAt = history.Offset;
        foreach (var feed in _feeds.Values)
            feed.Wake();
    }

    /// <summary>A new random id for a history.</summary>
    public static ReplicationId NewId() => ReplicationId.FromRandom(RandomNumberGenerator.GetBytes(ReplicationId.RandomLength));

    private ReplicaFeed CreateFeed(ClientSession session, IReplicaConnection connection, SyncDecision decision, bool isOldForm, SnapshotDump? snapshot)
    {
        var from = decision.IsContinue ? decision.Offset : history.Offset;
        return new ReplicaFeed(
            session.Id,
            connection,
            new ReplicaSession(Handshake(session), isOldForm, Settings),
            new ReplicaInput.Decided(decision, history.Id, history.Offset),
            history.Buffer.OpenCursor(from, Settings.LagHardMax),
            snapshot,
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)));
    }

    /// <summary>The whole keyspace as of now, at the offset of now; the stream continues from there with a database of its own.</summary>
    private SnapshotDump CreateSnapshot(StoreSnapshot snapshot, int streamDatabase)
    {
        _engine.Propagation.ForgetSelectedDatabase();
        var preamble = new RdbPreamble(
            RdbPreamble.CompatibleVersion,
            _engine.Server.UnixTimeMicroseconds / 1_000_000,
            _engine.Store.UsedMemory,
            new RdbReplicationFacts(streamDatabase, history.Id.ToString(), history.Offset))
        {
            FunctionLibraries = _engine.GetFunctionLibraries(),
        };
        return new SnapshotDump(snapshot, preamble, RdbFormat.Stream);
    }

    private void Count(SyncDecision decision, ReplicationId asked)
    {
        if (decision.IsContinue)
        {
            PartialSyncs++;
            return;
        }

        FullSyncs++;
        if (!asked.IsNone)
            RefusedPartialSyncs++;
    }

    private void Log(string replica, SyncDecision decision)
    {
        if (decision.IsContinue)
            _log.Info("Partial resynchronization request from {0} accepted. Sending {1} bytes of backlog starting from offset {2}.", replica, history.Offset - decision.Offset, decision.Offset + 1);
        else
            _log.Info("Full resync requested by replica {0} ({1})", replica, decision.Reason);
    }

    private string Name(ClientSession session)
    {
        var handshake = Handshake(session);
        return $"{Address(handshake, (IReplicaConnection)session.Host)}:{handshake.ListeningPort}";
    }

    private static string Address(ReplicaHandshake handshake, IReplicaConnection connection)
    {
        if (handshake.IpAddress.Length > 0)
            return handshake.IpAddress;
        var address = connection.RemoteEndPoint.Address;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}

using System.Buffers;
using Akka.Actor;
using AkkaKv.Commands;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Replication;

namespace AkkaKv.Actors.Replication;

/// <summary>
/// The keyspace's side of the link to the master: which one is followed, the session in which its commands are executed, and what happens
/// to data and history. Everything runs on the keyspace's turn, except <see cref="Show"/> and <see cref="EntryClock"/>.
/// </summary>
internal sealed class FollowedMaster(ReplicationHistory history, AttachedReplicas replicas) : ISessionHost
{
    private readonly ArrayBufferWriter<byte> _openTransaction = new();

    private CommandEngine _engine = null!;
    private IActorRef _upstream = ActorRefs.Nobody;
    private ClientSession? _session;
    private UpstreamSettings? _settings;
    private UpstreamView? _view;
    private int _generation;
    private int _viewGeneration;
    private bool _isHeld;
    private int _restoredDatabase;
    private bool _isExecuting;
    private bool _ackRequested;

    /// <summary>Whether a master is followed, whatever the state of the link.</summary>
    public bool IsFollowing => _settings is not null;

    /// <summary>Whether the stream flows.</summary>
    public bool IsLinkUp { get; private set; }

    /// <summary>Whom to follow; null on a master.</summary>
    public UpstreamSettings? Settings => _settings;

    /// <summary>The database that the master's stream has selected.</summary>
    public int StreamDatabase => _session?.DatabaseIndex ?? _restoredDatabase;

    /// <summary>The access clock of keys that are loaded now.</summary>
    public uint EntryClock => _engine.EntryClockAt(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>Called when the link went up or down.</summary>
    public Action? LinkChanged { get; set; }

    /// <inheritdoc/>
    public ConnectionBuffers Buffers => default;

    /// <summary>Connects it with the engine, and with the actor of the link.</summary>
    public void Attach(CommandEngine engine, IActorRef upstream) => (_engine, _upstream) = (engine, upstream);

    /// <summary>Whoever is followed is not asked for anything before <see cref="Release"/>: the node does not have its own data yet.</summary>
    public void Hold() => _isHeld = true;

    /// <summary>The node has its data, and the place in the history where they stand.</summary>
    public void Release()
    {
        _isHeld = false;
        if (_settings is { } settings)
            _upstream.Tell(new UpstreamMessage.Follow(_generation, settings), ActorRefs.NoSender);
    }

    /// <summary>The stream that the data came from had this database selected.</summary>
    public void RestoreDatabase(int database)
    {
        _restoredDatabase = database;
        if (_session is not null)
            _session.DatabaseIndex = database;
    }

    /// <summary>Follows a master from now on, instead of whom it followed before.</summary>
    public void Follow(UpstreamSettings settings, long nowMs)
    {
        _settings = settings;
        _generation++;
        IsLinkUp = false;
        history.Follow();
        RenewSession(nowMs, StreamDatabase);
        if (!_isHeld)
            _upstream.Tell(new UpstreamMessage.Follow(_generation, settings), ActorRefs.NoSender);
    }

    /// <summary>Follows nobody from now on.</summary>
    public void Leave()
    {
        _settings = null;
        _generation++;
        IsLinkUp = false;
        EndSession();
        _upstream.Tell(UpstreamMessage.Unfollow.Instance, ActorRefs.NoSender);
    }

    /// <summary>The link as INFO shows it, or null on a master.</summary>
    public UpstreamView? View()
    {
        if (_settings is null)
            return null;
        var shown = Volatile.Read(ref _view);
        var view = Volatile.Read(ref _viewGeneration) == _generation && shown is not null
            ? shown
            : new UpstreamView(_settings.Host, _settings.Port, UpstreamState.Waiting, null, null, null);

        // Whether it is up is for the keyspace to say: only then are its data the master's.
        if (IsLinkUp)
            return view with { State = UpstreamState.Streaming, DownSince = null };
        return view.State == UpstreamState.Streaming ? view with { State = UpstreamState.Loading } : view;
    }

    /// <summary>Notes how the link is. Called by its actor.</summary>
    public void Show(int generation, UpstreamView view)
    {
        Volatile.Write(ref _view, view);
        Volatile.Write(ref _viewGeneration, generation);
    }

    /// <summary>Everything that was received is applied: tells where to continue.</summary>
    public void TellPosition(int generation)
    {
        if (generation == _generation)
            _upstream.Tell(new UpstreamMessage.Position(generation, history.Id, history.Offset), ActorRefs.NoSender);
    }

    /// <summary>The master lets this node continue.</summary>
    public void Continue(int generation, ReplicationId id)
    {
        if (generation == _generation && history.AdoptContinue(id))
            replicas.DropAll();
    }

    /// <summary>A loaded snapshot becomes the node's data, and its history the node's.</summary>
    public void Adopt(int generation, SnapshotLoad load, long nowMs)
    {
        if (generation != _generation)
        {
            load.Dispose();
            return;
        }

        if (_engine.ReplaceFunctionLibraries(load.FunctionLibraries) is { } error)
        {
            load.Dispose();
            GiveUp($"a library of functions of the master cannot be loaded: {error}");
            return;
        }

        _engine.DataReplaced(nowMs);
        var old = _engine.Store.AdoptDetached(load.Store);
        replicas.DropAll();
        history.AdoptFullSync(load.Id, load.Offset);
        RenewSession(nowMs, load.StreamDatabase);
        _engine.DataLoaded(nowMs);
        _upstream.Tell(new UpstreamMessage.Adopted(generation, old), ActorRefs.NoSender);
    }

    /// <summary>The stream flows, or has stopped: what was left of a transaction will come again.</summary>
    public void ChangeLink(int generation, bool isUp, long nowMs)
    {
        if (generation != _generation)
            return;
        IsLinkUp = isUp;
        if (!isUp)
            RenewSession(nowMs, StreamDatabase);
        LinkChanged?.Invoke();
    }

    /// <summary>
    /// Executes commands of the stream, and passes each on to the own history when it is done; a transaction as a whole, so that
    /// the offset never lies inside one.
    /// </summary>
    public void Apply(AppliedCommands commands, long nowMs)
    {
        if (commands.Generation != _generation || _session is not { } session)
            return;
        commands.AckRequestedAt = -1;
        var batch = commands.Connection.Commands;
        for (var index = 0; index < batch.Count; index++)
        {
            var request = batch[index];
            if (request.Raw.IsEmpty)
            {
                GiveUp("the master's stream contains an inline command");
                return;
            }

            _ackRequested = false;
            _isExecuting = true;
            _engine.Execute(session, request, nowMs);
            _isExecuting = false;
            if (session.IsClosing || session != _session)
                return;
            if (_ackRequested)
                commands.AckRequestedAt = history.Offset;
            Pass(request.Raw, session.Transaction is not null);
        }

        commands.Offset = history.Offset;
        _upstream.Tell(new UpstreamMessage.Applied(commands), ActorRefs.NoSender);
    }

    /// <summary>The master's stream asks for a confirmation (REPLCONF GETACK).</summary>
    public void RequestAck() => _ackRequested = _isExecuting;

    void ISessionHost.OutputReady()
    {
        // Nobody answers a master.
        _session?.Output.Clear();
    }

    void ISessionHost.Close(string reason) => GiveUp(reason);

    private void Pass(ReadOnlySpan<byte> raw, bool insideTransaction)
    {
        if (insideTransaction)
        {
            _openTransaction.Write(raw);
            return;
        }

        if (_openTransaction.WrittenCount > 0)
        {
            history.Buffer.Append(_openTransaction.WrittenSpan);
            _openTransaction.ResetWrittenCount();
        }

        history.Buffer.Append(raw);
    }

    private void GiveUp(string reason) => _upstream.Tell(new UpstreamMessage.GiveUp(_generation, reason), ActorRefs.NoSender);

    private void RenewSession(long nowMs, int database)
    {
        EndSession();
        _session = _engine.Connect(this, $"{_settings!.Host}:{_settings.Port}", "", nowMs);
        _session.Kind = SessionKind.Master;
        _session.IsAuthenticated = true;
        _session.DatabaseIndex = database;
    }

    private void EndSession()
    {
        _openTransaction.ResetWrittenCount();
        if (_session is not null)
            _engine.Disconnect(_session);
        _session = null;
    }
}

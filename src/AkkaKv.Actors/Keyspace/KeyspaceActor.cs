using System.Security.Cryptography;
using Akka;
using Akka.Actor;
using Akka.Event;
using AkkaKv.Actors.Cluster;
using AkkaKv.Actors.Gateway;
using AkkaKv.Actors.Network;
using AkkaKv.Actors.Node;
using AkkaKv.Actors.Persistence;
using AkkaKv.Actors.Replication;
using AkkaKv.Actors.Settings;
using AkkaKv.Commands;
using AkkaKv.Commands.Hosting;
using AkkaKv.Keyspace;

namespace AkkaKv.Actors.Keyspace;

/// <summary>
/// <c>/user/keyspace</c>: the only owner of the node's data. It executes batches of requests one at a time, on the thread that
/// brings them (its dispatcher runs inline), so nothing in the keyspace needs a lock.
/// </summary>
public sealed class KeyspaceActor : UntypedActor, IWithTimers
{
    // About 0.2 ms of work.
    private const int ElementsPerReclaim = 2000;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly NodeSettings _settings;
    private readonly Store _store;
    private readonly CommandEngine _engine;
    private readonly KeyspaceTurn _turn;
    private readonly TrafficCounters _traffic;
    private readonly ReplicationController _replication;
    private readonly ServerControl _server;
    private readonly RoleAgreement _role;
    private readonly NodePersistence _persistence;
    private readonly StartupLoad _startup;
    private readonly ActorSelection _node = Context.ActorSelection("/user/node");
    private readonly long _createdAtMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
    private bool _isStopped;
    private bool _reclaiming;
    private DataNodeStatus? _told;
    private long _toldAt;

    /// <summary>Creates the owner of an empty keyspace.</summary>
    /// <param name="settings">The node's settings.</param>
    /// <param name="traffic">What passed the sockets of the node's clients.</param>
    /// <param name="desk">Serves clients while a script runs for long.</param>
    /// <param name="shutdown">Ends the node: SHUTDOWN.</param>
    public KeyspaceActor(NodeSettings settings, TrafficCounters traffic, BusyDesk desk, Action shutdown)
    {
        _settings = settings;
        _store = new Store(settings.Keyspace.Databases);
        _persistence = new NodePersistence(settings.Persistence, settings.StateDirectory);
        _server = new ServerControl(settings.Gateway.ReachablePort, traffic, () => Stop(shutdown), ContinueSoon, ApplySetting, _persistence);
        _traffic = traffic;
        _replication = new ReplicationController(settings.Replication, settings.Gateway);
        _engine = new CommandEngine(
            _store, EngineConfiguration.Of(settings), _server, _replication, _replication, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        _turn = new KeyspaceTurn(_engine);
        _server.WhileBusy = () => desk.Serve(_turn);
        _server.Said = Say;
        _role = new RoleAgreement(
            settings.Replication.MasterName,
            startsAsMaster: settings.Cluster.Enabled && settings.Replication.ReplicaOf is null && settings.Replication.RoleWait > TimeSpan.Zero,
            Environment.TickCount64 + (long)settings.Replication.RoleWait.TotalMilliseconds);
        _startup = new StartupLoad(_persistence, _engine, _replication);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one; see the constructor. It belongs on the inline dispatcher.</summary>
    public static Props Props(NodeSettings settings, TrafficCounters traffic, BusyDesk desk, Action shutdown) =>
        Akka.Actor.Props.Create(() => new KeyspaceActor(settings, traffic, desk, shutdown));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _replication.Attach(_engine, Context, _traffic);
        _replication.Changed = TellStatus;
        _persistence.Attach(_engine, Self, _log, _replication.GetHistory);
        _startup.Begin(Self, _log, dropExpired: !_replication.IsReplica, OnStartupLoaded);
        ShowLoading();
        Timers.StartPeriodicTimer(nameof(Cron), Cron.Instance, TimeSpan.FromSeconds(1.0 / _settings.Keyspace.Hz));
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _engine.Dispose();
        _store.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        _turn.Begin();
        switch (message)
        {
            case ClientConnection when _isStopped:
                // What it would be answered might be on no disk any more.
                break;
            case IKeyspaceWork work:
                Execute(work);
                break;
            case Cron:
                _engine.Cron(_turn.NowMs);
                _replication.Cron();
                _persistence.Cron();
                OnCron();
                break;
            case Reclaim:
                _reclaiming = false;
                _store.ReclaimSome(ElementsPerReclaim);
                break;
            case Continue:
                _engine.ContinueWork(_turn.NowMs);
                break;
            case MasterHeard heard:
                OnMasterHeard(heard);
                break;
            case AwaitData:
                _startup.Await(Sender);
                break;
            case PrepareStop:
                OnPrepareStop();
                break;
            default:
                Unhandled(message);
                break;
        }
        _replication.EndTurn(_turn.NowMs);
        _turn.End();
        ReclaimLater();
    }

    /// <summary>Large values that were removed are freed between the requests, a little at a time.</summary>
    private void ReclaimLater()
    {
        if (_reclaiming || _store.ReclaimCount == 0)
            return;
        _reclaiming = true;
        Self.Tell(Reclaim.Instance);
    }

    /// <summary>
    /// A defect in one command must not cost the data of everybody: the error is logged with where it happened, its client is
    /// disconnected, and the actor goes on.
    /// </summary>
    private void Execute(IKeyspaceWork work)
    {
        try
        {
            work.Execute(_turn);
        }
        catch (Exception e)
        {
            _log.Error(e, "A request failed inside the server; its client is disconnected");
            (work as ClientConnection)?.Close();
        }
    }

    private void OnCron()
    {
        if (_role.GiveUpWaiting(Environment.TickCount64))
        {
            _log.Warning("No sentinel has said who is master: this node serves as the master that its configuration makes it");
            _replication.ConfirmMaster();
        }

        ShowLoading();
        TellStatus();
    }

    /// <summary>Clients are answered LOADING while the data are loaded, and while it is not known who is master.</summary>
    private void ShowLoading() => _server.Loading = _startup.Facts ?? (_role.IsPending ? new LoadingFacts(_createdAtMs, 0, 0) : null);

    private void OnStartupLoaded()
    {
        if (!_role.IsPending)
            _replication.ConfirmMaster();
        ShowLoading();
    }

    private void Stop(Action shutdown)
    {
        _isStopped = true;
        shutdown();
    }

    private void OnPrepareStop()
    {
        if (!_isStopped && _persistence.SaveAtEnd(save: null) is { } error)
            _log.Error("The data could not be saved: {0}", error);
        _isStopped = true;
        Sender.Tell(Done.Instance);
    }

    private void OnMasterHeard(MasterHeard heard)
    {
        var verdict = _role.Hear(heard.Change, heard.IsSelf, _replication.IsReplica);
        if (verdict == RoleVerdict.Stay)
            return;
        ShowLoading();
        if (verdict == RoleVerdict.ServeAsMaster)
        {
            _replication.ConfirmMaster();
            _log.Info("The sentinels confirm this node as the master, epoch {0}", heard.Change.ConfigEpoch);
            return;
        }
        _log.Info("The sentinels name {0}:{1} as the master, epoch {2}: this node follows it", heard.Change.Host, heard.Change.Port, heard.Change.ConfigEpoch);
        _replication.ReplicaOf(heard.Change.Host, heard.Change.Port);
    }

    /// <summary>
    /// Tells the sentinels, by way of the node's voice, what has changed, the offset among it, so that they choose by live offsets; and
    /// what has not changed every now and then, because messages may be lost.
    /// </summary>
    private void TellStatus()
    {
        if (!_settings.Cluster.Enabled)
            return;
        var facts = _replication.GetFacts();
        var status = new DataNodeStatus(
            _settings.Gateway.ReachableHost,
            _settings.Gateway.ReachablePort,
            _server.Facts.RunId,
            IsMaster: facts.Master is null,
            facts.Master?.Host ?? "",
            facts.Master?.Port ?? 0,
            LinkUp: _replication.IsMasterLinkUp,
            facts.Offset,
            _engine.Settings.ReplicaPriority);
        var now = Environment.TickCount64;
        if (status == _told && now - _toldAt < NodeActor.RepeatInterval.TotalMilliseconds)
            return;
        _told = status;
        _toldAt = now;
        _node.Tell(status, Self);
    }

    private void Say(int level, string message)
    {
        switch (level)
        {
            case 0 or 1:
                _log.Debug("{0}", message);
                break;
            case 2:
                _log.Info("{0}", message);
                break;
            default:
                _log.Warning("{0}", message);
                break;
        }
    }

    /// <summary>A parameter was changed by CONFIG SET: what it means outside of the engine. Returns why it cannot be, or null.</summary>
    private string? ApplySetting(string name, string value)
    {
        switch (name)
        {
            case "client-output-buffer-limit":
                _turn.Limits.Read(_engine.Settings);
                return null;
            case "client-query-buffer-limit" or "tcp-keepalive" or "protected-mode" or "repl-disable-tcp-nodelay":
                return "it can only be set before the start, in HOCON";
            default:
                return _persistence.ApplySetting(name, value) ?? _replication.ApplySetting(name, value);
        }
    }

    /// <summary>The engine has work left over; what is in the mailbox already goes first.</summary>
    private void ContinueSoon() => Self.Tell(Continue.Instance, ActorRefs.NoSender);

    private sealed class Reclaim
    {
        public static readonly Reclaim Instance = new();
    }

    private sealed class Continue
    {
        public static readonly Continue Instance = new();
    }

    private sealed class Cron
    {
        public static readonly Cron Instance = new();
    }
}

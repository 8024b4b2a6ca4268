using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Event;
using AkkaKv.Actors.Cluster;
using AkkaKv.Actors.Gateway;
using AkkaKv.Actors.Hosting;
using AkkaKv.Actors.Network;
using AkkaKv.Actors.Settings;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>
/// <c>/user/sentinel</c>: one sentinel. It has a monitor for each master as a child, keeps their memory on disk, serves the RESP port, carries messages to
/// and from the other sentinels, and tells the node's voice in the cluster who is master.
/// </summary>
public sealed class SentinelActor : ReceiveActor, IWithTimers
{
    /// <summary>Redis's exit code for a crash asked for by SENTINEL SIMULATE-FAILURE.</summary>
    private const int SimulatedCrashExitCode = 99;

    private static readonly TimeSpan WriteRetryInterval = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly NodeSettings _settings;
    private readonly TrafficCounters _traffic;
    private readonly string _myId;
    private readonly string _runId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
    private readonly long _startedAtMs = SentinelClock.NowMs;
    private readonly DeclaredVoters _voters;
    private readonly SentinelStateJournal _journal;
    private readonly SentinelMasters _masters;
    private readonly SentinelClients _clients;
    private readonly SentinelPeers _peers;
    private readonly ActorSelection _node = Context.ActorSelection("/user/node");
    private SentinelIdentity _identity;
    private TcpAcceptor? _acceptor;
    private long _tiltSinceMs = -1;
    private bool _isWriteScheduled;

    /// <summary>Creates a sentinel that opens its port and begins to watch when it is told to <see cref="Listen"/>.</summary>
    /// <exception cref="FormatException">The file of its memory is damaged.</exception>
    public SentinelActor(NodeSettings settings, TrafficCounters traffic, Action shutdown)
    {
        _settings = settings;
        _traffic = traffic;
        _myId = SentinelConfiguration.MyId(settings);
        _identity = new SentinelIdentity(_myId, new InstanceAddress(settings.Sentinel.ReachableHost, settings.Sentinel.ReachablePort));
        _voters = SentinelConfiguration.Voters(settings);
        var file = new SentinelStateFile(settings.StateDirectory);
        _journal = new SentinelStateJournal(file, (file.Read() ?? SentinelState.New(_myId)) with { MyId = _myId }, _log);
        _masters = new SentinelMasters(
            _myId, StartMonitor, Context.Stop, _journal, SentinelConfiguration.Master(settings.Sentinel.MasterDefaults), OnOptions);
        _clients = new SentinelClients(_masters, Facts, shutdown, settings.Sentinel.Password);
        _peers = new SentinelPeers(_myId, Context);
        ReceiveFromNode();
        ReceiveFromMonitors();
        ReceiveFromClients();
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="settings">The node's settings.</param>
    /// <param name="traffic">Counts the bytes of its sockets.</param>
    /// <param name="shutdown">Ends the process in order: what a client's SHUTDOWN does.</param>
    /// <exception cref="NodeStartException">The sentinel's memory cannot be read or written; better no sentinel than one that votes twice.</exception>
    public static Props Props(NodeSettings settings, TrafficCounters traffic, Action shutdown)
    {
        var file = new SentinelStateFile(settings.StateDirectory);
        try
        {
            file.Write(file.Read() ?? SentinelState.New(SentinelConfiguration.MyId(settings)));
        }
        catch (Exception problem) when (problem is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new NodeStartException($"akkakv.data-dir: the sentinel's state cannot be kept: {problem.Message}", problem);
        }
        return Akka.Actor.Props.Create(() => new SentinelActor(settings, traffic, shutdown));
    }

    /// <summary>A monitor that fails is replaced, from what it had written down, and not restarted with what it had in memory.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(problem =>
    {
        _log.Error(problem, "The monitor of a master failed and is replaced");
        return Directive.Stop;
    });

    /// <summary>A sentinel that failed reads its memory again and goes on.</summary>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Self.Tell(Listen.Instance, ActorRefs.NoSender);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _acceptor?.Dispose();
        _clients.Close();
    }

    private void ReceiveFromNode()
    {
        Receive<Listen>(_ => OnListen());
        Receive<NodeAnnouncement>(OnAnnouncement);
        Receive<DataNodeStatus>(status => _masters.TellAll(new NodeStatusArrived(ToCore(status))));
        Receive<PeerMessage>(OnPeerMessage);
        Receive<Terminated>(OnTerminated);
    }

    private void ReceiveFromMonitors()
    {
        Receive<PersistState>(OnPersist);
        Receive<WriteNow>(_ => OnWriteNow());
        Receive<TellPeer>(tell => _peers.Tell(tell.PeerId, tell.Message, Self));
        Receive<TellPeers>(tell => _peers.TellAll(tell.Message, Self));
        Receive<PublishEvent>(OnEvent);
        Receive<WriteLog>(line => Log(line.Level, line.Line));
        Receive<AnnounceMaster>(OnMaster);
        Receive<SummaryChanged>(changed => _masters.Update(changed.Summary));
        Receive<RecordTimeline>(record => OnTimeline(record.Timeline));
        Receive<CrashProcess>(_ => Environment.Exit(SimulatedCrashExitCode));
    }

    private void ReceiveFromClients()
    {
        Receive<Accepted>(accepted => OnAccepted(accepted.Socket));
        Receive<RequestsArrived>(_clients.OnRequests);
        Receive<ClientGone>(gone => _clients.Remove(gone.Connection));
        Receive<CommandAnswered>(_clients.OnAnswer);
    }

    private void OnListen()
    {
        try
        {
            var self = Self;
            _acceptor = new TcpAcceptor(
                Endpoints.Resolve(_settings.Sentinel.Host, _settings.Sentinel.Port), 511, socket => self.Tell(new Accepted(socket), ActorRefs.NoSender));
        }
        catch (SocketException problem)
        {
            Sender.Tell(new Status.Failure(problem));
            return;
        }
        if (_identity.Address.Port == 0)
            _identity = _identity with { Address = _identity.Address with { Port = _acceptor.LocalEndPoint.Port } };
        Log(EventLevel.Notice, $"Sentinel ID is {_myId}");
        foreach (var master in SentinelConfiguration.WatchedAtStart(_settings, _journal.State))
            _masters.WatchDeclared(master);
        _acceptor.Start();
        Sender.Tell(new Listening(_acceptor.LocalEndPoint));
    }

    private IActorRef StartMonitor(MasterSettings master)
    {
        var (identity, timings, voters) = (_identity, _masters.Timings, _voters);
        var remembered = _journal.State.Find(master.Name);
        // A master that was just added by SENTINEL MONITOR has an entry, but no vote was ever given for it here.
        var seed = (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);
        var monitor = Context.ActorOf(
            MonitorActor.Props(() => new MasterMonitor(identity, master, timings, voters, remembered, SentinelClock.NowMs, seed), _traffic),
            ChildName(master.Name));
        Context.Watch(monitor);
        foreach (var peer in _peers.Found)
            monitor.Tell(peer);
        return monitor;
    }

    /// <summary>Actor names allow less than names of masters do, and a removed one may still be stopping when its master is added again.</summary>
    private static string ChildName(string masterName)
    {
        var name = Uri.EscapeDataString(masterName);
        return Context.Child(name).Equals(ActorRefs.Nobody) ? name : $"{name}-{Guid.NewGuid():N}";
    }

    private void OnAnnouncement(NodeAnnouncement announcement)
    {
        if (_peers.Meet(announcement, Sender) is { } found)
            _masters.TellAll(found);
        // Whoever says hello learns who is master, in case he missed it.
        foreach (var master in _masters.Announcements)
            Sender.Tell(ToNode(master));
    }

    private void OnPeerMessage(PeerMessage message)
    {
        _peers.Heard(message.SenderId, Sender);
        _masters.Find(message.MasterName)?.Tell(message);
    }

    private void OnTerminated(Terminated terminated)
    {
        if (_masters.Replace(terminated.ActorRef))
            return;
        _clients.OnMonitorGone(Uri.UnescapeDataString(terminated.ActorRef.Path.Name));
    }

    /// <summary>What several monitors want written goes to the disk together: the write comes behind the messages that are already waiting.</summary>
    private void OnPersist(PersistState persist)
    {
        var monitor = Sender;
        if (_masters.Find(persist.State.Name) is null)
            return;
        _journal.Change(_journal.State.With(persist.State), () => monitor.Tell(new StatePersisted(persist.Ticket)));
        if (_isWriteScheduled)
            return;
        _isWriteScheduled = true;
        Self.Tell(WriteNow.Instance);
    }

    private void OnWriteNow()
    {
        _isWriteScheduled = false;
        if (!_journal.IsDirty || _journal.Write() is null)
            return;
        _isWriteScheduled = true;
        Timers.StartSingleTimer(nameof(WriteNow), WriteNow.Instance, WriteRetryInterval);
    }

    private void OnOptions(SentinelOptions options)
    {
        var sentinel = _settings.Sentinel;
        var port = options.AnnouncePort != 0 ? options.AnnouncePort
            : sentinel.ReachablePort != 0 ? sentinel.ReachablePort
            : _acceptor?.LocalEndPoint.Port ?? 0;
        var host = options.AnnounceIp.Length > 0 ? options.AnnounceIp : sentinel.ReachableHost;
        _identity = _identity with { Address = new InstanceAddress(host, port) };
        _masters.TellAll(new IdentityChanged(_identity));
    }

    private void OnEvent(PublishEvent happened)
    {
        Log(happened.Level, $"{happened.Channel} {happened.Message}");
        if (happened.Channel == "+tilt")
            _tiltSinceMs = SentinelClock.NowMs;
        else if (happened.Channel == "-tilt")
            _tiltSinceMs = -1;
        if (happened.Level != EventLevel.Verbose)
            _clients.Publish(happened.Channel, happened.Message);
    }

    private void OnMaster(AnnounceMaster master)
    {
        _masters.Update(master);
        _node.Tell(ToNode(master), Self);
    }

    private void OnTimeline(FailoverTimeline timeline)
    {
        var to = timeline.To is { } address ? address.ToString() : "nobody";
        Log(
            EventLevel.Notice,
            $"Failover of {timeline.MasterName} in epoch {timeline.Epoch} from {timeline.From} to {to}: {timeline.Outcome}; ms: {timeline.Describe()}");
    }

    private void OnAccepted(Socket socket)
    {
        SentinelClientConnection connection;
        try
        {
            connection = new SentinelClientConnection(socket, _traffic, Self);
        }
        catch (SocketException)
        {
            // The client has gone while it waited to be accepted.
            socket.Dispose();
            return;
        }
        _clients.Add(connection);
    }

    private SentinelFacts Facts(SentinelClients clients)
    {
        using var process = Process.GetCurrentProcess();
        return new SentinelFacts(
            _runId,
            Environment.ProcessId,
            _identity.Address.Port,
            (SentinelClock.NowMs - _startedAtMs) / 1000,
            Environment.ProcessPath ?? "",
            clients.Count,
            clients.ConnectionsReceived,
            clients.RequestsReceived,
            _traffic.Received,
            _traffic.Sent,
            clients.ListenerCount,
            process.PrivilegedProcessorTime.TotalSeconds,
            process.UserProcessorTime.TotalSeconds,
            _tiltSinceMs < 0 ? -1 : (SentinelClock.NowMs - _tiltSinceMs) / 1000,
            _masters.SimulatedFailures);
    }

    private void Log(EventLevel level, string line)
    {
        switch (level)
        {
            case EventLevel.Warning:
                _log.Warning("{0}", line);
                break;
            case EventLevel.Notice:
                _log.Info("{0}", line);
                break;
            default:
                _log.Debug("{0}", line);
                break;
        }
    }

    private static NodeStatus ToCore(DataNodeStatus status) => new(
        new InstanceAddress(status.Host, status.Port),
        status.RunId,
        status.IsMaster ? InstanceRole.Master : InstanceRole.Replica,
        status.MasterHost.Length > 0 ? new InstanceAddress(status.MasterHost, status.MasterPort) : null,
        status.LinkUp,
        0,
        status.Offset,
        status.Priority);

    private static MasterChanged ToNode(AnnounceMaster master) =>
        new(master.MasterName, master.Address.Host, master.Address.Port, master.ConfigEpoch);

    private sealed record Accepted(Socket Socket);

    private sealed class WriteNow
    {
        public static readonly WriteNow Instance = new();
    }
}

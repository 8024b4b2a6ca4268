using System.Collections.Concurrent;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using AkkaKv.Actors.Cluster;
using AkkaKv.Actors.Gateway;
using AkkaKv.Actors.Network;
using AkkaKv.Actors.Settings;

namespace AkkaKv.Actors.Router;

/// <summary>
/// <c>/user/router</c>: one stable port for plain clients. It forwards each client to the node that the sentinels call the
/// master, and carries the clients over to the next one.
/// </summary>
public sealed class RouterActor : ReceiveActor, IWithTimers
{
    private const int Backlog = 511;

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(20);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ConcurrentDictionary<RouterClient, bool> _clients = new();
    private readonly RouterSettings _settings;
    private readonly RouterLimits _limits;
    private readonly TrafficCounters _traffic = new();
    private readonly IActorRef _self = Context.Self;
    private int _ticking;
    private TcpAcceptor? _acceptor;
    private MasterAddress? _master;

    /// <summary>Creates a router that opens its port when it is told to <see cref="Listen"/>.</summary>
    public RouterActor(RouterSettings settings)
    {
        _settings = settings;
        _limits = RouterLimits.Default with { ParkTimeoutMs = (long)settings.ParkTimeout.TotalMilliseconds, ParkBytesMax = settings.ParkBytes };
        Receive<MasterChanged>(OnMasterChanged);
        Receive<Tick>(_ => OnTick());
        Receive<StartTicking>(_ => Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TickInterval));
        Receive<Listen>(_ => OnListen());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one; see the constructor.</summary>
    public static Props Props(RouterSettings settings) => Akka.Actor.Props.Create(() => new RouterActor(settings));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (var sentinel in _settings.Sentinels)
            Context.ActorOf(SentinelLinkActor.Props(sentinel, _settings.MasterName), $"sentinel-{sentinel.Host}-{sentinel.Port}");
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _acceptor?.Dispose();
        foreach (var client in _clients.Keys)
            client.Close();
    }

    private void OnListen()
    {
        try
        {
            _acceptor = new TcpAcceptor(Endpoints.Resolve(_settings.Host, _settings.Port), Backlog, Accept);
        }
        catch (SocketException e)
        {
            Sender.Tell(new Status.Failure(e));
            return;
        }
        _acceptor.Start();
        _log.Info("Router for {0} listens on {1}", _settings.MasterName, _acceptor.LocalEndPoint);
        Sender.Tell(new Listening(_acceptor.LocalEndPoint));
    }

    // Runs on the accepting thread; everything it touches is made for that.
    private void Accept(Socket socket)
    {
        if (_clients.Count >= _settings.MaxClients)
        {
            socket.Blocking = false;
            socket.Send("-ERR max number of clients reached\r\n"u8, SocketFlags.None, out _);
            socket.Dispose();
            return;
        }
        var client = new RouterClient(
            socket, _limits, _traffic, () => Volatile.Read(ref _master), c => _clients.TryRemove(c, out _), NeedTicks);
        _clients[client] = true;
        client.StartReceiving();
    }

    private void OnMasterChanged(MasterChanged change)
    {
        if (change.MasterName != _settings.MasterName || change.ConfigEpoch < (_master?.ConfigEpoch ?? -1))
            return;
        var master = new MasterAddress(change.Host, change.Port, change.ConfigEpoch);
        if (master == _master)
            return;
        _log.Info("Forwarding to the master {0}:{1}, epoch {2}", change.Host, change.Port, change.ConfigEpoch);
        Volatile.Write(ref _master, master);
        foreach (var client in _clients.Keys)
            client.MasterMoved();
    }

    /// <summary>Some client waits: ticks are needed until none does. Called from any thread; a router at rest has no timer.</summary>
    private void NeedTicks()
    {
        if (Interlocked.Exchange(ref _ticking, 1) == 0)
            _self.Tell(StartTicking.Instance, ActorRefs.NoSender);
    }

    private void OnTick()
    {
        if (TickAll())
            return;
        Timers.Cancel(nameof(Tick));
        Volatile.Write(ref _ticking, 0);
        // One that began to wait after it was looked at found the timer still there.
        if (TickAll())
            NeedTicks();
    }

    private bool TickAll()
    {
        var waiting = false;
        foreach (var client in _clients.Keys)
            waiting |= client.Tick();
        return waiting;
    }

    private sealed class StartTicking
    {
        public static readonly StartTicking Instance = new();
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}

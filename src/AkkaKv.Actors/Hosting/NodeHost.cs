using System.Net.Sockets;
using Akka;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using AkkaKv.Actors.Cluster;
using AkkaKv.Actors.Dispatch;
using AkkaKv.Actors.Gateway;
using AkkaKv.Actors.Keyspace;
using AkkaKv.Actors.Network;
using AkkaKv.Actors.Node;
using AkkaKv.Actors.Router;
using AkkaKv.Actors.Sentinel;
using AkkaKv.Actors.Settings;
using Microsoft.Extensions.Logging;

namespace AkkaKv.Actors.Hosting;

/// <summary>Composes a node from its settings: one actor system with the actors of the node's roles.</summary>
/// <param name="settings">What the node is.</param>
/// <param name="loggers">Where the node's log goes.</param>
/// <param name="akka">The user's own settings of the actor system, which stand over ours.</param>
public sealed class NodeHost(NodeSettings settings, ILoggerFactory loggers, Config? akka = null) : INodeHost
{
    private static readonly TimeSpan ListenTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SaveTimeout = TimeSpan.FromMinutes(10);

    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private ActorSystem? _system;
    private IActorRef _keyspace = ActorRefs.Nobody;
    private Task? _stopping;

    /// <inheritdoc/>
    public Task WhenStopped => _stopped.Task;

    /// <inheritdoc/>
    public async Task StartAsync()
    {
        var system = CreateSystem();
        _system = system;
        try
        {
            await StartRoles(system).ConfigureAwait(false);
        }
        catch
        {
            await StopAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task StopAsync()
    {
        lock (_gate)
            return _stopping ??= Stop();
    }

    private async Task Stop()
    {
        if (_system is { } system)
        {
            await PrepareStop().ConfigureAwait(false);
            await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance).ConfigureAwait(false);
            await system.WhenTerminated.ConfigureAwait(false);
        }
        _stopped.TrySetResult();
    }

    /// <summary>The data are saved, if they are to be, while everything else still runs: a replica hears the end of the stream.</summary>
    private async Task PrepareStop()
    {
        if (_keyspace.IsNobody())
            return;
        try
        {
            await _keyspace.Ask<Done>(Keyspace.PrepareStop.Instance, SaveTimeout).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            // The disk does not take the file: nothing is gained by waiting on.
        }
    }

    private ActorSystem CreateSystem()
    {
        try
        {
            var system = ActorSystem.Create(settings.Cluster.Name, (akka ?? Config.Empty).WithFallback(ActorSystemConfiguration.Of(settings)));
            system.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, InlineDispatcher.SpareThisThread);
            system.EventStream.Subscribe(system.ActorOf(LogForwarder.Props(loggers), "log"), typeof(LogEvent));
            return system;
        }
        catch (Exception e) when (FindSocketError(e) is { } error)
        {
            throw new NodeStartException(
                $"akkakv.cluster.port: cannot listen on {settings.Cluster.Host}:{settings.Cluster.Port}: {Explain(error)}", e);
        }
    }

    private async Task StartRoles(ActorSystem system)
    {
        IActorRef keyspace = ActorRefs.Nobody;
        IActorRef sentinel = ActorRefs.Nobody;
        IActorRef router = ActorRefs.Nobody;
        if (settings.Has(RoleSet.Data))
            keyspace = await StartDataNode(system).ConfigureAwait(false);
        if (settings.Has(RoleSet.Gateway))
        {
            router = system.ActorOf(RouterActor.Props(settings.Router), "router");
            await Listen(router, "akkakv.router", settings.Router.Host, settings.Router.Port).ConfigureAwait(false);
        }
        if (settings.Has(RoleSet.Sentinel))
        {
            sentinel = system.ActorOf(SentinelActor.Props(settings, new TrafficCounters(), () => _ = StopAsync()), "sentinel");
            await Listen(sentinel, "akkakv.sentinel", settings.Sentinel.Host, settings.Sentinel.Port).ConfigureAwait(false);
        }
        if (settings.Cluster.Enabled)
        {
            system.ActorOf(Props.Create(() => new AssociationReports()), "associations");
            system.ActorOf(NodeActor.Props(Announcement(), keyspace, sentinel, router), "node");
        }

        // Clients are answered LOADING meanwhile; a file that cannot be loaded ends the start.
        if (settings.Has(RoleSet.Data))
            await keyspace.Ask<Done>(AwaitData.Instance, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
    }

    private NodeAnnouncement Announcement()
    {
        var (host, port) =
            settings.Has(RoleSet.Data) ? (settings.Gateway.ReachableHost, settings.Gateway.ReachablePort)
            : settings.Has(RoleSet.Sentinel) ? (settings.Sentinel.ReachableHost, settings.Sentinel.ReachablePort)
            : (settings.Router.Host, settings.Router.Port);
        var id = settings.Has(RoleSet.Sentinel) ? SentinelIds.Of(settings.Cluster.Name, settings.Name) : "";
        return new NodeAnnouncement([.. ActorSystemConfiguration.Roles(settings)], host, port, id, "");
    }

    private async Task<IActorRef> StartDataNode(ActorSystem system)
    {
        var traffic = new TrafficCounters();
        var desk = new BusyDesk();
        var keyspace = system.ActorOf(
            KeyspaceActor.Props(settings, traffic, desk, () => _ = StopAsync()).WithDispatcher(ActorSystemConfiguration.KeyspaceDispatcher), "keyspace");
        _keyspace = keyspace;
        var gateway = system.ActorOf(GatewayActor.Props(settings.Gateway, keyspace, traffic, desk), "gateway");
        await Listen(gateway, "akkakv.gateway", settings.Gateway.Host, settings.Gateway.Port).ConfigureAwait(false);
        return keyspace;
    }

    private static async Task<Listening> Listen(IActorRef listener, string section, string host, int port)
    {
        try
        {
            return await listener.Ask<Listening>(Gateway.Listen.Instance, ListenTimeout).ConfigureAwait(false);
        }
        catch (Exception e) when (FindSocketError(e) is { } error)
        {
            throw new NodeStartException($"{section}.port: cannot listen on {host}:{port}: {Explain(error)}", e);
        }
    }

    private static SocketException? FindSocketError(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is SocketException error)
                return error;
        }
        return null;
    }

    private static string Explain(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "another program listens there already",
        SocketError.AccessDenied => "this user may not open that port",
        SocketError.AddressNotAvailable => "that is not an address of this machine",
        _ => error.Message,
    };
}

using System.Security.Cryptography;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Serialization;
using Akka.Remote.Transport;
using Akka.Remote.Wire;

namespace Akka.Remote;

/// <summary>
/// The provider of a system that can talk to others: local actors are a <see cref="LocalActorRefProvider"/>'s, known to
/// others by the transport's address; paths with another address become <see cref="RemoteActorRef"/>s.
/// </summary>
internal sealed class RemoteActorRefProvider : IActorRefProvider
{
    public const string Protocol = "akka.tcp";

    [ThreadStatic]
    private static WireWriter? _writer;

    private readonly LocalActorRefProvider _local;
    private readonly RemotingSettings _settings;
    private readonly InboundMessages _inbound;
    private readonly EventStream _eventStream;
    private ICancelable? _watchTicks;
    private ActorSystemImpl? _system;
    private ILoggingAdapter _log = NoLogger.Instance;

    /// <exception cref="RemoteTransportException">The address can't be bound.</exception>
    /// <exception cref="Configuration.ConfigurationException">A setting is wrong.</exception>
    public RemoteActorRefProvider(string systemName, Settings settings, EventStream eventStream)
    {
        _settings = RemotingSettings.Read(settings.Config);
        _eventStream = eventStream;
        Uid = RandomNumberGenerator.GetInt32(1, int.MaxValue);
        _inbound = new InboundMessages(this, eventStream, _settings.LogLifecycleEvents);
        Transport = new TcpTransport(_settings.Tcp, Protocol, systemName, Uid, _inbound);
        Watcher = new RemoteWatcher(_settings, address => SendBare(address, EnvelopeKind.WatchHeartbeat), SendSystem, Transport.UidOf);
        _local = new LocalActorRefProvider(Transport.LocalAddress, settings, eventStream);
    }

    /// <summary>This incarnation of the system.</summary>
    public int Uid { get; }

    public TcpTransport Transport { get; }

    public RemoteWatcher Watcher { get; }

    public ActorSystemImpl System => _system ?? throw new InvalidOperationException("The system is not started yet.");

    public IInternalActorRef RootGuardian => _local.RootGuardian;

    public LocalActorRef Guardian => _local.Guardian;

    public LocalActorRef SystemGuardian => _local.SystemGuardian;

    public IInternalActorRef DeadLetters => _local.DeadLetters;

    public IInternalActorRef TempContainer => _local.TempContainer;

    public ActorPath RootPath => _local.RootPath;

    public Address DefaultAddress => _local.DefaultAddress;

    public Settings Settings => _local.Settings;

    public Task TerminationTask => _local.TerminationTask;

    public void Init(ActorSystemImpl system)
    {
        try
        {
            Start(system);
        }
        catch
        {
            // The port must not stay bound by a system that does not start.
            _ = ShutdownTransport();
            throw;
        }
    }

    /// <summary>Sends what waits and ends all connections.</summary>
    public async Task ShutdownTransport()
    {
        _watchTicks?.Cancel();
        await Transport.Shutdown().ConfigureAwait(false);
        _inbound.Announce(new RemotingShutdownEvent());
    }

    /// <summary>Never talks to the incarnation again.</summary>
    public void Quarantine(Address address, int uid, string reason)
    {
        if (!Transport.Quarantine(address, uid))
            return;
        _log.Warning("{0}", $"Quarantined {address}, uid {uid}: {reason}");
        Watcher.AddressTerminated(address, uid);
        _eventStream.Publish(new QuarantinedEvent(address, uid));
    }

    /// <summary>Sends a user's message; what can't be sent becomes a dead letter.</summary>
    public void Send(RemoteActorRef recipient, object message, IActorRef? sender)
    {
        // A serializer may itself send; it must not find its caller's writer in use.
        var writer = Interlocked.Exchange(ref _writer, null) ?? new WireWriter();
        try
        {
            writer.Clear();
            RemoteEnvelope.Message(writer, DefaultAddress, recipient.Path, sender, message, System.Serialization);
            var result = Transport.Send(recipient.Path.Address, writer.Written);
            if (result == SendResult.Queued)
                return;
            if (result == SendResult.TooLarge)
                _log.Error("{0}", $"A message of type {message.GetType().Name} for {recipient} is {writer.Length} bytes long; akka.remote.dot-netty.tcp.maximum-frame-size is {_settings.Tcp.MaximumFrameBytes}");
        }
        catch (Exception e)
        {
            _log.Error(e, "{0}", $"A message of type {message.GetType().Name} for {recipient} can't be serialized: {e.Message}");
        }
        finally
        {
            if (writer.Length < 64 * 1024)
                _writer = writer;
        }
        EmptyLocalActorRef.PublishDead(message, sender, recipient, _eventStream);
    }

    /// <summary>Sends a system message, if it is one that crosses systems. It may get lost; <see cref="RemoteWatcher"/> makes up for it.</summary>
    public void SendSystem(IInternalActorRef recipient, SystemMessage message)
    {
        var writer = new WireWriter();
        if (RemoteEnvelope.System(writer, DefaultAddress, recipient.Path, message))
            Transport.Send(recipient.Path.Address, writer.Written);
    }

    /// <summary>Sends an envelope that is its kind and nothing else.</summary>
    public void SendBare(Address to, EnvelopeKind kind) => Transport.Send(to, [(byte)kind]);

    public LocalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService) =>
        _local.ActorOf(system, props, supervisor, path, systemService);

    public IActorRef ResolveActorRef(string path) => ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath) => IsElsewhere(actorPath.Address) ? new RemoteActorRef(this, actorPath) : _local.ResolveActorRef(actorPath);

    public IActorRef RootGuardianAt(Address address) => IsElsewhere(address) ? new RemoteActorRef(this, new RootActorPath(address)) : _local.RootGuardianAt(address);

    public Address? GetExternalAddressFor(Address address) => address.HasGlobalScope ? DefaultAddress : _local.GetExternalAddressFor(address);

    public ActorPath TempPath() => _local.TempPath();

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _local.RegisterTempActor(actorRef, path);

    public void UnregisterTempActor(ActorPath path) => _local.UnregisterTempActor(path);

    private void Start(ActorSystemImpl system)
    {
        _system = system;
        _log = Logging.GetLogger(system, this);
        _inbound.UseLog(_log);
        _local.Init(system);
        var misc = new MiscMessageSerializer(system);
        foreach (var type in MiscMessageSerializer.Types)
            system.Serialization.AddSerializationMap(type, misc);
        system.Serialization.AddSerializer("akka-misc", misc);
        var primitives = new PrimitiveSerializers(system);
        foreach (var type in PrimitiveSerializers.Types)
            system.Serialization.AddSerializationMap(type, primitives);
        system.Serialization.AddSerializer("primitive", primitives);
        system.SystemActorOf(Props.Create(() => new RemotingTerminator(this)), "remoting-terminator");
        Transport.Start();
        _watchTicks = ((IActionScheduler)system.Scheduler).ScheduleRepeatedlyCancelable(
            _settings.WatchHeartbeatInterval, _settings.WatchHeartbeatInterval, () => Watcher.Tick(Environment.TickCount64));
        _inbound.Announce(new RemotingListenEvent([DefaultAddress]));
        // As with Akka, the provider is what makes a system a node: with seed nodes configured it joins without a line of code.
        if (Cluster.Cluster.IsProvidedBy(Settings))
            Cluster.Cluster.Get(system);
    }

    private bool IsElsewhere(Address address) => address.HasGlobalScope && !address.Equals(DefaultAddress);
}

/// <summary>Ends remoting after the user's actors have stopped and before the system has, so that their last messages go out.</summary>
internal sealed class RemotingTerminator(RemoteActorRefProvider provider) : UntypedActor
{
    protected override void PreStart() => provider.SystemGuardian.Tell(RegisterTerminationHook.Instance, Self);

    protected override void OnReceive(object message)
    {
        if (message is TerminationHook)
            _ = provider.ShutdownTransport().ContinueWith(_ => TerminationHookDone.Instance, TaskScheduler.Default).PipeTo(Sender, Self);
        else
            Unhandled(message);
    }
}

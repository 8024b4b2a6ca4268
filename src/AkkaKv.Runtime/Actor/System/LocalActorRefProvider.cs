using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The provider of a system whose actors are all in this process.</summary>
internal sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly EventStream _eventStream;
    private readonly RootSupervisor _rootSupervisor;
    private readonly ConcurrentDictionary<string, Configuration.Config?> _deployments = new();
    private VirtualPathContainer? _temp;
    private long _temporaryNames;

    public LocalActorRefProvider(Address address, Settings settings, EventStream eventStream)
    {
        _eventStream = eventStream;
        Settings = settings;
        DefaultAddress = address;
        // An actor's own path is only local, as Akka's is, so that a sender of this process can be told from one elsewhere; the
        // address others use is put in front of it when it is written for them.
        RootPath = new RootActorPath(new Address("akka", address.System));
        DeadLetters = new DeadLetterActorRef(this, RootPath / "deadLetters", eventStream);
        _rootSupervisor = new RootSupervisor(this, eventStream);
    }

    public IInternalActorRef RootGuardian { get; private set; } = null!;

    public LocalActorRef Guardian { get; private set; } = null!;

    public LocalActorRef SystemGuardian { get; private set; } = null!;

    public IInternalActorRef DeadLetters { get; }

    public IInternalActorRef TempContainer => _temp!;

    public ActorPath RootPath { get; }

    public Address DefaultAddress { get; }

    public Settings Settings { get; }

    public Task TerminationTask => _rootSupervisor.Ended;

    public void Init(ActorSystemImpl system)
    {
        var dispatcher = system.Dispatchers.Lookup(Dispatchers.InternalDispatcherId);
        var mailbox = system.Mailboxes.Lookup(Mailboxes.DefaultMailboxId);
        var root = new LocalActorRef(system, Props.Create<RootGuardianActor>(), dispatcher, mailbox, _rootSupervisor, RootPath);
        RootGuardian = root;
        _temp = new VirtualPathContainer(this, RootPath / "temp", root);
        root.Start();
        Guardian = root.Cell.Children.Make(Props.Create<UserGuardianActor>().WithSupervisorStrategy(UserStrategy()), "user", systemService: true);
        SystemGuardian = root.Cell.Children.Make(Props.Create<SystemGuardianActor>(Guardian), "system", systemService: true);
        root.SendSystemMessage(new Dispatch.SysMsg.Watch(SystemGuardian, root));
    }

    public LocalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService)
    {
        var deployment = systemService ? null : Deployment(path);
        var dispatcherId = First(deployment?.GetString("dispatcher"), props.Dispatcher, systemService ? Dispatchers.InternalDispatcherId : Dispatchers.DefaultDispatcherId);
        var mailboxId = First(deployment?.GetString("mailbox"), props.Mailbox, Mailboxes.DefaultMailboxId);
        return new LocalActorRef(system, props, system.Dispatchers.Lookup(dispatcherId), system.Mailboxes.Lookup(mailboxId), supervisor, path);
    }

    public IActorRef ResolveActorRef(string path) => ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (!IsHere(actorPath.Address)) return DeadLetters;
        var elements = actorPath.Elements;
        var found = elements.Count > 0 && elements[0] == "temp" ? TempContainer.GetChild(elements.Skip(1).ToList()) : RootGuardian.GetChild(elements);
        if (found is Nobody || (actorPath.Uid != ActorCell.UndefinedUid && found.Path.Uid != actorPath.Uid))
            return new EmptyLocalActorRef(this, RootPath / elements is var path ? path.WithUid(actorPath.Uid) : path, _eventStream);
        return found;
    }

    public IActorRef RootGuardianAt(Address address) => IsHere(address) ? RootGuardian : DeadLetters;

    public Address? GetExternalAddressFor(Address address) => IsHere(address) ? address : null;

    public ActorPath TempPath() => RootPath / "temp" / ("$" + Children.Base64Name(Interlocked.Increment(ref _temporaryNames)));

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _temp!.AddChild(path.Name, actorRef);

    public void UnregisterTempActor(ActorPath path) => _temp!.RemoveChild(path.Name);

    private static string First(params string?[] candidates) => candidates.First(c => !string.IsNullOrEmpty(c))!;

    private bool IsHere(Address address) => address.Equals(DefaultAddress) || (address.HasLocalScope && address.System == DefaultAddress.System);

    /// <summary>The section <c>akka.actor.deployment."/name"</c> of an actor below /user; <c>*</c> stands for any one name.</summary>
    private Config? Deployment(ActorPath path)
    {
        if (path.Elements is not ["user", _, ..]) return null;
        return _deployments.GetOrAdd(ActorPath.FormatPathElements(path.Elements.Skip(1)), key =>
        {
            var all = Settings.Config.GetConfig("akka.actor.deployment");
            return all?.GetConfig($"\"{key}\"") ?? all?.GetConfig($"\"{key[..key.LastIndexOf('/')]}/*\"");
        });
    }

    private SupervisorStrategy UserStrategy() => Settings.SupervisorStrategyClass switch
    {
        "Akka.Actor.DefaultSupervisorStrategy" => SupervisorStrategy.DefaultStrategy,
        "Akka.Actor.StoppingSupervisorStrategy" => SupervisorStrategy.StoppingStrategy,
        var other => throw new ConfigurationException($"akka.actor.guardian-supervisor-strategy: '{other}' is neither Akka.Actor.DefaultSupervisorStrategy nor Akka.Actor.StoppingSupervisorStrategy."),
    };
}

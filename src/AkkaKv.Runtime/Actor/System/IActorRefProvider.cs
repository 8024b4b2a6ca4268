// The seam between local actors and remoting/clustering.
//
// An actor system has one provider, chosen by akka.actor.provider (local | remote | cluster) in ActorRefProviders. It makes
// local actors, resolves paths to references, and knows the system's address. LocalActorRefProvider is complete for one
// process. A remote provider owns a LocalActorRefProvider, delegates to it whatever concerns this process (ActorOf, guardians,
// /temp, dead letters), and adds:
//
//   * DefaultAddress: the local provider takes it as a constructor argument, to know its own paths when they come back. Bind the
//     transport first (or use the configured port), then make the local provider with the full address akka.tcp://sys@host:port.
//     Local paths themselves stay local (akka://sys): whoever writes one for another system puts DefaultAddress in front.
//   * ResolveActorRef / RootGuardianAt: for another address answer a reference of your own kind, which implements
//     IInternalActorRef (derive from MinimalActorRef; IsLocal = false). Its
//       - TellInternal sends an ordinary message,
//       - SendSystemMessage sends Watch, Unwatch, DeathWatchNotification, Terminate (the only ones that cross nodes). A
//         cell watches by watchee.SendSystemMessage(new Watch(watchee, watcher)): register it with the remote watcher there.
//       - GetChild answers a reference for the longer path.
//     An incoming message is delivered by ResolveActorRef(path of the recipient).Tell(message, sender) or .SendSystemMessage.
//     An actor that does not exist resolves to an EmptyLocalActorRef, which answers a Watch at once and publishes dead letters.
//   * Selections: ActorSelection.Deliver walks local actors and tells a remote reference ActorSelectionMessage(message, rest of
//     the path); on arrival hand that message to the root guardian (or whom it names), cells go on with it by themselves.
//   * A node is lost: send DeathWatchNotification(actor, existenceConfirmed: false, addressTerminated: true) to every local
//     watcher of its actors, and Unwatch to every local actor that is watched from there.
//   * Init(system) is called when event stream, scheduler, dispatchers, serialization and the guardians' prerequisites exist, before
//     any user actor; start transports there. Use system.SystemActorOf for own actors (/system/...). To do work before the
//     system ends, tell provider.SystemGuardian RegisterTerminationHook; when the user's actors have stopped you get
//     TerminationHook and answer TerminationHookDone. WhenTerminated completes after TerminationTask.
using Akka.Event;

namespace Akka.Actor;

/// <summary>Makes and resolves references; see the comment at the top of the file.</summary>
internal interface IActorRefProvider
{
    /// <summary>The actor at <c>/</c>.</summary>
    IInternalActorRef RootGuardian { get; }

    /// <summary>The actor at <c>/user</c>.</summary>
    LocalActorRef Guardian { get; }

    /// <summary>The actor at <c>/system</c>.</summary>
    LocalActorRef SystemGuardian { get; }

    /// <summary>Takes what cannot be delivered.</summary>
    IInternalActorRef DeadLetters { get; }

    /// <summary>The parent of references without actors.</summary>
    IInternalActorRef TempContainer { get; }

    /// <summary>The path of <see cref="RootGuardian"/>; its address is local, <c>akka://sys</c>.</summary>
    ActorPath RootPath { get; }

    /// <summary>The address of this system.</summary>
    Address DefaultAddress { get; }

    Settings Settings { get; }

    /// <summary>Ends when the root guardian has stopped.</summary>
    Task TerminationTask { get; }

    /// <summary>Makes the guardians; called once, last of the system's own parts.</summary>
    void Init(ActorSystemImpl system);

    /// <summary>Makes the reference and cell of a new actor; the caller starts it.</summary>
    LocalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService);

    /// <summary>The reference for a path with address and, after <c>#</c>, uid.</summary>
    IActorRef ResolveActorRef(string path);

    /// <summary>The reference for a path.</summary>
    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>The root guardian of the system at an address, also another one.</summary>
    IActorRef RootGuardianAt(Address address);

    /// <summary>The address by which the node at <paramref name="address"/> knows this system; null if it cannot be reached.</summary>
    Address? GetExternalAddressFor(Address address);

    /// <summary>A new path below <see cref="TempContainer"/>.</summary>
    ActorPath TempPath();

    void RegisterTempActor(IInternalActorRef actorRef, ActorPath path);

    void UnregisterTempActor(ActorPath path);
}

/// <summary>Chooses the provider of a system by <c>akka.actor.provider</c>.</summary>
internal static class ActorRefProviders
{
    /// <summary>Makes the provider; the event stream is all that exists by then.</summary>
    public static IActorRefProvider Create(string systemName, Settings settings, EventStream eventStream) => settings.ProviderClass switch
    {
        "local" or "Akka.Actor.LocalActorRefProvider" => new LocalActorRefProvider(new Address("akka", systemName), settings, eventStream),
        "remote" or "Akka.Remote.RemoteActorRefProvider, Akka.Remote" or "cluster" or "Akka.Cluster.ClusterActorRefProvider, Akka.Cluster" =>
            new Remote.RemoteActorRefProvider(systemName, settings, eventStream),
        var other => throw new Configuration.ConfigurationException($"akka.actor.provider: '{other}' is not a provider of this runtime."),
    };
}

using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote;

/// <summary>The reference of an actor in another system.</summary>
internal sealed class RemoteActorRef(RemoteActorRefProvider provider, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path { get; } = path;

    public override IActorRefProvider Provider => provider;

    public override bool IsLocal => false;

    public override IInternalActorRef Parent => Path is RootActorPath ? Nobody.Internal : new RemoteActorRef(provider, Path.Parent);

    public override IActorRef GetChild(IReadOnlyList<string> name) =>
        name.Where(n => n.Length > 0).Aggregate(Path, (p, n) => n == ".." ? p.Parent : p / n) is var child && ReferenceEquals(child, Path) ? this : new RemoteActorRef(provider, child);

    public override void SendSystemMessage(SystemMessage message)
    {
        switch (message)
        {
            case Watch watch when watch.Watcher.IsLocal:
                provider.Watcher.Watch(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch when unwatch.Watcher.IsLocal:
                provider.Watcher.Unwatch(unwatch.Watchee, unwatch.Watcher);
                break;
            case DeathWatchNotification { Actor: IInternalActorRef { IsLocal: true } dead }:
                provider.Watcher.UnwatchedFrom(dead, this);
                break;
        }
        provider.SendSystem(this, message);
    }

    public override void Stop() => SendSystemMessage(new Terminate());

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (message is null)
            throw new InvalidMessageException("A message must not be null.");
        provider.Send(this, message, sender);
    }
}

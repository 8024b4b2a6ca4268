using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// Whom an actor watches and who watches it. The notice of a death travels as a system message to the watcher's cell, which puts
/// a <see cref="Terminated"/> into its own mailbox: so it comes after the messages that the dead actor had sent before.
/// </summary>
internal sealed class DeathWatch(ActorCell cell)
{
    /// <summary>The watched actors, with the message to deliver in place of <see cref="Terminated"/>, or null.</summary>
    private readonly Dictionary<IActorRef, object?> _watching = [];

    private readonly HashSet<IActorRef> _watchedBy = [];

    /// <summary>The dead whose notice is in the mailbox.</summary>
    private readonly Dictionary<IActorRef, object?> _queued = [];

    public IActorRef Watch(IActorRef subject, object? message)
    {
        var watchee = (IInternalActorRef)subject;
        if (watchee.Equals(cell.Self)) return subject;
        if (_watching.TryGetValue(watchee, out var earlier))
        {
            if (!Equals(earlier, message))
                throw new InvalidOperationException($"Actor [{cell.Self}] already watches [{subject}] with another message; unwatch it first.");
            return subject;
        }
        _watching[watchee] = message;
        watchee.SendSystemMessage(new Watch(watchee, cell.SelfRef));
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = (IInternalActorRef)subject;
        if (_watching.Remove(watchee)) watchee.SendSystemMessage(new Unwatch(watchee, cell.SelfRef));
        _queued.Remove(watchee);
        return subject;
    }

    public void AddWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watchee.Equals(cell.Self) && !watcher.Equals(cell.Self)) _watchedBy.Add(watcher);
        else if (!watchee.Equals(cell.Self) && watcher.Equals(cell.Self)) Watch(watchee, null);
    }

    public void RemoveWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watchee.Equals(cell.Self) && !watcher.Equals(cell.Self)) _watchedBy.Remove(watcher);
        else if (!watchee.Equals(cell.Self) && watcher.Equals(cell.Self)) Unwatch(watchee);
    }

    /// <summary>A watched actor or a child has stopped.</summary>
    public void ActorTerminated(DeathWatchNotification dead)
    {
        if (_watching.Remove(dead.Actor, out var message) && !cell.Lifecycle.IsTerminating)
        {
            _queued[dead.Actor] = message;
            cell.Self.Tell(new Terminated(dead.Actor, dead.ExistenceConfirmed, dead.AddressTerminated), dead.Actor);
        }
        _watchedBy.Remove(dead.Actor);
        cell.Lifecycle.ChildTerminated(dead.Actor);
    }

    /// <summary>The notice has come to the front of the mailbox.</summary>
    public void DeliverTerminated(Terminated terminated)
    {
        if (_queued.Remove(terminated.ActorRef, out var message)) cell.ReceiveMessage(message ?? terminated);
    }

    /// <summary>Tells all watchers that this actor has stopped, and stops watching.</summary>
    public void Finish()
    {
        foreach (var watcher in _watchedBy)
            if (!watcher.Equals(cell.Parent)) ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(cell.Self, true, false));
        _watchedBy.Clear();
        foreach (var watchee in _watching.Keys)
            ((IInternalActorRef)watchee).SendSystemMessage(new Unwatch((IInternalActorRef)watchee, cell.SelfRef));
        _watching.Clear();
        _queued.Clear();
    }
}

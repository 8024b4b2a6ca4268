using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What the runtime asks of every reference besides <see cref="IActorRef"/>.</summary>
internal interface IInternalActorRef : IActorRef, IActorRefScope
{
    /// <summary>The supervisor.</summary>
    IInternalActorRef Parent { get; }

    /// <summary>The provider that made the reference.</summary>
    IActorRefProvider Provider { get; }

    /// <summary>True once a local actor has stopped. Says nothing for a remote one.</summary>
    bool IsTerminated { get; }

    /// <summary>The descendant at the end of <paramref name="name"/> (<c>..</c> is the parent, an empty name the actor itself), or nobody.</summary>
    IActorRef GetChild(IReadOnlyList<string> name);

    /// <summary>Delivers a system message, which overtakes ordinary messages.</summary>
    void SendSystemMessage(SystemMessage message);

    void Start();

    void Stop();

    void Suspend();

    void Resume(Exception? causedByFailure = null);

    void Restart(Exception cause);
}

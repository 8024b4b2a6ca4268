using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stands for no actor; swallows everything.</summary>
public sealed class Nobody : ActorRefBase, IInternalActorRef
{
    /// <summary>The only one.</summary>
    public static readonly Nobody Instance = new();

    private readonly ActorPath _path = new RootActorPath(new Address("akka", "all-systems"), "/Nobody");

    private Nobody()
    {
    }

    internal static IInternalActorRef Internal => Instance;

    /// <inheritdoc/>
    public override ActorPath Path => _path;

    IInternalActorRef IInternalActorRef.Parent => this;

    IActorRefProvider IInternalActorRef.Provider => throw new NotSupportedException("Nobody has no provider.");

    bool IInternalActorRef.IsTerminated => true;

    bool IActorRefScope.IsLocal => true;

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef? sender)
    {
    }

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => this;

    void IInternalActorRef.SendSystemMessage(SystemMessage message)
    {
    }

    void IInternalActorRef.Start()
    {
    }

    void IInternalActorRef.Stop()
    {
    }

    void IInternalActorRef.Suspend()
    {
    }

    void IInternalActorRef.Resume(Exception? causedByFailure)
    {
    }

    void IInternalActorRef.Restart(Exception cause)
    {
    }
}

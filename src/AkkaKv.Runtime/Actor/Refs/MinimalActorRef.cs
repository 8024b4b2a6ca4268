using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>A reference with no actor behind it: every operation does nothing unless it is overridden.</summary>
internal abstract class MinimalActorRef : ActorRefBase, IInternalActorRef
{
    public virtual IInternalActorRef Parent => Nobody.Internal;

    public abstract IActorRefProvider Provider { get; }

    public virtual bool IsTerminated => false;

    public virtual bool IsLocal => true;

    public virtual IActorRef GetChild(IReadOnlyList<string> name) => name.All(string.IsNullOrEmpty) ? this : Nobody.Instance;

    public virtual void SendSystemMessage(SystemMessage message)
    {
    }

    public virtual void Start()
    {
    }

    public virtual void Stop()
    {
    }

    public virtual void Suspend()
    {
    }

    public virtual void Resume(Exception? causedByFailure = null)
    {
    }

    public virtual void Restart(Exception cause)
    {
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
    }
}

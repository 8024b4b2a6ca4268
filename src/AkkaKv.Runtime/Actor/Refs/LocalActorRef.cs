using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference of an actor of this process.</summary>
internal sealed class LocalActorRef : ActorRefBase, IInternalActorRef
{
    public LocalActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, MailboxType mailboxType, IInternalActorRef supervisor, ActorPath path)
    {
        Path = path;
        Cell = new ActorCell(system, this, props, dispatcher, supervisor);
        Cell.Initialize(mailboxType);
    }

    /// <summary>The actor behind the reference.</summary>
    public ActorCell Cell { get; }

    public override ActorPath Path { get; }

    public IInternalActorRef Parent => Cell.Parent;

    public IActorRefProvider Provider => Cell.SystemImpl.Provider;

    public bool IsTerminated => Cell.IsTerminated;

    public bool IsLocal => true;

    public void Start() => Cell.Start();

    public void Stop() => Cell.SendSystemMessage(new Terminate());

    public void Suspend() => Cell.SendSystemMessage(new Suspend());

    public void Resume(Exception? causedByFailure = null) => Cell.SendSystemMessage(new Resume(causedByFailure));

    public void Restart(Exception cause) => Cell.SendSystemMessage(new Recreate(cause));

    public void SendSystemMessage(SystemMessage message) => Cell.SendSystemMessage(message);

    public IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef current = this;
        for (var i = 0; i < name.Count; i++)
        {
            if (name[i].Length == 0) continue;
            if (name[i] == "..")
            {
                current = current.Parent;
                continue;
            }
            if (current is not LocalActorRef local) return current.GetChild(name.Skip(i).ToList());
            if (local.Cell.Children.Find(name[i]) is not { } child) return Nobody.Instance;
            current = child;
        }
        return current;
    }

    protected override void TellInternal(object message, IActorRef? sender) => Cell.SendMessage(message, sender);
}

using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>A reference without an actor that completes a task with the first message it gets: the sender of an Ask.</summary>
internal sealed class PromiseActorRef : MinimalActorRef
{
    private readonly TaskCompletionSource<object> _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PromiseActorRef(IActorRefProvider provider)
    {
        Provider = provider;
        Path = provider.TempPath();
        provider.RegisterTempActor(this, Path);
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    public override IInternalActorRef Parent => Provider.TempContainer;

    public override bool IsTerminated => _promise.Task.IsCompleted;

    /// <summary>The first message.</summary>
    public Task<object> Result => _promise.Task;

    public bool TryFail(Exception cause) => Release() && _promise.TrySetException(cause);

    public bool TryCancel(CancellationToken token) => Release() && _promise.TrySetCanceled(token);

    public override void SendSystemMessage(SystemMessage message)
    {
        switch (message)
        {
            case DeathWatchNotification dead:
                Tell(new Terminated(dead.Actor, dead.ExistenceConfirmed, dead.AddressTerminated), dead.Actor);
                break;
            case Watch when IsTerminated:
                EmptyLocalActorRef.HandleDead(message, this);
                break;
        }
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (message is Identify identify) sender?.Tell(new ActorIdentity(identify.MessageId, this), this);
        else if (message is ActorSelectionMessage selection) TellInternal(selection.Message, sender);
        else if (!_promise.TrySetResult(message)) Provider.DeadLetters.Tell(message, sender);
        else Release();
    }

    private bool Release()
    {
        Provider.UnregisterTempActor(Path);
        return true;
    }
}

namespace Akka.Actor;

/// <summary>Sends <see cref="ReceiveTimeout"/> to the actor when no message came for the set time.</summary>
internal sealed class ReceiveTimeoutTimer(ActorCell cell)
{
    private ICancelable? _pending;
    private bool _keep;

    public TimeSpan? Timeout { get; private set; }

    public bool IsSet => Timeout is not null || _pending is not null;

    public void Set(TimeSpan? timeout)
    {
        Timeout = timeout is { } value && value > TimeSpan.Zero ? value : null;
        Cancel();
        if (Timeout is not null) Schedule();
    }

    public void MessageArrives(object message)
    {
        _keep = message is INotInfluenceReceiveTimeout or TimerMessage { DoesNotInfluenceReceiveTimeout: true };
        if (!_keep) Cancel();
    }

    public void MessageHandled()
    {
        if (Timeout is not null && !_keep && _pending is null) Schedule();
    }

    private void Schedule() => _pending = cell.System.Scheduler.ScheduleTellOnceCancelable(Timeout!.Value, cell.Self, ReceiveTimeout.Instance, cell.Self);

    private void Cancel()
    {
        _pending?.Cancel(false);
        _pending = null;
    }
}

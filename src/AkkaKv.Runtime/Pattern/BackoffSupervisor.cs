using Akka.Actor;

namespace Akka.Pattern;

/// <summary>
/// The parent of one child that is started again after growing pauses when it stops or fails. What is sent to it goes to the
/// child; what the child sends to it goes to its own parent.
/// </summary>
public sealed class BackoffSupervisor : ActorBase
{
    private readonly BackoffSettings _settings;
    private IActorRef? _child;
    private int _restarts;
    private bool _finalStop;

    internal BackoffSupervisor(BackoffSettings settings) => _settings = settings;

    /// <summary>The recipe of a supervisor that starts its child again after it has stopped.</summary>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        Props(new BackoffSettings(false, childProps, childName, minBackoff, maxBackoff, randomFactor));

    /// <summary>The recipe of a supervisor with these options.</summary>
    public static Props Props(BackoffOptions options)
    {
        var settings = (BackoffSettings)options;
        return Akka.Actor.Props.Create(() => new BackoffSupervisor(settings));
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        var directive = _settings.Strategy.Decider.Decide(cause);
        // The pause takes the place of the restart: the child is stopped now and made again later.
        return directive == Directive.Restart && _settings.OnFailure ? Directive.Stop : directive;
    });

    /// <inheritdoc/>
    protected override void PreStart() => Start();

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(_child):
                ChildStopped();
                break;
            case StartChild:
                Start();
                break;
            case ResetIfUnchanged reset:
                if (reset.Restarts == _restarts) _restarts = 0;
                break;
            case Reset:
                if (_settings.ResetAfter is null) _restarts = 0;
                else Unhandled(message);
                break;
            case GetCurrentChild:
                Sender.Tell(new CurrentChild(_child ?? ActorRefs.Nobody));
                break;
            case GetRestartCount:
                Sender.Tell(new RestartCount(_restarts));
                break;
            default:
                Pass(message);
                break;
        }
        return true;
    }

    private void Start()
    {
        if (_child is not null) return;
        _child = Context.Watch(Context.ActorOf(_settings.ChildProps, _settings.ChildName));
        if (_settings.ResetAfter is { } time && _restarts > 0)
            Context.System.Scheduler.ScheduleTellOnce(time, Self, new ResetIfUnchanged(_restarts), Self);
    }

    private void ChildStopped()
    {
        _child = null;
        if (_finalStop || (_settings.MaxRetries >= 0 && _restarts >= _settings.MaxRetries))
        {
            Context.Stop(Self);
            return;
        }
        Context.System.Scheduler.ScheduleTellOnce(_settings.Delay(_restarts, Random.Shared.NextDouble()), Self, StartChild.Instance, Self);
        _restarts++;
    }

    private void Pass(object message)
    {
        if (_child is not null && Sender.Equals(_child))
        {
            Context.Parent.Forward(message);
        }
        else if (_child is not null)
        {
            _finalStop |= _settings.IsFinalStop?.Invoke(message) == true;
            _child.Forward(message);
        }
        else if (_settings.IsFinalStop?.Invoke(message) == true)
        {
            Context.Stop(Self);
        }
        else if (_settings.ReplyWhileStopped is { } reply)
        {
            Sender.Tell(reply);
        }
        else
        {
            Context.System.DeadLetters.Forward(message);
        }
    }

    /// <summary>Asks for the child.</summary>
    public sealed class GetCurrentChild
    {
        /// <summary>The only one.</summary>
        public static readonly GetCurrentChild Instance = new();

        private GetCurrentChild()
        {
        }
    }

    /// <summary>The answer to <see cref="GetCurrentChild"/>.</summary>
    public sealed class CurrentChild(IActorRef @ref)
    {
        /// <summary>The child, or nobody.</summary>
        public IActorRef Ref { get; } = @ref;
    }

    /// <summary>Sets the count of restarts to zero, where that is manual.</summary>
    public sealed class Reset
    {
        /// <summary>The only one.</summary>
        public static readonly Reset Instance = new();

        private Reset()
        {
        }
    }

    /// <summary>Asks for the count of restarts.</summary>
    public sealed class GetRestartCount
    {
        /// <summary>The only one.</summary>
        public static readonly GetRestartCount Instance = new();

        private GetRestartCount()
        {
        }
    }

    /// <summary>The answer to <see cref="GetRestartCount"/>.</summary>
    public sealed class RestartCount(int count)
    {
        /// <summary>How often the child was started again since the last reset.</summary>
        public int Count { get; } = count;
    }

    private sealed class StartChild
    {
        public static readonly StartChild Instance = new();
    }

    private sealed record ResetIfUnchanged(int Restarts);
}

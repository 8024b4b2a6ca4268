using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The shell of an actor: outlives its instances, holds mailbox, children, watches and behaviours, and is the actor's context.
/// Everything but sending runs on the thread that runs the mailbox. Creation, failure, restart and end are in
/// <see cref="CellLifecycle"/>, watching in <see cref="DeathWatch"/>.
/// </summary>
internal sealed class ActorCell : IUntypedActorContext
{
    internal const long UndefinedUid = 0;

    [ThreadStatic]
    private static ActorCell? _current;

    private readonly Behaviors _behaviors = new();
    private readonly ReceiveTimeoutTimer _receiveTimeout;
    private ActorTaskRunner? _tasks;
    private object? _currentMessage;
    private IActorRef? _sender;
    private bool _terminated;

    public ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        SystemImpl = system;
        SelfRef = self;
        Props = props;
        Dispatcher = dispatcher;
        Parent = parent;
        Children = new Children(this);
        Watching = new DeathWatch(this);
        Lifecycle = new CellLifecycle(this);
        _receiveTimeout = new ReceiveTimeoutTimer(this);
    }

    /// <summary>The cell whose actor's code is running on this thread.</summary>
    public static ActorCell? Current
    {
        get => _current;
        set => _current = value;
    }

    public ActorSystemImpl SystemImpl { get; }

    public LocalActorRef SelfRef { get; }

    public IActorRef Self => SelfRef;

    public Props Props { get; }

    public MessageDispatcher Dispatcher { get; }

    public IInternalActorRef Parent { get; }

    public Children Children { get; }

    public DeathWatch Watching { get; }

    public CellLifecycle Lifecycle { get; }

    public Behaviors Behaviors => _behaviors;

    public Mailbox Mailbox { get; private set; } = null!;

    /// <summary>The instance; null before creation and after the end.</summary>
    public ActorBase? Actor { get; set; }

    public object? CurrentMessage => _currentMessage;

    public Envelope CurrentEnvelope
    {
        get => new(_currentMessage!, _sender);
        set => (_currentMessage, _sender) = (value.Message, value.Sender);
    }

    public bool IsTerminated => Volatile.Read(ref _terminated);

    public IActorRef Sender => _sender ?? SystemImpl.DeadLetters;

    public ActorSystem System => SystemImpl;

    public TimeSpan? ReceiveTimeout => _receiveTimeout.Timeout;

    public ActorTaskRunner Tasks => _tasks ??= new ActorTaskRunner(this);

    IActorRef IActorContext.Parent => Parent;

    public void Initialize(MailboxType mailboxType)
    {
        Mailbox = new Mailbox(mailboxType.Create(Self, System), Dispatcher, this);
        Mailbox.EnqueueSystem(new Create());
    }

    public void Start()
    {
        Dispatcher.Attach();
        Dispatcher.RegisterForExecution(Mailbox, false, true);
    }

    /// <summary>The way of every ordinary message; allocates nothing.</summary>
    public void SendMessage(object message, IActorRef? sender)
    {
        if (message is null) throw new InvalidMessageException();
        Mailbox.Enqueue(new Envelope(message, sender));
        Dispatcher.RegisterForExecution(Mailbox, true, false);
    }

    public void SendSystemMessage(SystemMessage message)
    {
        if (Mailbox.EnqueueSystem(message)) Dispatcher.RegisterForExecution(Mailbox, false, true);
        else EmptyLocalActorRef.HandleDead(message, Self);
    }

    /// <summary>Handles one ordinary message.</summary>
    public void Invoke(in Envelope envelope)
    {
        _currentMessage = envelope.Message;
        _sender = envelope.Sender;
        try
        {
            if (_receiveTimeout.IsSet) _receiveTimeout.MessageArrives(envelope.Message);
            if (envelope.Message is IAutoReceivedMessage) AutoReceive(envelope.Message);
            else ReceiveMessage(envelope.Message);
            if (!Mailbox.IsSuspended) _currentMessage = null;
        }
        catch (Exception e)
        {
            Lifecycle.HandleFailure(e);
        }
        if (_receiveTimeout.IsSet) _receiveTimeout.MessageHandled();
    }

    /// <summary>Gives the message to the current behaviour.</summary>
    public void ReceiveMessage(object message) => Actor!.AroundReceive(_behaviors.Current, message);

    public void InvokeSystem(SystemMessage message)
    {
        try
        {
            switch (message)
            {
                case Create: Lifecycle.Create(); break;
                case Watch watch: Watching.AddWatcher(watch.Watchee, watch.Watcher); break;
                case Unwatch unwatch: Watching.RemoveWatcher(unwatch.Watchee, unwatch.Watcher); break;
                case DeathWatchNotification dead: Watching.ActorTerminated(dead); break;
                case Failed failed: Lifecycle.ChildFailed(failed); break;
                case Recreate recreate: Lifecycle.Recreate(recreate.Cause); break;
                case Suspend: Lifecycle.Suspend(); break;
                case Resume resume: Lifecycle.Resume(resume.CausedByFailure); break;
                case Terminate: Lifecycle.Terminate(); break;
                case ActorTaskMessage task: task.Run(); break;
            }
        }
        catch (Exception e)
        {
            Lifecycle.HandleFailure(e, message is Failed failed ? failed.Child : null);
        }
    }

    public IActorRef ActorOf(Props props, string? name = null) => Children.Make(props, name, systemService: false);

    public ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, System, Self);

    public ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, System);

    public IActorRef Watch(IActorRef subject) => Watching.Watch(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message) => Watching.Watch(subject, message);

    public IActorRef Unwatch(IActorRef subject) => Watching.Unwatch(subject);

    public void Become(Receive receive) => _behaviors.Replace(receive);

    public void Become(UntypedReceive receive) => _behaviors.Replace(Handled(receive));

    public void BecomeStacked(Receive receive) => _behaviors.Push(receive);

    public void BecomeStacked(UntypedReceive receive) => _behaviors.Push(Handled(receive));

    public void UnbecomeStacked() => _behaviors.Pop();

    public IActorRef Child(string name) => Children.Find(name) ?? (IActorRef)Nobody.Instance;

    public IEnumerable<IActorRef> GetChildren() => Children.All();

    public void SetReceiveTimeout(TimeSpan? timeout) => _receiveTimeout.Set(timeout);

    public void Stop(IActorRef child)
    {
        Lifecycle.ChildIsStopping(child);
        ((IInternalActorRef)child).Stop();
    }

    /// <summary>The end: closes the mailbox, so that what is left becomes dead letters.</summary>
    public void Close()
    {
        Volatile.Write(ref _terminated, true);
        _receiveTimeout.Set(null);
        Mailbox.Close();
        Dispatcher.Detach();
    }

    private static Receive Handled(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case TimerMessage timer:
                if (timer.Owner.Accept(timer) is { } due) Redeliver(due);
                break;
            case Terminated terminated:
                Watching.DeliverTerminated(terminated);
                break;
            case PoisonPill:
                SelfRef.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, Self), Self);
                break;
            case ActorSelectionMessage selection:
                Akka.Actor.ActorSelection.Deliver(SelfRef, _sender, selection);
                break;
            default:
                ReceiveMessage(message);
                break;
        }
    }

    private void Redeliver(object due)
    {
        _currentMessage = due;
        if (due is IAutoReceivedMessage) AutoReceive(due);
        else ReceiveMessage(due);
    }
}

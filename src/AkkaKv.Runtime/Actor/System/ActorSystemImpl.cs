using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Builds a system's parts in the order of their dependence, and takes them down in the reverse one.</summary>
internal sealed class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly ConcurrentStack<Action> _onTermination = new();
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILoggingAdapter _log;

    public ActorSystemImpl(string name, Config config)
    {
        Name = name;
        StartTime = SchedulerBase.Monotonic();
        Settings = new Settings(this, config);
        EventStream = new EventStream(debug: false);
        EventStream.StartStdoutLogger(Settings);
        _log = new BusLogging(EventStream, $"ActorSystem({name})", typeof(ActorSystem), DefaultLogMessageFormatter.Instance);
        Scheduler = MakeScheduler();
        Provider = ActorRefProviders.Create(name, Settings, EventStream);
        DeadLetterQueue = new DeadLetterQueue(Provider.DeadLetters, EventStream);
        Mailboxes = new Mailboxes(this);
        Dispatchers = new Dispatchers(this, new DefaultDispatcherPrerequisites(EventStream, Scheduler, Settings, Mailboxes));
        Serialization = new Serialization.Serialization(this);
    }

    public override string Name { get; }

    public override Settings Settings { get; }

    public override EventStream EventStream { get; }

    public override IScheduler Scheduler { get; }

    public override Dispatchers Dispatchers { get; }

    public override Mailboxes Mailboxes { get; }

    public override Serialization.Serialization Serialization { get; }

    public override ILoggingAdapter Log => _log;

    public override TimeSpan StartTime { get; }

    public override Task WhenTerminated => _terminated.Task;

    public override IActorRef DeadLetters => Provider.DeadLetters;

    public IActorRefProvider Provider { get; }

    public DeadLetterQueue DeadLetterQueue { get; }

    public ActorSystemImpl Start()
    {
        try
        {
            Provider.Init(this);
            _log = new BusLogging(EventStream, $"{Provider.DefaultAddress}", typeof(ActorSystem), DefaultLogMessageFormatter.Instance);
            EventStream.StartDefaultLoggers(this);
            if (Settings.LogDeadLetters > 0) SystemActorOf(Props.Create<DeadLetterListener>(), "deadLetterListener");
            CoordinatedShutdown.Get(this);
            foreach (var name in Settings.Config.GetStringList("akka.extensions")) RegisterExtension(MakeExtensionId(name));
        }
        catch
        {
            (Scheduler as IDisposable)?.Dispose();
            Dispatchers.Shutdown();
            throw;
        }
        Provider.TerminationTask.ContinueWith(_ => End(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return this;
    }

    public override IActorRef ActorOf(Props props, string? name = null) => Provider.Guardian.Cell.Children.Make(props, name, systemService: false);

    public override IActorRef SystemActorOf(Props props, string? name = null) => Provider.SystemGuardian.Cell.Children.Make(props, name, systemService: true);

    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this);

    public override ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this, Provider.RootGuardian);

    public override void Stop(IActorRef actor) => ((IInternalActorRef)actor).Stop();

    public override Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate)
            CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    /// <summary>Stops the user's actors; the guardians follow.</summary>
    public void FinalTerminate() => Provider.Guardian.Stop();

    public override void RegisterOnTermination(Action code)
    {
        if (WhenTerminated.IsCompleted) throw new InvalidOperationException("The actor system has ended.");
        _onTermination.Push(code);
    }

    public override object RegisterExtension(IExtensionId extension) =>
        _extensions.GetOrAdd(extension.ExtensionType, _ => new Lazy<object>(() => extension.CreateExtension(this))).Value;

    public override object GetExtension(IExtensionId extensionId) =>
        _extensions.TryGetValue(extensionId.ExtensionType, out var extension) ? extension.Value : throw NotRegistered(extensionId.ExtensionType);

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension! : throw NotRegistered(typeof(T));

    public override bool HasExtension<T>() => _extensions.ContainsKey(typeof(T));

    public override bool TryGetExtension<T>(out T? extension) where T : class
    {
        extension = _extensions.TryGetValue(typeof(T), out var found) ? (T)found.Value : null;
        return extension is not null;
    }

    private static KeyNotFoundException NotRegistered(Type type) => new($"Extension {type} is not registered.");

    private IScheduler MakeScheduler()
    {
        var type = TypeNames.Find(Settings.SchedulerClass, typeof(IScheduler))
            ?? throw new ConfigurationException($"akka.scheduler.implementation: '{Settings.SchedulerClass}' is not a scheduler.");
        return (IScheduler)Activator.CreateInstance(type, Settings.Config, Log)!;
    }

    private static IExtensionId MakeExtensionId(string name) =>
        TypeNames.Find(name, typeof(IExtensionId)) is { } type
            ? (IExtensionId)Activator.CreateInstance(type)!
            : throw new ConfigurationException($"akka.extensions: '{name}' is not the id of an extension.");

    private void End()
    {
        while (_onTermination.TryPop(out var code))
        {
            try
            {
                code();
            }
            catch (Exception e)
            {
                Log.Error(e, "An action at the end of the actor system failed.");
            }
        }
        (Scheduler as IDisposable)?.Dispose();
        Dispatchers.Shutdown();
        _terminated.TrySetResult();
    }
}

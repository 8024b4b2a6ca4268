using Akka.Actor;
using Akka.Configuration;

namespace AkkaKv.Runtime.Tests.Actors;

/// <summary>An actor system for one test, with loggers off, and helpers that wait with a deadline.</summary>
public abstract class ActorTest : IAsyncLifetime
{
    protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    protected ActorTest(string config = "") =>
        System = ActorSystem.Create("test", ConfigurationFactory.ParseString(config + "\nakka.loglevel = OFF, akka.stdout-loglevel = OFF"));

    protected ActorSystem System { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await System.Terminate().WaitAsync(Deadline);

    /// <summary>An actor that notes all it gets; its notes are read in order, each with a deadline.</summary>
    protected Recorder Record() => new(System);

    protected IActorRef Run(Action<Scripted.Handlers> script, string? name = null) => System.ActorOf(Scripted.Props(script), name);
}

/// <summary>Collects the messages of an actor for a test.</summary>
public sealed class Recorder
{
    private readonly global::System.Threading.Channels.Channel<(object Message, IActorRef Sender)> _seen =
        global::System.Threading.Channels.Channel.CreateUnbounded<(object, IActorRef)>();

    public Recorder(ActorSystem system) => Ref = system.ActorOf(Props.Create(() => new RecordingActor(this)));

    public IActorRef Ref { get; }

    public async Task<(object Message, IActorRef Sender)> NextWithSender() =>
        await _seen.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    public async Task<object> Next() => (await NextWithSender()).Message;

    public async Task Expect(params object[] messages)
    {
        foreach (var expected in messages) Assert.Equal(expected, await Next());
    }

    /// <summary>Nothing else has come: a marker sent now is the next message.</summary>
    public async Task ExpectNothing()
    {
        var marker = new object();
        Ref.Tell(marker);
        Assert.Same(marker, await Next());
    }

    private sealed class RecordingActor(Recorder owner) : UntypedActor
    {
        protected override void OnReceive(object message) => owner._seen.Writer.TryWrite((message, Sender));
    }
}

/// <summary>An actor whose parts a test writes as lambdas.</summary>
public sealed class Scripted : UntypedActor, IWithUnboundedStash, IWithTimers
{
    private readonly Handlers _handlers;

    public Scripted(Handlers handlers)
    {
        _handlers = handlers;
        handlers.Constructed?.Invoke(this);
    }

    public IStash Stash { get; set; } = null!;

    public ITimerScheduler Timers { get; set; } = null!;

    public IUntypedActorContext Ctx => Context;

    public IActorRef Me => Self;

    public IActorRef From => Sender;

    public static Props Props(Action<Handlers> script)
    {
        var handlers = new Handlers();
        script(handlers);
        return Akka.Actor.Props.Create(() => new Scripted(handlers));
    }

    public void DoUnhandled(object message) => Unhandled(message);

    protected override void OnReceive(object message) => _handlers.Receive(this, message);

    protected override void PreStart() => _handlers.PreStart?.Invoke(this);

    protected override void PostStop() => _handlers.PostStop?.Invoke(this);

    protected override void PreRestart(Exception reason, object message)
    {
        _handlers.PreRestart?.Invoke(this, reason, message);
        if (!_handlers.KeepChildren) base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        _handlers.PostRestart?.Invoke(this, reason);
        base.PostRestart(reason);
    }

    protected override SupervisorStrategy SupervisorStrategy() => _handlers.Strategy ?? base.SupervisorStrategy();

    public sealed class Handlers
    {
        public Action<Scripted, object> Receive { get; set; } = (_, _) => { };

        public Action<Scripted>? Constructed { get; set; }

        public Action<Scripted>? PreStart { get; set; }

        public Action<Scripted>? PostStop { get; set; }

        public Action<Scripted, Exception, object>? PreRestart { get; set; }

        public Action<Scripted, Exception>? PostRestart { get; set; }

        public bool KeepChildren { get; set; }

        public SupervisorStrategy? Strategy { get; set; }
    }
}

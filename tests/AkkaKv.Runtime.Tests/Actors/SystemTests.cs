using Akka;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Serialization;

namespace AkkaKv.Runtime.Tests.Actors;

public class SystemTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private static ActorSystem Start(string config = "") =>
        ActorSystem.Create("system", ConfigurationFactory.ParseString(config).WithFallback(ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }")));

    [Theory]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData("a_b")]
    public void A_system_name_has_only_letters_digits_and_hyphens(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public async Task Shutdown_runs_the_phases_in_their_order_and_ends_the_system()
    {
        var system = Start();
        var notes = new List<string>();
        var shutdown = CoordinatedShutdown.Get(system);
        foreach (var phase in new[] { CoordinatedShutdown.PhaseBeforeActorSystemTerminate, CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseClusterLeave })
        {
            shutdown.AddTask(phase, "note", () =>
            {
                lock (notes) notes.Add(phase);
                return Task.FromResult(Done.Instance);
            });
        }
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Deadline);
        Assert.Equal(["before-service-unbind", "service-unbind", "cluster-leave", "before-actor-system-terminate"], notes);
        Assert.True(system.WhenTerminated.IsCompleted);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task A_failing_or_hanging_task_does_not_stop_the_shutdown()
    {
        var system = Start("akka.coordinated-shutdown.phases.service-stop.timeout = 20ms");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => throw new InvalidOperationException("oops"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "hangs", () => new TaskCompletionSource<Done>().Task);
        await system.Terminate().WaitAsync(Deadline);
    }

    [Fact]
    public async Task A_task_for_an_unknown_phase_is_refused()
    {
        var system = Start();
        Assert.Throws<ConfigurationException>(() => CoordinatedShutdown.Get(system).AddTask("no-such-phase", "x", () => Task.FromResult(Done.Instance)));
        await system.Terminate().WaitAsync(Deadline);
    }

    [Fact]
    public async Task Terminate_stops_all_actors_then_runs_the_termination_actions()
    {
        var system = Start();
        var notes = new List<string>();
        system.ActorOf(Scripted.Props(h => h.PostStop = _ => notes.Add("actor stopped")));
        system.RegisterOnTermination(() => notes.Add("terminated"));
        await system.Terminate().WaitAsync(Deadline);
        Assert.Equal(["actor stopped", "terminated"], notes);
    }

    [Fact]
    public async Task A_logger_actor_of_ones_own_gets_the_entries_of_its_level()
    {
        NotingLogger.Notes.Clear();
        var system = Start("akka { loglevel = INFO, loggers = [\"AkkaKv.Runtime.Tests.Actors.SystemTests+NotingLogger, AkkaKv.Runtime.Tests\"] }");
        var log = Logging.GetLogger(system, "here");
        log.Debug("not this");
        log.Info("{0} and {1}", 1, "two");
        log.Error(new InvalidOperationException("oops"), "failed");
        Assert.False(log.IsDebugEnabled);
        await Remoting.TestSystems.Eventually(() => NotingLogger.Notes.Any(n => n.StartsWith("ERROR", StringComparison.Ordinal)), "the last entry");
        await system.Terminate().WaitAsync(Deadline);
        Assert.Equal(["INFO here 1 and two ", "ERROR here failed oops"], NotingLogger.Notes.Where(n => n.Contains("here")));
    }

    [Fact]
    public async Task The_event_stream_delivers_by_type_base_type_and_interface()
    {
        var system = Start();
        var seen = new Recorder(system);
        Assert.True(system.EventStream.Subscribe(seen.Ref, typeof(IFormattable)));
        Assert.False(system.EventStream.Subscribe(seen.Ref, typeof(IFormattable)));
        system.EventStream.Publish(1);
        system.EventStream.Publish("not formattable");
        system.EventStream.Publish(2.5);
        await seen.Expect(1, 2.5);
        Assert.True(system.EventStream.Unsubscribe(seen.Ref));
        system.EventStream.Publish(3);
        await seen.ExpectNothing();
        await system.Terminate().WaitAsync(Deadline);
    }

    [Fact]
    public async Task An_extension_is_made_once()
    {
        var system = Start();
        var counter = new CounterProvider().Apply(system);
        Assert.Same(counter, new CounterProvider().Apply(system));
        Assert.Same(counter, system.GetExtension<Counter>());
        Assert.True(system.HasExtension<Counter>());
        await system.Terminate().WaitAsync(Deadline);
    }

    [Fact]
    public async Task A_serializer_is_found_by_the_type_and_its_bytes_by_the_number()
    {
        var system = Start("""
            akka.actor {
              serializers.point = "AkkaKv.Runtime.Tests.Actors.SystemTests+PointSerializer, AkkaKv.Runtime.Tests"
              serialization-bindings { "AkkaKv.Runtime.Tests.Actors.SystemTests+Point, AkkaKv.Runtime.Tests" = point }
              serialization-identifiers { "AkkaKv.Runtime.Tests.Actors.SystemTests+PointSerializer, AkkaKv.Runtime.Tests" = 77 }
            }
            """);
        var serializer = system.Serialization.FindSerializerFor(new Point(1, 2));
        Assert.Equal(77, serializer.Identifier);
        var bytes = serializer.ToBinary(new Point(1, 2));
        Assert.Equal(new Point(1, 2), system.Serialization.Deserialize(bytes, 77, "p"));
        Assert.ThrowsAny<Exception>(() => system.Serialization.Deserialize(bytes, 77, "AkkaKv.Runtime.Tests.Actors.SystemTests+Point"));
        Assert.ThrowsAny<Exception>(() => system.Serialization.Deserialize(bytes, 78, "p"));
        await system.Terminate().WaitAsync(Deadline);
    }

    [Fact]
    public void Paths_are_parsed_and_compared_without_the_incarnation()
    {
        var path = ActorPath.Parse("akka.tcp://sys@host:7000/user/a/b#17");
        Assert.Equal("b", path.Name);
        Assert.Equal(17, path.Uid);
        Assert.Equal(["user", "a", "b"], path.Elements);
        Assert.Equal("/user/a", path.Parent.ToStringWithoutAddress());
        Assert.Equal(path, new RootActorPath(new Address("akka.tcp", "sys", "host", 7000)) / "user" / "a" / "b");
        Assert.Equal("akka.tcp://sys@host:7000/user/a/b#17", path.ToSerializationFormat());
    }

    public sealed record Point(int X, int Y);

    public sealed class PointSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override string Manifest(object o) => "p";

        public override byte[] ToBinary(object obj) => [(byte)((Point)obj).X, (byte)((Point)obj).Y];

        public override object FromBinary(byte[] bytes, string manifest) =>
            manifest == "p" ? new Point(bytes[0], bytes[1]) : throw new ArgumentException($"Unknown manifest {manifest}.");
    }

    public sealed class Counter : IExtension;

    public sealed class CounterProvider : ExtensionIdProvider<Counter>
    {
        public override Counter CreateExtension(ExtendedActorSystem system) => new();
    }

    public sealed class NotingLogger : UntypedActor
    {
        public static System.Collections.Concurrent.ConcurrentQueue<string> Notes { get; } = [];

        protected override void OnReceive(object message)
        {
            if (message is InitializeLogger) Sender.Tell(new LoggerInitialized());
            else if (message is LogEvent entry) Notes.Enqueue($"{entry.LogLevel().StringFor()} {entry.LogSource} {entry.Message} {entry.Cause?.Message}");
        }
    }
}

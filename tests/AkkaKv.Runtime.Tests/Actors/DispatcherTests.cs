using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace AkkaKv.Runtime.Tests.Actors;

/// <summary>A dispatcher of a user's own: runs the mailbox on the thread of the sender.</summary>
public sealed class InlineDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
    protected override void ExecuteTask(IRunnable run) => run.Run();

    protected override void Shutdown()
    {
    }
}

public sealed class InlineDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly InlineDispatcher _dispatcher;

    public InlineDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites) =>
        _dispatcher = new InlineDispatcher(this);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}

public class DispatcherTests() : ActorTest("""
    pinned { type = PinnedDispatcher }
    fork-join { type = ForkJoinDispatcher, dedicated-thread-pool.thread-count = 2 }
    task { type = TaskDispatcher }
    inline { type = "AkkaKv.Runtime.Tests.Actors.InlineDispatcherConfigurator, AkkaKv.Runtime.Tests", throughput = 3 }
    unknown { type = "No.Such.Type, Nowhere" }
    akka.actor.deployment { "/deployed" { dispatcher = inline } }
    """)
{
    private IActorRef RunOn(string dispatcher, Action<Scripted, object> receive, string? name = null) =>
        System.ActorOf(Scripted.Props(h => h.Receive = receive).WithDispatcher(dispatcher), name);

    [Theory]
    [InlineData("pinned")]
    [InlineData("fork-join")]
    [InlineData("task")]
    [InlineData("inline")]
    [InlineData("akka.actor.default-dispatcher")]
    public async Task Every_dispatcher_delivers_in_order(string dispatcher)
    {
        var seen = Record();
        var actor = RunOn(dispatcher, (_, message) => seen.Ref.Tell(message));
        for (var i = 0; i < 2_000; i++) actor.Tell(i);
        for (var i = 0; i < 2_000; i++) Assert.Equal(i, await seen.Next());
    }

    [Fact]
    public async Task A_pinned_dispatcher_gives_each_actor_a_thread_of_its_own()
    {
        static void Answer(Scripted self, object _) => self.From.Tell(Environment.CurrentManagedThreadId);
        var first = RunOn("pinned", Answer);
        var second = RunOn("pinned", Answer);
        var threads = new HashSet<int>();
        for (var i = 0; i < 5; i++) threads.Add(await first.Ask<int>("thread", Deadline));
        Assert.Single(threads);
        Assert.DoesNotContain(await second.Ask<int>("thread", Deadline), threads);
    }

    [Fact]
    public void An_inline_dispatcher_has_handled_the_message_when_Tell_returns()
    {
        var thread = 0;
        var actor = RunOn("inline", (_, _) => thread = Environment.CurrentManagedThreadId);
        actor.Tell("x");
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void The_dispatcher_can_be_set_by_the_actors_path()
    {
        var thread = 0;
        var actor = System.ActorOf(Scripted.Props(h => h.Receive = (_, _) => thread = Environment.CurrentManagedThreadId), "deployed");
        actor.Tell("x");
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void An_inline_actor_that_tells_itself_neither_nests_nor_overflows_the_stack()
    {
        var count = 0;
        var inside = false;
        var actor = RunOn("inline", (self, message) =>
        {
            Assert.False(inside);
            inside = true;
            count++;
            if ((int)message > 0) self.Me.Tell((int)message - 1);
            inside = false;
        });
        actor.Tell(200_000);
        Assert.Equal(200_001, count);
    }

    [Fact]
    public async Task An_inline_actor_never_runs_on_two_threads_at_once_and_loses_nothing()
    {
        var (count, busy, overlaps) = (0, 0, 0);
        var actor = RunOn("inline", (_, _) =>
        {
            if (Interlocked.Exchange(ref busy, 1) != 0) overlaps++;
            count++;
            Volatile.Write(ref busy, 0);
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 50_000; i++) actor.Tell(actor);
        })));
        // A message left to the thread that was running then is handled by the time of the next turn.
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref count) == 200_000, Deadline), $"{count} of 200000 handled");
        Assert.Equal(0, overlaps);
    }

    [Fact]
    public void Telling_an_inline_actor_allocates_nothing()
    {
        var count = 0;
        var actor = RunOn("inline", (_, _) => count++);
        var message = new object();
        for (var i = 0; i < 100_000; i++) actor.Tell(message, ActorRefs.NoSender!);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) actor.Tell(message, ActorRefs.NoSender!);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(110_000, count);
    }

    [Fact]
    public void A_dispatcher_that_is_not_configured_is_an_error_that_names_it()
    {
        Assert.Contains("missing", Assert.Throws<ConfigurationException>(() => RunOn("missing", (_, _) => { })).Message);
        Assert.Contains("No.Such.Type", Assert.Throws<ConfigurationException>(() => RunOn("unknown", (_, _) => { })).Message);
    }
}

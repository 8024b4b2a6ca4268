using Akka;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using static AkkaKv.Runtime.Tests.Remoting.TestSystems;

namespace AkkaKv.Runtime.Tests.Remoting;

public class RemoteActorTests
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_selection_of_another_node_delivers_and_the_answer_comes_back()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        Collect(b, "echo");

        var answer = await a.ActorSelection($"{AddressOf(b)}/user/echo").Ask<string>("echo hello", AskTimeout);

        Assert.Equal("hello", answer);
    }

    [Fact]
    public async Task A_selection_resolves_to_a_reference_that_carries_the_other_nodes_address()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        var (local, _) = Collect(b, "echo");

        var reference = await a.ActorSelection($"{AddressOf(b)}/user/echo").ResolveOne(AskTimeout);

        Assert.Equal((local.Path.ToStringWithoutAddress(), local.Path.Uid), (reference.Path.ToStringWithoutAddress(), reference.Path.Uid));
        Assert.Equal(AddressOf(b), reference.Path.Address);
        Assert.Equal("again", await reference.Ask<string>("echo again", AskTimeout));
    }

    [Fact]
    public async Task A_sender_of_the_same_system_has_a_local_address_and_one_from_elsewhere_its_own()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        var here = a.ActorOf(Props.Create(() => new ScopeOfSender()), "scope");
        b.ActorOf(Props.Create(() => new ScopeOfSender()), "scope");

        Assert.True(here.Path.Address.HasLocalScope);
        Assert.Equal("akka://test/user/scope", here.Path.ToString());
        Assert.Equal("akka://test", await here.Ask<string>("who", AskTimeout));
        Assert.Equal(AddressOf(a).ToString(), await a.ActorSelection($"{AddressOf(b)}/user/scope").Ask<string>("who", AskTimeout));
        Assert.Equal(here, await a.ActorSelection($"{AddressOf(a)}/user/scope").ResolveOne(AskTimeout));
    }

    [Fact]
    public async Task Resolving_an_actor_that_does_not_exist_fails()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());

        await Assert.ThrowsAsync<ActorNotFoundException>(() => a.ActorSelection($"{AddressOf(b)}/user/nobody").ResolveOne(AskTimeout));
    }

    [Fact]
    public async Task A_reference_travels_in_a_message_and_works_at_the_other_end()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        var (third, received) = Collect(a, "third");
        var (_, atB) = Collect(b, "b");
        a.ActorSelection($"{AddressOf(b)}/user/b").Tell(third, ActorRefs.NoSender);

        await Eventually(() => atB.Any(m => m is IActorRef), "the reference");
        atB.OfType<IActorRef>().Single().Tell("by reference", ActorRefs.NoSender);

        await Eventually(() => received.Contains("by reference"), "the message");
    }

    [Fact]
    public async Task Ten_thousand_messages_between_two_actors_arrive_in_their_order()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        var (_, received) = Collect(b, "target");
        var target = await a.ActorSelection($"{AddressOf(b)}/user/target").ResolveOne(AskTimeout);

        for (var i = 0; i < 10_000; i++)
            target.Tell(i, ActorRefs.NoSender);

        await Eventually(() => received.Count == 10_000, "all messages");
        Assert.Equal(Enumerable.Range(0, 10_000).Cast<object>(), received);
    }

    [Theory]
    [InlineData("text")]
    [InlineData(42)]
    [InlineData(1L << 40)]
    [InlineData(true)]
    public async Task Primitive_messages_arrive_as_they_were_sent(object message)
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        var (_, received) = Collect(b, "target");

        a.ActorSelection($"{AddressOf(b)}/user/target").Tell(message, ActorRefs.NoSender);

        await Eventually(() => !received.IsEmpty, "the message");
        Assert.Equal(message, Assert.Single(received));
    }

    [Fact]
    public async Task Bytes_status_done_and_addresses_arrive_as_they_were_sent()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        var (_, received) = Collect(b, "target");
        var target = a.ActorSelection($"{AddressOf(b)}/user/target");
        target.Tell(new byte[] { 1, 2, 3 }, ActorRefs.NoSender);
        target.Tell(new Status.Success("fine"), ActorRefs.NoSender);
        target.Tell(new Status.Failure(new InvalidOperationException("broken")), ActorRefs.NoSender);
        target.Tell(Done.Instance, ActorRefs.NoSender);
        target.Tell(AddressOf(a), ActorRefs.NoSender);

        await Eventually(() => received.Count == 5, "all messages");
        var messages = received.ToArray();
        Assert.Equal([1, 2, 3], (byte[])messages[0]);
        Assert.Equal("fine", ((Status.Success)messages[1]).Status);
        Assert.Contains("broken", ((Status.Failure)messages[2]).Cause.Message);
        Assert.Same(Done.Instance, messages[3]);
        Assert.Equal(AddressOf(a), messages[4]);
    }

    [Fact]
    public async Task A_serializer_from_the_configuration_carries_its_messages()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(PointSerializer.Configuration), systems.Start(PointSerializer.Configuration));
        var (_, received) = Collect(b, "target");

        a.ActorSelection($"{AddressOf(b)}/user/target").Tell(new Point(3, -4), ActorRefs.NoSender);

        await Eventually(() => received.Contains(new Point(3, -4)), "the message");
    }

    [Fact]
    public async Task Messages_to_a_node_that_is_not_there_become_dead_letters()
    {
        await using var systems = new TestSystems();
        var a = systems.Start();
        var dead = Listen<DeadLetter>(a);
        var nobody = a.ActorSelection("akka.tcp://test@127.0.0.1:1/user/x");

        await Eventually(
            () =>
            {
                nobody.Tell("lost", ActorRefs.NoSender);
                return dead.OfType<DeadLetter>().Any(d => Equals(d.Message, "lost"));
            },
            "the dead letter");
    }

    [Fact]
    public async Task The_death_of_an_actor_on_another_node_is_told_to_its_watcher()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        var (watched, _) = Collect(b, "watched");
        var (watcher, told) = Collect(a, "watcher");
        var remote = await a.ActorSelection($"{AddressOf(b)}/user/watched").ResolveOne(AskTimeout);
        watcher.Tell(remote, ActorRefs.NoSender);
        await Eventually(() => told.Contains(remote), "the watch");

        b.Stop(watched);

        await Eventually(() => told.Any(m => m is Terminated), "the notice");
        var terminated = told.OfType<Terminated>().Single();
        Assert.Equal(remote, terminated.ActorRef);
        Assert.False(terminated.AddressTerminated);
    }

    [Fact]
    public async Task Watching_a_dead_actor_on_another_node_is_answered()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        var (watched, _) = Collect(b, "watched");
        var (watcher, told) = Collect(a, "watcher");
        var remote = await a.ActorSelection($"{AddressOf(b)}/user/watched").ResolveOne(AskTimeout);
        await watched.GracefulStop(AskTimeout);

        watcher.Tell(remote, ActorRefs.NoSender);

        await Eventually(() => told.Any(m => m is Terminated { ExistenceConfirmed: false }), "the notice");
    }

    [Fact]
    public async Task The_loss_of_a_node_ends_the_actors_that_are_watched_there()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start("akka.coordinated-shutdown.run-by-actor-system-terminate = off"));
        Collect(b, "watched");
        var (watcher, told) = Collect(a, "watcher");
        // A reference without uid, so that the actor's own end, told on shutdown, is not the one that is watched.
        var remote = await a.ActorSelection($"{AddressOf(b)}/user/watched").ResolveOne(AskTimeout);
        watcher.Tell(remote, ActorRefs.NoSender);
        await Eventually(() => told.Contains(remote), "the watch");
        var vanished = await a.ActorSelection($"{AddressOf(b)}/system").ResolveOne(AskTimeout);
        watcher.Tell(vanished, ActorRefs.NoSender);
        await Eventually(() => told.Contains(vanished), "the watch of the system guardian");

        await b.Terminate();

        await Eventually(() => told.OfType<Terminated>().Any(t => t.ActorRef.Equals(remote)), "the notice");
        await Eventually(() => told.OfType<Terminated>().Any(t => t is { AddressTerminated: true } && t.ActorRef.Equals(vanished)), "the notice of the lost node");
    }

    [Fact]
    public async Task An_actor_can_be_stopped_from_another_node()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        var (target, _) = Collect(b, "target");
        var remote = await a.ActorSelection($"{AddressOf(b)}/user/target").ResolveOne(AskTimeout);
        var (watcher, told) = Collect(b);
        watcher.Tell(target, ActorRefs.NoSender);

        remote.Tell(PoisonPill.Instance, ActorRefs.NoSender);

        await Eventually(() => told.Any(m => m is Terminated), "the end");
    }

    [Fact]
    public async Task Connections_are_announced_on_the_event_stream()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        var (here, there) = (Listen<RemotingLifecycleEvent>(a), Listen<RemotingLifecycleEvent>(b));
        Collect(b, "target");
        await a.ActorSelection($"{AddressOf(b)}/user/target").Ask<string>("echo hello", AskTimeout);

        await Eventually(() => here.OfType<AssociatedEvent>().Any(e => !e.IsInbound && e.RemoteAddress.Equals(AddressOf(b))), "the way out");
        await Eventually(() => there.OfType<AssociatedEvent>().Any(e => e.IsInbound && e.RemoteAddress.Equals(AddressOf(a))), "the way in");
        await b.Terminate();
        await Eventually(() => here.OfType<DisassociatedEvent>().Any(e => e.RemoteAddress.Equals(AddressOf(b))), "the end");
    }

    [Fact]
    public async Task A_restarted_node_is_reached_at_once_when_it_calls()
    {
        await using var systems = new TestSystems();
        var a = systems.Start("akka.remote.retry-gate-closed-for = 60s");
        var old = systems.Start();
        var port = AddressOf(old).Port!.Value;
        var (_, atA) = Collect(a, "a");
        Collect(old, "target");
        await a.ActorSelection($"{AddressOf(old)}/user/target").Ask<string>("echo hello", AskTimeout);
        await old.Terminate();

        var young = systems.Start(port: port);
        Collect(young, "target");
        young.ActorSelection($"{AddressOf(a)}/user/a").Tell("I am back", ActorRefs.NoSender);
        await Eventually(() => atA.Contains("I am back"), "the call");

        Assert.Equal("hello", await a.ActorSelection($"{AddressOf(young)}/user/target").Ask<string>("echo hello", AskTimeout));
    }

    private sealed class ScopeOfSender : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(Sender.Path.Address.ToString(), Self);
    }
}

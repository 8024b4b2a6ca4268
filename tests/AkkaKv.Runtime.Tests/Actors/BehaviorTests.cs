using Akka.Actor;

namespace AkkaKv.Runtime.Tests.Actors;

public class BehaviorTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void Handlers_are_tried_in_the_order_in_which_they_were_set()
    {
        var actor = Sys.ActorOf(Props.Create<Handlers>());
        actor.Tell(5);
        ExpectMsg("small 5");
        actor.Tell(50);
        ExpectMsg("int 50");
        actor.Tell("x");
        ExpectMsg("any x");
    }

    [Fact]
    public void Become_replaces_and_BecomeStacked_can_be_undone()
    {
        var actor = Sys.ActorOf(Props.Create<Moods>());
        foreach (var (message, answer) in new[] { ("mood", "calm"), ("push", ""), ("mood", "angry"), ("pop", ""), ("mood", "calm"), ("become", ""), ("mood", "final") })
        {
            actor.Tell(message);
            if (answer.Length > 0) ExpectMsg(answer);
        }
    }

    [Fact]
    public void No_handler_can_follow_one_that_takes_everything()
    {
        var actor = Sys.ActorOf(Props.Create<Impossible>());
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Stashed_messages_come_back_in_their_order_before_the_others()
    {
        var open = false;
        var actor = Sys.ActorOf(Scripted.Props(h => h.Receive = (self, message) =>
        {
            if (message is "open")
            {
                open = true;
                self.Stash.UnstashAll();
            }
            else if (open)
            {
                TestActor.Tell(message);
            }
            else
            {
                self.Stash.Stash();
            }
        }));
        foreach (var message in new object[] { 1, 2, 3, "open", 4 }) actor.Tell(message);
        foreach (var i in Enumerable.Range(1, 4)) ExpectMsg(i);
    }

    [Fact]
    public void A_restart_puts_the_stash_back_into_the_mailbox()
    {
        var restarted = false;
        var actor = Sys.ActorOf(Scripted.Props(h =>
        {
            h.PostRestart = (_, _) => restarted = true;
            h.Receive = (self, message) =>
            {
                if (message is Exception failure) throw failure;
                if (restarted) TestActor.Tell(message);
                else self.Stash.Stash();
            };
        }));
        foreach (var message in new object[] { 1, 2, new InvalidOperationException("oops"), 3 }) actor.Tell(message);
        foreach (var i in Enumerable.Range(1, 3)) ExpectMsg(i);
    }

    [Fact]
    public void Messages_wait_while_an_asynchronous_handler_runs()
    {
        var gate = new TaskCompletionSource();
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new Slow(gate.Task, test)));
        actor.Tell("slow");
        actor.Tell(1);
        ExpectMsg("before");
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        gate.SetResult();
        ExpectMsg("after, for testing");
        ExpectMsg(1);
    }

    [Fact]
    public void A_failure_after_an_await_is_the_actors_failure()
    {
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new Slow(Task.FromException(new InvalidOperationException("oops")), test)));
        actor.Tell("fail");
        actor.Tell(2);
        ExpectMsg("restarting: oops");
        ExpectMsg(2);
    }

    [Fact]
    public async Task Selections_find_actors_by_absolute_relative_and_wildcard_paths()
    {
        var parent = Sys.ActorOf(Scripted.Props(h => h.Receive = (self, message) =>
        {
            if (message is "make")
            {
                foreach (var name in new[] { "a1", "a2", "b1" })
                    self.Ctx.ActorOf(Scripted.Props(c => c.Receive = (child, m) => TestActor.Tell($"{child.Me.Path.Name} {m}")), name);
                TestActor.Tell("made");
            }
            else
            {
                self.Ctx.ActorSelection((string)message).Tell("x");
            }
        }), "parent");
        parent.Tell("make");
        ExpectMsg("made");
        Sys.ActorSelection("/user/parent/a1").Tell("x");
        ExpectMsg("a1 x");
        parent.Tell("b1");
        ExpectMsg("b1 x");
        Sys.ActorSelection("akka://test/user/parent/a*").Tell("x");
        ExpectMsgAllOf("a1 x", "a2 x");
        parent.Tell("../parent/a2");
        ExpectMsg("a2 x");
        Assert.Equal("b1", (await Sys.ActorSelection("/user/parent/b?").ResolveOne(TimeSpan.FromSeconds(3))).Path.Name);
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/none").ResolveOne(TimeSpan.FromSeconds(3)));
    }

    private sealed class Handlers : ReceiveActor
    {
        public Handlers()
        {
            Receive<int>(n => Sender.Tell($"small {n}"), n => n < 10);
            Receive<int>(n => Sender.Tell($"int {n}"));
            ReceiveAny(o => Sender.Tell($"any {o}"));
        }
    }

    private sealed class Moods : ReceiveActor
    {
        public Moods()
        {
            Receive<string>(s => s == "mood", _ => Sender.Tell("calm"));
            Receive<string>(s => s == "push", _ => BecomeStacked(Angry));
            Receive<string>(s => s == "become", _ => Become(() => Receive<string>(_ => Sender.Tell("final"))));
        }

        private void Angry()
        {
            Receive<string>(s => s == "mood", _ => Sender.Tell("angry"));
            Receive<string>(s => s == "pop", _ => UnbecomeStacked());
        }
    }

    private sealed class Impossible : ReceiveActor
    {
        public Impossible()
        {
            ReceiveAny(_ => { });
            Receive<int>(_ => { });
        }
    }

    private sealed class Slow : ReceiveActor
    {
        private readonly IActorRef _test;

        public Slow(Task gate, IActorRef test)
        {
            _test = test;
            ReceiveAsync<string>(async message =>
            {
                if (message == "slow") Sender.Tell("before");
                await Task.Yield();
                await gate;
                // Sender and context are those of the message, on whatever thread the await ended.
                Sender.Tell($"after, for {Context.System.Name}ing");
            });
            Receive<int>(i => _test.Tell(i));
        }

        protected override void PreRestart(Exception reason, object message) => _test.Tell($"restarting: {reason.Message}");
    }
}

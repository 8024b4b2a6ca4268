using Akka.Actor;

namespace AkkaKv.Runtime.Tests.Actors;

public class SupervisionTests : ActorTest
{
    /// <summary>A parent with the given strategy that creates each child it is told the props of and answers with it.</summary>
    private IActorRef Parent(SupervisorStrategy strategy, Action<Scripted.Handlers>? more = null) => Run(h =>
    {
        h.Strategy = strategy;
        h.Receive = (self, message) => self.From.Tell(self.Ctx.ActorOf((Props)message));
        more?.Invoke(h);
    });

    private static Props Child(Recorder seen, string name = "child") => Scripted.Props(h =>
    {
        h.Receive = (_, message) =>
        {
            if (message is Exception failure) throw failure;
            seen.Ref.Tell($"{name} {message}");
        };
        h.PreStart = _ => seen.Ref.Tell($"{name} started");
        h.PostStop = _ => seen.Ref.Tell($"{name} stopped");
        h.PreRestart = (_, reason, _) => seen.Ref.Tell($"{name} restarting: {reason.Message}");
    });

    private Task<IActorRef> Make(IActorRef parent, Props child) => parent.Ask<IActorRef>(child, Deadline);

    [Fact]
    public async Task Restart_makes_a_new_instance_and_keeps_the_mailbox()
    {
        var seen = Record();
        var child = await Make(Parent(new OneForOneStrategy(_ => Directive.Restart)), Child(seen));
        child.Tell(1);
        child.Tell(new InvalidOperationException("oops"));
        child.Tell(2);
        child.Tell(3);
        await seen.Expect("child started", "child 1", "child restarting: oops", "child stopped", "child started", "child 2", "child 3");
    }

    [Fact]
    public async Task Resume_keeps_the_instance_and_loses_only_the_message()
    {
        var seen = Record();
        var child = await Make(Parent(new OneForOneStrategy(_ => Directive.Resume)), Child(seen));
        child.Tell(new InvalidOperationException("oops"));
        child.Tell(2);
        await seen.Expect("child started", "child 2");
        await seen.ExpectNothing();
    }

    [Fact]
    public async Task Stop_ends_the_child()
    {
        var seen = Record();
        var child = await Make(Parent(new OneForOneStrategy(_ => Directive.Stop)), Child(seen));
        child.Tell(new InvalidOperationException("oops"));
        child.Tell(2);
        await seen.Expect("child started", "child stopped");
        await seen.ExpectNothing();
    }

    [Fact]
    public async Task Escalate_fails_the_parent_with_the_cause()
    {
        var seen = Record();
        var grandparent = Parent(new OneForOneStrategy(_ => Directive.Restart));
        var parent = await Make(grandparent, Scripted.Props(h =>
        {
            h.Strategy = new OneForOneStrategy(_ => Directive.Escalate);
            h.Receive = (self, message) => self.From.Tell(self.Ctx.ActorOf((Props)message));
            h.PreRestart = (_, reason, _) => seen.Ref.Tell($"parent restarting: {reason.Message}");
        }));
        var child = await Make(parent, Child(seen));
        child.Tell(new InvalidOperationException("oops"));
        await seen.Expect("child started", "parent restarting: oops", "child stopped");
    }

    [Fact]
    public async Task Beyond_maxNrOfRetries_the_child_is_stopped()
    {
        var seen = Record();
        var child = await Make(Parent(new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart)), Child(seen));
        for (var i = 1; i <= 3; i++) child.Tell(new InvalidOperationException($"{i}"));
        await seen.Expect(
            "child started",
            "child restarting: 1", "child stopped", "child started",
            "child restarting: 2", "child stopped", "child started",
            "child stopped");
        await seen.ExpectNothing();
    }

    [Fact]
    public async Task All_for_one_restarts_the_siblings_too()
    {
        var seen = Record();
        var parent = Parent(new AllForOneStrategy(_ => Directive.Restart));
        var first = await Make(parent, Child(seen, "first"));
        await seen.Expect("first started");
        var second = await Make(parent, Child(seen, "second"));
        await seen.Expect("second started");
        first.Tell(new InvalidOperationException("oops"));
        var notes = new List<object>();
        for (var i = 0; i < 6; i++) notes.Add(await seen.Next());
        Assert.Equal(["first restarting: oops", "first stopped", "first started"], notes.Where(n => ((string)n).StartsWith("first")));
        Assert.Equal(["second restarting: oops", "second stopped", "second started"], notes.Where(n => ((string)n).StartsWith("second")));
        second.Tell("alive");
        await seen.Expect("second alive");
    }

    [Fact]
    public async Task The_decider_chooses_by_the_type_of_the_exception()
    {
        var seen = Record();
        var decider = Decider.From(Directive.Stop, Directive.Resume.When<InvalidOperationException>());
        var child = await Make(Parent(new OneForOneStrategy(decider)), Child(seen));
        child.Tell(new InvalidOperationException());
        child.Tell("alive");
        child.Tell(new NotSupportedException());
        await seen.Expect("child started", "child alive", "child stopped");
    }

    [Fact]
    public async Task Kill_stops_the_child_by_default()
    {
        var seen = Record();
        var child = await Make(Parent(SupervisorStrategy.DefaultStrategy), Child(seen));
        child.Tell(Kill.Instance);
        await seen.Expect("child started", "child stopped");
    }

    [Fact]
    public async Task A_child_that_cannot_be_created_is_stopped_by_default()
    {
        var seen = Record();
        var parent = Parent(SupervisorStrategy.DefaultStrategy);
        var child = await Make(parent, Scripted.Props(h => h.Constructed = _ => throw new InvalidOperationException("cannot")));
        Run(h =>
        {
            h.PreStart = self => self.Ctx.Watch(child);
            h.Receive = (_, message) => seen.Ref.Tell(Assert.IsType<Terminated>(message).ActorRef);
        });
        await seen.Expect(child);
    }

    [Fact]
    public async Task A_restart_stops_the_children_before_the_new_instance_starts()
    {
        var seen = Record();
        var parent = await Make(Parent(new OneForOneStrategy(_ => Directive.Restart)), Scripted.Props(h =>
        {
            // The same name in each instance: it works only if the old child is gone.
            h.PreStart = self => self.Ctx.ActorOf(Child(seen), "child");
            h.Receive = (_, message) => throw (Exception)message;
            h.PostRestart = (_, _) => seen.Ref.Tell("parent restarted");
        }));
        await seen.Expect("child started");
        parent.Tell(new InvalidOperationException("oops"));
        await seen.Expect("child stopped", "parent restarted", "child started");
    }

    [Fact]
    public async Task Children_that_are_kept_are_restarted_with_the_parent()
    {
        var seen = Record();
        var parent = await Make(Parent(new OneForOneStrategy(_ => Directive.Restart)), Scripted.Props(h =>
        {
            h.KeepChildren = true;
            h.Receive = (self, message) =>
            {
                if (message is Exception failure) throw failure;
                self.From.Tell(self.Ctx.ActorOf((Props)message));
            };
        }));
        var child = await Make(parent, Child(seen));
        parent.Tell(new InvalidOperationException("oops"));
        await seen.Expect("child started", "child restarting: oops", "child stopped", "child started");
        child.Tell("alive");
        await seen.Expect("child alive");
    }

    [Fact]
    public async Task Stopping_a_parent_stops_its_children_first()
    {
        var seen = Record();
        var parent = Parent(SupervisorStrategy.DefaultStrategy, h => h.PostStop = _ => seen.Ref.Tell("parent stopped"));
        await Make(parent, Child(seen));
        await seen.Expect("child started");
        System.Stop(parent);
        await seen.Expect("child stopped", "parent stopped");
    }

    [Fact]
    public async Task A_name_is_free_again_when_its_actor_has_stopped()
    {
        var actor = Run(_ => { }, "name");
        Assert.Throws<InvalidActorNameException>(() => Run(_ => { }, "name"));
        await actor.GracefulStop(Deadline);
        var again = await Eventually(() => Run(_ => { }, "name"));
        Assert.Equal(actor.Path, again.Path);
        Assert.NotEqual(actor, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$a")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void A_malformed_name_is_refused(string name) => Assert.Throws<InvalidActorNameException>(() => Run(_ => { }, name));

    private static async Task<T> Eventually<T>(Func<T> attempt)
    {
        // The watchers learn of the end a moment before the parent frees the name.
        for (var deadline = DateTime.UtcNow + Deadline; ;)
        {
            try
            {
                return attempt();
            }
            catch (InvalidActorNameException) when (DateTime.UtcNow < deadline)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task A_failure_that_is_escalated_to_the_top_restarts_the_actor_there()
    {
        var seen = Record();
        var top = Parent(new OneForOneStrategy(_ => Directive.Escalate), h =>
        {
            h.PreRestart = (_, reason, _) => seen.Ref.Tell($"top restarting: {reason.Message}");
            h.PostRestart = (_, _) => seen.Ref.Tell("top restarted");
        });
        var child = await Make(top, Child(seen));
        child.Tell(new InvalidOperationException("oops"));
        await seen.Expect("child started", "top restarting: oops", "child stopped", "top restarted");
    }

    [Fact]
    public async Task Stop_goes_before_the_messages_that_wait_and_PoisonPill_after_them()
    {
        var seen = Record();
        using var gate = new ManualResetEventSlim();
        var (stopped, poisoned) = (Run(Waiting("stopped")), Run(Waiting("poisoned")));
        foreach (var actor in new[] { stopped, poisoned })
        {
            actor.Tell("wait");
            actor.Tell("next");
        }
        await seen.Expect("waiting", "waiting");
        System.Stop(stopped);
        poisoned.Tell(PoisonPill.Instance);
        gate.Set();
        var notes = new[] { await seen.Next(), await seen.Next(), await seen.Next() };
        Assert.Equal(["poisoned ended", "poisoned next", "stopped ended"], notes.Order());
        await seen.ExpectNothing();

        Action<Scripted.Handlers> Waiting(string name) => h =>
        {
            h.Receive = (_, message) =>
            {
                if (message is not "wait")
                {
                    seen.Ref.Tell($"{name} {message}");
                    return;
                }
                seen.Ref.Tell("waiting");
                gate.Wait(Deadline);
            };
            h.PostStop = _ => seen.Ref.Tell($"{name} ended");
        };
    }
}

using Akka.Actor;

namespace AkkaKv.Runtime.Tests.Actors;

public class DeathWatchTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void Watching_a_dead_actor_answers_at_once()
    {
        var actor = Sys.ActorOf(Scripted.Props(_ => { }));
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        Watch(actor);
        Assert.False(ExpectTerminated(actor).ExistenceConfirmed);
    }

    [Fact]
    public void Every_watcher_is_told_once()
    {
        var actor = Sys.ActorOf(Scripted.Props(_ => { }));
        var probe = CreateTestProbe();
        probe.Watch(actor);
        Watch(actor);
        Watch(actor);
        actor.Tell(PoisonPill.Instance);
        ExpectTerminated(actor);
        probe.ExpectTerminated(actor);
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void Unwatch_drops_the_notice()
    {
        var actor = Sys.ActorOf(Scripted.Props(_ => { }));
        Watch(actor);
        Unwatch(actor);
        var probe = CreateTestProbe();
        probe.Watch(actor);
        Sys.Stop(actor);
        probe.ExpectTerminated(actor);
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void WatchWith_delivers_ones_own_message()
    {
        var actor = Sys.ActorOf(Scripted.Props(_ => { }));
        Sys.ActorOf(Scripted.Props(h =>
        {
            h.PreStart = self => self.Ctx.WatchWith(actor, "gone");
            h.Receive = (_, message) => TestActor.Tell(message);
        }));
        Sys.Stop(actor);
        ExpectMsg("gone");
    }

    [Fact]
    public void An_unhandled_death_breaks_the_watcher()
    {
        var actor = Sys.ActorOf(Scripted.Props(_ => { }));
        var watcher = Sys.ActorOf(Scripted.Props(h =>
        {
            h.PreStart = self => self.Ctx.Watch(actor);
            h.Receive = (self, message) => self.DoUnhandled(message);
        }));
        Watch(watcher);
        Sys.Stop(actor);
        ExpectTerminated(watcher);
    }

    [Fact]
    public void The_notice_comes_after_the_messages_the_dead_actor_sent()
    {
        var actor = Sys.ActorOf(Scripted.Props(h => h.PostStop = _ =>
        {
            for (var i = 0; i < 100; i++) TestActor.Tell(i);
        }));
        Watch(actor);
        Sys.Stop(actor);
        for (var i = 0; i < 100; i++) ExpectMsg(i);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Watching_with_another_message_is_refused_and_the_first_one_stands()
    {
        var actor = Sys.ActorOf(Scripted.Props(_ => { }));
        Sys.ActorOf(Scripted.Props(h =>
        {
            h.PreStart = self =>
            {
                self.Ctx.WatchWith(actor, "first");
                Assert.Throws<InvalidOperationException>(() => self.Ctx.WatchWith(actor, "second"));
                TestActor.Tell("refused");
            };
            h.Receive = (_, message) => TestActor.Tell(message);
        }));
        ExpectMsg("refused");
        Sys.Stop(actor);
        ExpectMsg("first");
    }
}

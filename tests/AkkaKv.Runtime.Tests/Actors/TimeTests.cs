using Akka.Actor;
using Akka.TestKit;

namespace AkkaKv.Runtime.Tests.Actors;

/// <summary>Timers and timeouts under a clock that the test drives.</summary>
public class TimeTests() : Akka.TestKit.Xunit2.TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    /// <summary>An actor that does what functions it is told say, and passes everything else on to the test.</summary>
    private IActorRef Doer()
    {
        var actor = Sys.ActorOf(Scripted.Props(h => h.Receive = (self, message) =>
        {
            if (message is Action<Scripted> act)
            {
                act(self);
                TestActor.Tell("did");
            }
            else
            {
                TestActor.Tell(message);
            }
        }));
        return actor;
    }

    private void Do(IActorRef actor, Action<Scripted> act)
    {
        actor.Tell(act);
        ExpectMsg("did");
    }

    [Fact]
    public void A_single_timer_fires_once_and_a_periodic_one_until_it_is_cancelled()
    {
        var actor = Doer();
        Do(actor, self =>
        {
            self.Timers.StartSingleTimer("once", "once", Second);
            self.Timers.StartPeriodicTimer("often", "often", Second * 2);
        });
        Clock.Advance(Second);
        ExpectMsg("once");
        Clock.Advance(Second * 3);
        ExpectMsg("often");
        ExpectMsg("often");
        Do(actor, self => self.Timers.Cancel("often"));
        Clock.Advance(Second * 10);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void A_timer_set_again_replaces_the_one_of_the_same_key()
    {
        var actor = Doer();
        Do(actor, self =>
        {
            self.Timers.StartSingleTimer("key", "old", Second);
            self.Timers.StartSingleTimer("key", "new", Second * 2);
        });
        Clock.Advance(Second * 5);
        ExpectMsg("new");
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void A_message_of_a_cancelled_timer_that_is_already_in_the_mailbox_is_dropped()
    {
        var actor = Doer();
        Do(actor, self => self.Timers.StartSingleTimer("key", "late", Second));
        Do(actor, self =>
        {
            Clock.Advance(Second); // puts the message into the mailbox behind this one
            self.Timers.Cancel("key");
        });
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void A_restart_cancels_the_timers()
    {
        var actor = Doer();
        Do(actor, self => self.Timers.StartPeriodicTimer("key", "tick", Second));
        actor.Tell((Action<Scripted>)(_ => throw new InvalidOperationException("oops")));
        Do(actor, self => Assert.False(self.Timers.IsTimerActive("key")));
        Clock.Advance(Second * 3);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void The_receive_timeout_counts_from_the_last_message()
    {
        var actor = Doer();
        Do(actor, self => self.Ctx.SetReceiveTimeout(Second * 2));
        Clock.Advance(Second);
        actor.Tell("message");
        ExpectMsg("message");
        Do(actor, _ => { });
        Clock.Advance(Second * 1.5);
        Assert.False(HasMessages);
        Clock.Advance(Second);
        ExpectMsg<ReceiveTimeout>();
        Do(actor, self => self.Ctx.SetReceiveTimeout(null));
        Clock.Advance(Second * 10);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void What_is_scheduled_can_be_called_off()
    {
        var once = Sys.Scheduler.ScheduleTellOnceCancelable(Second, TestActor, "once", ActorRefs.NoSender!);
        var often = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Second, Second, TestActor, "often", ActorRefs.NoSender!);
        once.Cancel();
        Clock.Advance(Second);
        ExpectMsg("often");
        often.Cancel();
        Clock.Advance(Second * 3);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }
}

public class SchedulerTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void The_default_scheduler_sends_in_the_order_of_the_delays()
    {
        foreach (var delay in new[] { 30, 10, 20 })
            Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(delay), TestActor, delay, ActorRefs.NoSender!);
        foreach (var delay in new[] { 10, 20, 30 }) ExpectMsg(delay);
    }

    [Fact]
    public void A_failing_action_does_not_stop_the_scheduler()
    {
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, () => throw new InvalidOperationException("oops"));
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(1), TestActor, "alive", ActorRefs.NoSender!);
        ExpectMsg("alive");
    }

    [Fact]
    public void Delays_and_intervals_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(-1), TestActor, "x", ActorRefs.NoSender!));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.Zero, TestActor, "x", ActorRefs.NoSender!));
    }
}

using Akka.Actor;
using Akka.Pattern;
using Akka.TestKit;

namespace AkkaKv.Runtime.Tests.Actors;

public class BackoffTests() : Akka.TestKit.Xunit2.TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    private Props Child() => Scripted.Props(h =>
    {
        h.PreStart = _ => TestActor.Tell("started");
        h.PostStop = _ => TestActor.Tell("stopped");
        h.Receive = (self, message) =>
        {
            if (message is "stop") self.Ctx.Stop(self.Me);
            else if (message is "fail") throw new InvalidOperationException("oops");
            else self.From.Tell(message);
        };
    });

    /// <summary>Waits until the supervisor has seen its child's end, so that the restart is scheduled.</summary>
    private void AwaitRestarts(IActorRef supervisor, int count) => AwaitAssert(() =>
    {
        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);
        Assert.Equal(count, ExpectMsg<BackoffSupervisor.RestartCount>().Count);
    });

    [Theory]
    [InlineData("stop", false)]
    [InlineData("fail", true)]
    public void The_pauses_before_a_restart_double_up_to_the_longest(string end, bool onFailure)
    {
        var options = onFailure
            ? Backoff.OnFailure(Child(), "child", Second, Second * 3, 0, -1)
            : Backoff.OnStop(Child(), "child", Second, Second * 3, 0, -1);
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(options.WithManualReset()));
        ExpectMsg("started");
        foreach (var (pause, restarts) in new[] { (1, 1), (2, 2), (3, 3), (3, 4) })
        {
            supervisor.Tell(end);
            ExpectMsg("stopped");
            AwaitRestarts(supervisor, restarts);
            Clock.Advance(Second * pause - TimeSpan.FromMilliseconds(1));
            Assert.False(HasMessages);
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            ExpectMsg("started");
        }
        supervisor.Tell("hello");
        ExpectMsg("hello");
    }

    [Fact]
    public void While_the_child_does_not_run_the_configured_answer_is_given()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(), "child", Second, Second, 0, -1).WithReplyWhileStopped("later")));
        ExpectMsg("started");
        supervisor.Tell("stop");
        ExpectMsg("stopped");
        AwaitRestarts(supervisor, 1);
        supervisor.Tell("hello");
        ExpectMsg("later");
    }

    [Fact]
    public void After_the_last_allowed_restart_the_supervisor_stops()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Child(), "child", Second, Second, 0, 1).WithManualReset()));
        Watch(supervisor);
        ExpectMsg("started");
        supervisor.Tell("stop");
        ExpectMsg("stopped");
        AwaitRestarts(supervisor, 1);
        Clock.Advance(Second);
        ExpectMsg("started");
        supervisor.Tell("stop");
        ExpectMsg("stopped");
        ExpectTerminated(supervisor);
    }
}

using Akka.Actor;
using Akka.TestKit;
using Xunit.Sdk;

namespace AkkaKv.Runtime.Tests.TestKit;

public class TestKitTests : Akka.TestKit.Xunit2.TestKit
{
    private readonly IActorRef _echo;

    public TestKitTests() => _echo = Sys.ActorOf(Props.Create<Echo>());

    [Fact]
    public void The_test_actor_is_the_implicit_sender()
    {
        _echo.Tell("hello");
        ExpectMsg("hello");
        Assert.Equal(_echo, LastSender);
    }

    [Fact]
    public async Task The_test_actor_stays_the_sender_after_an_await()
    {
        await Task.Yield();
        _echo.Tell("hello");
        ExpectMsg<string>(m => m.Length == 5);
    }

    [Fact]
    public void Another_message_fails_the_expectation()
    {
        _echo.Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg("x"));
        _echo.Tell("x");
        Assert.ThrowsAny<XunitException>(() => ExpectMsg("y"));
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(TimeSpan.FromMilliseconds(10)));
    }

    [Fact]
    public void ExpectNoMsg_fails_on_a_message()
    {
        ExpectNoMsg(TimeSpan.FromMilliseconds(10));
        _echo.Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void A_watched_actors_end_is_expected()
    {
        Watch(_echo);
        Sys.Stop(_echo);
        Assert.True(ExpectTerminated(_echo).ExistenceConfirmed);
    }

    [Fact]
    public void A_probe_sends_and_replies()
    {
        var probe = CreateTestProbe();
        probe.Send(TestActor, "question");
        ExpectMsg("question");
        LastSender.Tell("answer");
        probe.ExpectMsg("answer");
        probe.Reply("thanks");
        ExpectMsg("thanks");
    }

    [Fact]
    public void Fishing_drops_what_comes_before()
    {
        foreach (var i in Enumerable.Range(1, 5)) _echo.Tell(i);
        Assert.Equal(4, FishForMessage<int>(i => i == 4));
        ExpectMsg(5);
    }

    [Fact]
    public void Messages_in_any_order_are_all_expected()
    {
        foreach (var i in Enumerable.Range(1, 3)) _echo.Tell(i);
        Assert.Equal(3, ExpectMsgAllOf(3, 1, 2).Count);
    }

    [Fact]
    public void Within_bounds_the_expectations_inside()
    {
        Within(TimeSpan.FromSeconds(3), () =>
        {
            _echo.Tell(1);
            ExpectMsg(1);
            Assert.True(Remaining <= TimeSpan.FromSeconds(3));
        });
        Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromMilliseconds(10), () => ExpectMsg(2)));
    }

    [Fact]
    public void AwaitCondition_and_AwaitAssert_wait_until_it_is_so()
    {
        var tries = 0;
        AwaitCondition(() => ++tries == 3);
        AwaitAssert(() => Assert.True(++tries > 5));
        Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, TimeSpan.FromMilliseconds(10)));
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}

public class TestSchedulerTests() : Akka.TestKit.Xunit2.TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    [Fact]
    public void Time_stands_still_until_it_is_advanced()
    {
        var scheduler = (TestScheduler)Sys.Scheduler;
        scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), TestActor, "late", ActorRefs.NoSender!);
        scheduler.ScheduleTellRepeatedly(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), TestActor, "tick", ActorRefs.NoSender!);
        scheduler.Advance(TimeSpan.FromMinutes(9));
        Assert.False(HasMessages);
        scheduler.Advance(TimeSpan.FromMinutes(22));
        ExpectMsg("tick");
        ExpectMsg("tick");
        scheduler.Advance(TimeSpan.FromMinutes(30));
        ExpectMsg("tick");
        ExpectMsg("late");
    }
}

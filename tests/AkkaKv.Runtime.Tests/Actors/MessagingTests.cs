using Akka.Actor;
using Akka.Event;

namespace AkkaKv.Runtime.Tests.Actors;

public class MessagingTests : ActorTest
{
    [Fact]
    public async Task Messages_of_one_sender_arrive_in_the_order_sent()
    {
        var seen = Record();
        for (var i = 0; i < 10_000; i++) seen.Ref.Tell(i);
        for (var i = 0; i < 10_000; i++) Assert.Equal(i, await seen.Next());
    }

    [Fact]
    public async Task Messages_of_many_senders_all_arrive_each_in_its_order()
    {
        var seen = Record();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++) seen.Ref.Tell((sender, i));
        })));
        var last = new int[4];
        for (var n = 0; n < 80_000; n++)
        {
            var (sender, i) = ((int, int))await seen.Next();
            Assert.Equal(last[sender]++, i);
        }
    }

    [Fact]
    public async Task Tell_inside_an_actor_names_it_as_the_sender_and_Forward_keeps_the_sender()
    {
        var seen = Record();
        var forwarder = Run(h => h.Receive = (_, message) => seen.Ref.Forward(message));
        var teller = Run(h => h.Receive = (_, message) => forwarder.Tell(message));
        teller.Tell("x");
        var (message, sender) = await seen.NextWithSender();
        Assert.Equal("x", message);
        Assert.Equal(teller, sender);
    }

    [Fact]
    public async Task A_message_without_sender_has_dead_letters_as_its_sender()
    {
        var seen = Record();
        seen.Ref.Tell("x", ActorRefs.NoSender);
        Assert.Equal(System.DeadLetters, (await seen.NextWithSender()).Sender);
    }

    [Fact]
    public async Task Ask_answers_with_the_reply()
    {
        var echo = Run(h => h.Receive = (self, message) => self.From.Tell(message));
        Assert.Equal("hello", await echo.Ask<string>("hello", Deadline));
    }

    [Fact]
    public async Task Ask_without_an_answer_times_out()
    {
        var silent = Run(_ => { });
        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ask<string>("hello", TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public async Task Ask_ends_with_its_cancellation_token()
    {
        var silent = Run(_ => { });
        using var source = new CancellationTokenSource();
        var asking = silent.Ask<string>("hello", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task Ask_throws_the_cause_of_a_status_failure()
    {
        var failing = Run(h => h.Receive = (self, _) => self.From.Tell(new Status.Failure(new InvalidOperationException("no"))));
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing.Ask<string>("x", Deadline))).Message);
    }

    [Fact]
    public async Task PipeTo_sends_the_result_or_a_status_failure()
    {
        var seen = Record();
        await Task.FromResult("done").PipeTo(seen.Ref);
        await seen.Expect("done");
        await Task.FromResult(4).PipeTo(seen.Ref, success: n => n * 2);
        await seen.Expect(8);
        await Task.FromException<string>(new InvalidOperationException("no")).PipeTo(seen.Ref);
        Assert.Equal("no", Assert.IsType<Status.Failure>(await seen.Next()).Cause.Message);
    }

    [Fact]
    public async Task A_message_to_a_stopped_actor_is_a_dead_letter()
    {
        var seen = Record();
        System.EventStream.Subscribe(seen.Ref, typeof(DeadLetter));
        var actor = Run(_ => { });
        await actor.GracefulStop(Deadline);
        actor.Tell("late", seen.Ref);
        var dead = Assert.IsType<DeadLetter>(await seen.Next());
        Assert.Equal("late", dead.Message);
        Assert.Equal(actor, dead.Recipient);
        Assert.Equal(seen.Ref, dead.Sender);
    }

    [Fact]
    public async Task What_is_left_in_the_mailbox_of_a_stopping_actor_is_dead_letters()
    {
        var seen = Record();
        System.EventStream.Subscribe(seen.Ref, typeof(DeadLetter));
        var gate = new TaskCompletionSource();
        var actor = Run(h => h.Receive = (self, _) =>
        {
            gate.Task.Wait(Deadline);
            self.Ctx.Stop(self.Me);
        });
        foreach (var i in Enumerable.Range(0, 4)) actor.Tell(i);
        gate.SetResult();
        foreach (var i in Enumerable.Range(1, 3)) Assert.Equal(i, Assert.IsType<DeadLetter>(await seen.Next()).Message);
    }

    [Fact]
    public async Task PoisonPill_stops_after_the_messages_before_it()
    {
        var seen = Record();
        var actor = Run(h =>
        {
            h.Receive = (_, message) => seen.Ref.Tell(message);
            h.PostStop = _ => seen.Ref.Tell("stopped");
        });
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(PoisonPill.Instance);
        actor.Tell(3);
        await seen.Expect(1, 2, "stopped");
        await seen.ExpectNothing();
    }

    [Fact]
    public async Task Identify_is_answered_by_every_actor_and_with_no_subject_where_there_is_none()
    {
        var actor = Run(_ => { }, "here");
        Assert.Equal(actor, (await actor.Ask<ActorIdentity>(new Identify(7), Deadline)).Subject);
        var none = await System.ActorSelection("/user/nowhere").Ask<ActorIdentity>(new Identify(8), Deadline);
        Assert.Equal(8, none.MessageId);
        Assert.Null(none.Subject);
    }

    [Fact]
    public async Task An_unhandled_message_is_published()
    {
        var seen = Record();
        System.EventStream.Subscribe(seen.Ref, typeof(UnhandledMessage));
        var actor = Run(h => h.Receive = (self, message) => self.DoUnhandled(message));
        actor.Tell("strange");
        var unhandled = Assert.IsType<UnhandledMessage>(await seen.Next());
        Assert.Equal("strange", unhandled.Message);
        Assert.Equal(actor, unhandled.Recipient);
    }

    [Fact]
    public void A_null_message_is_refused() => Assert.Throws<InvalidMessageException>(() => Run(_ => { }).Tell(null!));

    [Fact]
    public void An_actor_cannot_be_made_with_new() => Assert.Throws<ActorInitializationException>(() => new Scripted(new Scripted.Handlers()));
}

using Akka.Actor;
using Akka.Configuration;
using AkkaKv.Actors.Dispatch;

namespace AkkaKv.Tests.Node;

public sealed class InlineDispatcherTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("inline", ConfigurationFactory.ParseString(
        "inline { type = \"AkkaKv.Actors.Dispatch.InlineDispatcherConfigurator, AkkaKv.Actors\" }"));

    public void Dispose() => _system.Dispose();

    [Fact]
    public async Task A_message_runs_on_the_thread_that_tells_it_but_never_on_one_that_is_spared()
    {
        var actor = _system.ActorOf(Props.Create(() => new ThreadTeller()).WithDispatcher("inline"));
        await actor.Ask<int>("are you there?", TimeSpan.FromSeconds(10));
        var (borrowed, teller) = await TellFromThread(actor, spared: false);
        Assert.Equal(teller, borrowed);
        (var other, teller) = await TellFromThread(actor, spared: true);
        Assert.NotEqual(teller, other);
    }

    private static async Task<(int Ran, int Teller)> TellFromThread(IActorRef actor, bool spared)
    {
        var ran = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var teller = 0;
        var thread = new Thread(() =>
        {
            teller = Environment.CurrentManagedThreadId;
            if (spared)
                InlineDispatcher.SpareThisThread();
            actor.Tell(ran);

            // The thread lives until the message has run, or its number could be another's.
            ran.Task.Wait(TimeSpan.FromSeconds(10));
        });
        thread.Start();
        return (await ran.Task.WaitAsync(TimeSpan.FromSeconds(10)), teller);
    }

    private sealed class ThreadTeller : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is TaskCompletionSource<int> ran)
                ran.SetResult(Environment.CurrentManagedThreadId);
            else
                Sender.Tell(Environment.CurrentManagedThreadId);
        }
    }
}

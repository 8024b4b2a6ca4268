using Akka.Actor;
using Akka.Event;

namespace AkkaKv.Runtime.Tests.Actors;

public class EventStreamTests : ActorTest
{
    [Fact]
    public async Task A_subscriber_that_has_stopped_gets_nothing_and_leaves_no_dead_letters()
    {
        var (gone, dead) = (Record(), Record());
        System.EventStream.Subscribe(gone.Ref, typeof(string));
        System.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        await gone.Ref.GracefulStop(Deadline);
        System.EventStream.Unsubscribe(gone.Ref);
        System.EventStream.Publish("news");
        await dead.ExpectNothing();
    }

    [Fact]
    public async Task Who_subscribes_while_others_publish_misses_nothing_that_comes_after()
    {
        for (var round = 0; round < 200; round++)
        {
            var stream = new EventStream(debug: false);
            var late = Record();
            var publishing = Task.Run(() => stream.Publish("before"));
            stream.Subscribe(late.Ref, typeof(string));
            await publishing;
            stream.Publish("after");
            var first = await late.Next();
            Assert.Equal("after", first is "before" ? await late.Next() : first);
        }
    }
}

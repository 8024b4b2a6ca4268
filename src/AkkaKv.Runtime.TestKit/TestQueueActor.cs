using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.TestKit;

/// <summary>The messages that a test has got and not looked at yet.</summary>
internal sealed class TestQueue
{
    private readonly BlockingCollection<Envelope> _messages = new();

    /// <summary>Messages that the test does not want to see.</summary>
    public Func<object, bool>? Ignore { get; set; }

    public bool HasMessages => _messages.Count > 0;

    public void Add(Envelope envelope)
    {
        if (Ignore?.Invoke(envelope.Message) != true) _messages.Add(envelope);
    }

    public bool TryTake(out Envelope envelope, TimeSpan wait, CancellationToken cancellationToken) =>
        _messages.TryTake(out envelope, wait <= TimeSpan.Zero ? 0 : (int)Math.Min(int.MaxValue, Math.Ceiling(wait.TotalMilliseconds)), cancellationToken);
}

/// <summary>The actor behind a test or probe: puts what it gets into the queue, and watches for the test.</summary>
internal sealed class TestQueueActor(TestQueue queue) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WatchFor watch:
                Context.Watch(watch.Subject);
                Sender.Tell(Done.Instance);
                break;
            case UnwatchFor unwatch:
                Context.Unwatch(unwatch.Subject);
                Sender.Tell(Done.Instance);
                break;
            default:
                queue.Add(new Envelope(message, Sender));
                break;
        }
    }

    internal sealed record WatchFor(IActorRef Subject);

    internal sealed record UnwatchFor(IActorRef Subject);
}

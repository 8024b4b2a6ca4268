using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A test's own actor with its queue of messages, and expectations on them. Durations are limits; the wait ends as soon as the
/// expectation is met.
/// </summary>
public abstract class TestKitBase
{
    private static int _systems;
    private readonly ITestKitAssertions _assertions;
    private readonly TestQueue _queue = new();
    private Envelope _last;
    private long? _end;

    /// <summary>Creates the kit on an actor system, or on a new one of its own.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system ?? Make(null, null), implicitSender: true, testActorName)
    {
    }

    /// <summary>Creates the kit with a new actor system.</summary>
    protected TestKitBase(ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, Make(config, actorSystemName), implicitSender: true, testActorName)
    {
    }

    private protected TestKitBase(ITestKitAssertions assertions, ActorSystem system, bool implicitSender, string? testActorName)
    {
        _assertions = assertions;
        Sys = system;
        TestKitSettings = new TestKitSettings(system.Settings.Config.GetConfig("akka.test") ?? Config.Empty);
        var queue = _queue;
        TestActor = ((ExtendedActorSystem)system).SystemActorOf(Props.Create(() => new TestQueueActor(queue)), testActorName ?? $"testActor{Interlocked.Increment(ref _systems)}");
        if (implicitSender)
        {
            var cell = ((LocalActorRef)TestActor).Cell;
            ActorCell.Current = cell;
            SynchronizationContext.SetSynchronizationContext(new CellKeepingContext(cell));
        }
    }

    /// <summary>Loggers off; the rest are the runtime's defaults.</summary>
    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString("akka { loglevel = WARNING, stdout-loglevel = WARNING, coordinated-shutdown.run-by-clr-shutdown-hook = off }");

    /// <summary>Everything is logged.</summary>
    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString("akka { loglevel = DEBUG, stdout-loglevel = DEBUG, actor.debug { lifecycle = on, unhandled = on } }");

    /// <summary>The actor system.</summary>
    public ActorSystem Sys { get; }

    /// <summary>The test's actor; the implicit sender of what the test tells.</summary>
    public IActorRef TestActor { get; }

    /// <summary>The timeouts.</summary>
    public TestKitSettings TestKitSettings { get; }

    /// <summary>The system's log.</summary>
    public ILoggingAdapter Log => Sys.Log;

    /// <summary>True if a message waits.</summary>
    public bool HasMessages => _queue.HasMessages;

    /// <summary>The message that was received last.</summary>
    public object? LastMessage => _last.Message;

    /// <summary>The sender of the message that was received last.</summary>
    public IActorRef LastSender => _last.Sender ?? Sys.DeadLetters;

    /// <summary>What is left of the time of the enclosing Within.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public TimeSpan Remaining => _end is { } end ? Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), end) : throw new InvalidOperationException("Remaining may not be called outside of Within.");

    /// <summary>What is left of the time of the enclosing Within, else the default.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <summary>A duration multiplied by <c>akka.test.timefactor</c>.</summary>
    public TimeSpan Dilated(TimeSpan duration) => duration == Timeout.InfiniteTimeSpan ? duration : duration * TestKitSettings.TestTimeFactor;

    /// <summary>A new probe.</summary>
    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    /// <summary>A new probe on a system.</summary>
    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);

    /// <summary>Watches an actor for the test.</summary>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Ask(new TestQueueActor.WatchFor(actorToWatch), RemainingOrDefault).GetAwaiter().GetResult();
        return actorToWatch;
    }

    /// <summary>Watches no more.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TestActor.Ask(new TestQueueActor.UnwatchFor(actorToUnwatch), RemainingOrDefault).GetAwaiter().GetResult();
        return actorToUnwatch;
    }

    /// <summary>Drops messages that pass the test.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => _queue.Ignore = shouldIgnoreMessage;

    /// <summary>Drops nothing any more.</summary>
    public void IgnoreNoMessages() => _queue.Ignore = null;

    /// <summary>The next message, or null after the time.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        TryReceive(out var envelope, max is { } given ? Dilated(given) : RemainingOrDefault, cancellationToken) ? envelope.Message : null;

    /// <summary>The next messages.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Receive(numberOfMessages, RemainingOrDefault, cancellationToken);

    /// <summary>The next messages.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Receive(numberOfMessages, Dilated(max), cancellationToken);

    /// <summary>The next message is of a type.</summary>
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(duration, hint, cancellationToken);

    /// <summary>The next message is equal to <paramref name="message"/>.</summary>
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        var actual = Expect<T>(timeout, hint, cancellationToken);
        _assertions.AssertEqual(message, actual, hint ?? "");
        return actual;
    }

    /// <summary>The next message is of a type and passes the test.</summary>
    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        var actual = Expect<T>(timeout, hint, cancellationToken);
        _assertions.AssertTrue(isMessage(actual), $"Got a message of the expected type <{typeof(T)}>, but the predicate returned false for it: {actual}. {hint}");
        return actual;
    }

    /// <summary>The next message is of a type; <paramref name="assert"/> checks it.</summary>
    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        var actual = Expect<T>(timeout, hint, cancellationToken);
        assert(actual);
        return actual;
    }

    /// <summary>The next messages are these, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => ExpectAll(RemainingOrDefault, messages);

    /// <summary>The next messages are these, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => ExpectAll(Dilated(max), messages);

    /// <summary>No message comes within the time that is left, else the default.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => ExpectNone(RemainingOrDefault, cancellationToken);

    /// <summary>No message comes within the time.</summary>
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => ExpectNone(Dilated(duration), cancellationToken);

    /// <summary>No message comes within the milliseconds.</summary>
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNone(Dilated(TimeSpan.FromMilliseconds(milliseconds)), cancellationToken);

    /// <summary>The next message says that the actor, which is being watched, has stopped.</summary>
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsg<Terminated>(t => t.ActorRef.Equals(target), timeout, hint ?? $"Terminated {target}", cancellationToken);

    /// <summary>The first message that passes the test; those before it are dropped.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>The first message of a type that passes the test; those before it are dropped.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var end = DeadlineAfter(max is { } given ? Dilated(given) : RemainingOrDefault);
        while (TryReceive(out var envelope, Until(end), cancellationToken))
            if (envelope.Message is T message && isMessage(message)) return message;
        return Failed<T>($"Timeout while fishing for a message of type {typeof(T)}. {hint}");
    }

    /// <summary>The condition becomes true within the time that is left, else the default.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, "", cancellationToken);

    /// <summary>The condition becomes true within the time.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, "", cancellationToken);

    /// <summary>The condition becomes true within the time; it is looked at every <paramref name="interval"/>, 10 ms if none is given.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default)
    {
        var limit = max is { } given ? Dilated(given) : RemainingOrDefault;
        var end = DeadlineAfter(limit);
        while (!conditionIsFulfilled())
        {
            if (Until(end) <= TimeSpan.Zero) _assertions.Fail($"Timeout {limit} expired while waiting for condition. {message}");
            cancellationToken.WaitHandle.WaitOne(interval ?? TimeSpan.FromMilliseconds(10));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The assertion passes within the time; it is tried every <paramref name="interval"/>, 10 ms if none is given.</summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var end = DeadlineAfter(duration is { } given ? Dilated(given) : RemainingOrDefault);
        while (true)
        {
            try
            {
                assertion();
                return;
            }
            catch (Exception) when (Until(end) > TimeSpan.Zero)
            {
                cancellationToken.WaitHandle.WaitOne(interval ?? TimeSpan.FromMilliseconds(10));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>The action ends within the time, and so do the expectations in it.</summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    /// <summary>The action ends after <paramref name="min"/> at the earliest and <paramref name="max"/> at the latest.</summary>
    public void Within(TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within<object?>(min, max, () =>
        {
            action();
            return null;
        }, hint, epsilonValue, cancellationToken);

    /// <summary>The function ends within the time, and so do the expectations in it.</summary>
    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>The function ends after <paramref name="min"/> at the earliest and <paramref name="max"/> at the latest.</summary>
    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        var outer = _end;
        var limit = RemainingOr(Dilated(max)) is var left && left < Dilated(max) ? left : Dilated(max);
        _end = DeadlineAfter(limit);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = outer;
        }
        var took = Stopwatch.GetElapsedTime(start);
        _assertions.AssertTrue(took >= min, $"Failed: block took {took}, should have taken at least {min}. {hint}");
        _assertions.AssertTrue(took <= limit + (epsilonValue ?? TimeSpan.Zero), $"Failed: block took {took}, exceeding {limit}. {hint}");
        return result;
    }

    /// <summary>Ends the kit's system and waits for it.</summary>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(Sys, duration, verifySystemShutdown);

    /// <summary>Ends a system and waits for it.</summary>
    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        if (ReferenceEquals(ActorCell.Current, ((LocalActorRef)TestActor).Cell)) ActorCell.Current = null;
        if (SynchronizationContext.Current is CellKeepingContext) SynchronizationContext.SetSynchronizationContext(null);
        var ended = system.Terminate().Wait(duration ?? Dilated(TestKitSettings.DefaultTimeout * 2));
        if (!ended && verifySystemShutdown) throw new TimeoutException($"The actor system {system.Name} has not ended in time.");
    }

    internal Envelope LastEnvelope => _last;

    private static ActorSystem Make(Config? config, string? name) =>
        ActorSystem.Create(name ?? "test", (config ?? Config.Empty).SafeWithFallback(DefaultConfig) ?? DefaultConfig);

    private static long DeadlineAfter(TimeSpan wait) =>
        wait == Timeout.InfiniteTimeSpan ? long.MaxValue : Stopwatch.GetTimestamp() + (long)(wait.TotalSeconds * Stopwatch.Frequency);

    private static TimeSpan Until(long end) => end == long.MaxValue ? TimeSpan.FromDays(1) : Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), end);

    private TimeSpan RemainingOr(TimeSpan duration) => _end is null ? duration : Remaining;

    private bool TryReceive(out Envelope envelope, TimeSpan wait, CancellationToken cancellationToken)
    {
        var taken = _queue.TryTake(out envelope, wait == Timeout.InfiniteTimeSpan ? TimeSpan.FromDays(1) : wait, cancellationToken);
        _last = taken ? envelope : default;
        return taken;
    }

    private T Expect<T>(TimeSpan? timeout, string? hint, CancellationToken cancellationToken)
    {
        var limit = timeout is { } given ? Dilated(given) : RemainingOrDefault;
        if (!TryReceive(out var envelope, limit, cancellationToken))
            return Failed<T>($"Timeout {limit} while waiting for a message of type {typeof(T)}. {hint}");
        return envelope.Message is T message ? message : Failed<T>($"Received a message of type {envelope.Message.GetType()} ({envelope.Message}), expected {typeof(T)}. {hint}");
    }

    private List<object> Receive(int count, TimeSpan limit, CancellationToken cancellationToken)
    {
        var end = DeadlineAfter(limit);
        var received = new List<object>();
        while (received.Count < count)
        {
            if (!TryReceive(out var envelope, Until(end), cancellationToken)) _assertions.Fail($"Timeout {limit} while expecting {count} messages (got {received.Count}).");
            received.Add(envelope.Message);
        }
        return received;
    }

    private List<T> ExpectAll<T>(TimeSpan limit, T[] messages)
    {
        var received = Receive(messages.Length, limit, default);
        var missing = messages.Where(m => !received.Contains(m!)).ToList();
        _assertions.AssertTrue(missing.Count == 0, $"Not found: [{string.Join(", ", missing)}]; received: [{string.Join(", ", received)}]");
        return received.Cast<T>().ToList();
    }

    private void ExpectNone(TimeSpan duration, CancellationToken cancellationToken)
    {
        if (TryReceive(out var envelope, duration, cancellationToken))
            _assertions.Fail($"Expected no messages during {duration}, instead we received {envelope.Message} from {envelope.Sender}.");
    }

    private T Failed<T>(string problem)
    {
        _assertions.Fail(problem);
        throw new InvalidOperationException(problem);
    }
}

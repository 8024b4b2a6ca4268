using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Builds the options of a <see cref="BackoffSupervisor"/>.</summary>
public static class Backoff
{
    /// <summary>
    /// Starts the child again after it has failed: the first time after <paramref name="minBackoff"/>, each further time after twice
    /// as long, at most <paramref name="maxBackoff"/>, plus a random share of up to <paramref name="randomFactor"/> (0.2 = 20 %).
    /// </summary>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new BackoffSettings(true, childProps, childName, minBackoff, maxBackoff, randomFactor) { MaxRetries = maxNrOfRetries };

    /// <summary>
    /// Starts the child again after it has stopped: the first time after <paramref name="minBackoff"/>, each further time after twice
    /// as long, at most <paramref name="maxBackoff"/>, plus a random share of up to <paramref name="randomFactor"/> (0.2 = 20 %).
    /// </summary>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new BackoffSettings(false, childProps, childName, minBackoff, maxBackoff, randomFactor) { MaxRetries = maxNrOfRetries };
}

/// <summary>The options of a <see cref="BackoffSupervisor"/>. Immutable.</summary>
public abstract class BackoffOptions
{
    private protected BackoffOptions()
    {
    }

    /// <summary>The count of restarts goes back to zero when the child has run for this long.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>The count of restarts goes back to zero only by <see cref="BackoffSupervisor.Reset"/>.</summary>
    public abstract BackoffOptions WithManualReset();

    /// <summary>The strategy for the child's failures.</summary>
    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>The child is stopped on any failure.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>At most this many restarts; -1 for no limit.</summary>
    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>The answer to messages while the child does not run; without one they are dead letters.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>When the child stops after such a message, the supervisor stops too.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);
}

/// <summary>The options with their values.</summary>
internal sealed class BackoffSettings(bool onFailure, Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) : BackoffOptions
{
    public bool OnFailure { get; } = onFailure;

    public Props ChildProps { get; } = childProps;

    public string ChildName { get; } = childName;

    public int MaxRetries { get; init; } = -1;

    /// <summary>Null for a manual reset.</summary>
    public TimeSpan? ResetAfter { get; init; } = minBackoff;

    public OneForOneStrategy Strategy { get; init; } = new(SupervisorStrategy.DefaultDecider);

    public object? ReplyWhileStopped { get; init; }

    public Func<object, bool>? IsFinalStop { get; init; }

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) => With(resetAfter: (true, resetBackoff));

    public override BackoffOptions WithManualReset() => With(resetAfter: (true, null));

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) => With(strategy: supervisorStrategy);

    public override BackoffOptions WithDefaultStoppingStrategy() => With(strategy: SupervisorStrategy.StoppingStrategy);

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) => With(maxRetries: maxNrOfRetries);

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) => With(reply: replyWhileStopped);

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) => With(isFinalStop: isFinalStopMessage);

    /// <summary>How long to wait before the restart number <paramref name="restarts"/> + 1; <paramref name="random"/> is in [0, 1).</summary>
    public TimeSpan Delay(int restarts, double random)
    {
        var doubled = restarts >= 30 ? maxBackoff : TimeSpan.FromTicks((long)Math.Min(maxBackoff.Ticks, minBackoff.Ticks * Math.Pow(2, restarts)));
        var wait = doubled * (1 + random * randomFactor);
        return wait > maxBackoff * (1 + randomFactor) ? maxBackoff : wait;
    }

    private BackoffSettings With(int? maxRetries = null, (bool Given, TimeSpan? Value) resetAfter = default, OneForOneStrategy? strategy = null, object? reply = null, Func<object, bool>? isFinalStop = null) =>
        new(OnFailure, ChildProps, ChildName, minBackoff, maxBackoff, randomFactor)
        {
            MaxRetries = maxRetries ?? MaxRetries,
            ResetAfter = resetAfter.Given ? resetAfter.Value : ResetAfter,
            Strategy = strategy ?? Strategy,
            ReplyWhileStopped = reply ?? ReplyWhileStopped,
            IsFinalStop = isFinalStop ?? IsFinalStop,
        };
}

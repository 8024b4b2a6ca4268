namespace Akka.Actor;

/// <summary>The directive applies to the failed child only.</summary>
public class OneForOneStrategy : SupervisorStrategy
{
    /// <summary>Without limits.</summary>
    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(null, null, localOnlyDecider)
    {
    }

    /// <summary>Without limits.</summary>
    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true) : this(-1, -1, localOnlyDecider, loggingEnabled)
    {
    }

    /// <summary>Without limits.</summary>
    public OneForOneStrategy(IDecider decider) : this(null, null, decider)
    {
    }

    /// <summary>At most <paramref name="maxNrOfRetries"/> restarts within <paramref name="withinTimeRange"/>; null for no limit. Beyond it the child is stopped.</summary>
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries ?? -1, Milliseconds(withinTimeRange), localOnlyDecider)
    {
    }

    /// <summary>At most <paramref name="maxNrOfRetries"/> restarts within <paramref name="withinTimeRange"/>; null for no limit. Beyond it the child is stopped.</summary>
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, Milliseconds(withinTimeRange), decider)
    {
    }

    /// <summary>As above, the window in milliseconds; -1 for no limit.</summary>
    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled)
    {
    }

    /// <summary>As above, the window in milliseconds; -1 for no limit.</summary>
    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        Decider = decider;
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        LoggingEnabled = loggingEnabled;
    }

    /// <inheritdoc/>
    public override IDecider Decider { get; }

    /// <summary>The limit of restarts; -1 for none.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>The window in which they are counted, in milliseconds; -1 for ever.</summary>
    public int WithinTimeRangeMilliseconds { get; }

    /// <summary>The same strategy with another limit.</summary>
    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) => new(maxNrOfRetries, WithinTimeRangeMilliseconds, Decider, LoggingEnabled);

    /// <inheritdoc/>
    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    private protected override void Apply(ActorCell cell, bool restart, ChildStats failed, Exception cause)
    {
        if (restart && failed.MayRestart(MaxNumberOfRetries, WithinTimeRangeMilliseconds)) failed.Child.Restart(cause);
        else cell.Stop(failed.Child);
    }

    internal static int Milliseconds(TimeSpan? time) => time is { } value && value != Timeout.InfiniteTimeSpan ? (int)value.TotalMilliseconds : -1;
}

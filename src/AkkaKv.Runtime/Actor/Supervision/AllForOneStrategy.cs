namespace Akka.Actor;

/// <summary>The directive applies to all children: one failure restarts or stops every one of them.</summary>
public class AllForOneStrategy : SupervisorStrategy
{
    /// <summary>Without limits.</summary>
    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(null, null, localOnlyDecider)
    {
    }

    /// <summary>Without limits.</summary>
    public AllForOneStrategy(IDecider decider) : this(null, null, decider)
    {
    }

    /// <summary>At most <paramref name="maxNrOfRetries"/> restarts within <paramref name="withinTimeRange"/>; null for no limit. Beyond it the child is stopped.</summary>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries ?? -1, OneForOneStrategy.Milliseconds(withinTimeRange), localOnlyDecider)
    {
    }

    /// <summary>At most <paramref name="maxNrOfRetries"/> restarts within <paramref name="withinTimeRange"/>; null for no limit. Beyond it the child is stopped.</summary>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, OneForOneStrategy.Milliseconds(withinTimeRange), decider)
    {
    }

    /// <summary>As above, the window in milliseconds; -1 for no limit.</summary>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled)
    {
    }

    /// <summary>As above, the window in milliseconds; -1 for no limit.</summary>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
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

    /// <inheritdoc/>
    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    private protected override void Apply(ActorCell cell, bool restart, ChildStats failed, Exception cause)
    {
        var all = cell.Children.AllStats();
        if (restart && all.TrueForAll(child => child.MayRestart(MaxNumberOfRetries, WithinTimeRangeMilliseconds)))
        {
            foreach (var child in all)
            {
                // The failed one is suspended already.
                if (!child.Child.Equals(failed.Child)) child.Child.Suspend();
                child.Child.Restart(cause);
            }
        }
        else
        {
            foreach (var child in all) cell.Stop(child.Child);
        }
    }
}

namespace AkkaKv.Sentinel;

/// <summary>
/// Where the time of one failover went. Times are the monitor's own milliseconds (the <c>now</c> of its steps); null for a step that was
/// not reached, or not observed by this sentinel.
/// </summary>
/// <param name="MasterName">The master.</param>
/// <param name="Epoch">The epoch of the failover.</param>
/// <param name="From">The old master.</param>
/// <param name="To">The promoted replica; null when none was chosen.</param>
/// <param name="Manual">Whether a user asked for it.</param>
/// <param name="Outcome"><c>switched</c>, or the name of the event that ended it.</param>
/// <param name="LastReplyAt">The old master's last valid reply.</param>
/// <param name="DetectedAt">Subjectively down here.</param>
/// <param name="AgreedAt">Objectively down: the quorum agreed.</param>
/// <param name="TriedAt">This sentinel became a candidate.</param>
/// <param name="ElectedAt">It had the votes.</param>
/// <param name="SelectedAt">It chose the replica.</param>
/// <param name="PromotedAt">The replica was seen to be a master, and everybody was told: clients can write again.</param>
/// <param name="LastReconfiguredAt">The last replica followed the new master.</param>
/// <param name="SwitchedAt">The +switch-master event.</param>
public sealed record FailoverTimeline(
    string MasterName,
    long Epoch,
    InstanceAddress From,
    InstanceAddress? To,
    bool Manual,
    string Outcome,
    long? LastReplyAt,
    long? DetectedAt,
    long? AgreedAt,
    long? TriedAt,
    long? ElectedAt,
    long? SelectedAt,
    long? PromotedAt,
    long? LastReconfiguredAt,
    long? SwitchedAt)
{
    /// <summary>The phases in milliseconds, one after the other, as a line for people: <c>detected 120 agreed 1 elected 4 …</c>.</summary>
    public string Describe()
    {
        var text = new System.Text.StringBuilder();
        long? previous = Manual ? TriedAt : LastReplyAt;
        foreach (var (name, at) in Phases())
        {
            if (at is not { } time)
                continue;
            if (text.Length > 0)
                text.Append(' ');
            text.Append(name).Append(' ').Append(time - (previous ?? time));
            previous = time;
        }
        return text.ToString();
    }

    /// <summary>The phases by name, in order, with their times.</summary>
    public IEnumerable<(string Name, long? At)> Phases()
    {
        yield return ("detected", Manual ? null : DetectedAt);
        yield return ("agreed", Manual ? null : AgreedAt);
        yield return ("tried", TriedAt);
        yield return ("elected", ElectedAt);
        yield return ("selected", SelectedAt);
        yield return ("promoted", PromotedAt);
        yield return ("reconfigured", LastReconfiguredAt);
        yield return ("switched", SwitchedAt);
    }
}

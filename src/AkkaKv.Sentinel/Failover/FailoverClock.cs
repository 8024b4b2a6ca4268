namespace AkkaKv.Sentinel;

/// <summary>When the running failover reached which step; becomes a <see cref="FailoverTimeline"/>.</summary>
internal sealed class FailoverClock
{
    public long? LastReplyAt { get; init; }

    public long? DetectedAt { get; init; }

    public long? AgreedAt { get; init; }

    public long? TriedAt { get; set; }

    public long? ElectedAt { get; set; }

    public long? SelectedAt { get; set; }

    public long? PromotedAt { get; set; }

    public long? LastReconfiguredAt { get; set; }

    public long? SwitchedAt { get; set; }
}

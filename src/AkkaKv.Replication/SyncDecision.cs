namespace AkkaKv.Replication;

/// <summary>Why a replica cannot continue where it stopped.</summary>
public enum FullSyncReason
{
    /// <summary>It asked for a full resynchronisation (PSYNC ? -1, SYNC).</summary>
    NothingInCommon,

    /// <summary>It has the data of another history.</summary>
    OtherHistory,

    /// <summary>It has the history from before the promotion, but more of it than the promoted node had.</summary>
    BeyondSecondOffset,

    /// <summary>The bytes it needs are no longer, or not yet, in the backlog.</summary>
    OutsideBacklog,
}

/// <summary>The answer to a PSYNC: continue after an offset, or everything anew.</summary>
public readonly record struct SyncDecision
{
    private SyncDecision(bool isContinue, long offset, FullSyncReason reason) =>
        (IsContinue, Offset, Reason) = (isContinue, offset, reason);

    /// <summary>True for a partial resynchronisation.</summary>
    public bool IsContinue { get; }

    /// <summary>The last offset that the replica has. Meaningful when it may continue.</summary>
    public long Offset { get; }

    /// <summary>Why not. Meaningful when it may not continue.</summary>
    public FullSyncReason Reason { get; }

    public static SyncDecision Continue(long offset) => new(true, offset, default);

    public static SyncDecision Full(FullSyncReason reason) => new(false, -1, reason);
}

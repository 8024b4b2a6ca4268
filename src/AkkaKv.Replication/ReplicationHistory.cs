namespace AkkaKv.Replication;

/// <summary>
/// Which history this node has: its id and offset, the id it had before its last promotion with the offset up to which that id is
/// still true, and the bytes kept for partial resynchronisation. Decides what a PSYNC gets.
/// </summary>
/// <remarks>
/// The rules are Redis's (PSYNC version 2). A node's id changes when its history stops being the one that others know: at a promotion
/// (others may still continue up to the second offset), when it starts or drops its backlog as a master (nobody may).
/// </remarks>
public sealed class ReplicationHistory(ReplicationBuffer buffer, ReplicationId id)
{
    /// <summary>What <see cref="SecondOffset"/> is while there is no second id.</summary>
    public const long NoSecondOffset = -1;

    /// <summary>The stream in memory. Its end is the offset of this history.</summary>
    public ReplicationBuffer Buffer { get; } = buffer;

    /// <summary>master_replid.</summary>
    public ReplicationId Id { get; private set; } = id;

    /// <summary>master_replid2: the id before the last promotion, or none.</summary>
    public ReplicationId SecondId { get; private set; }

    /// <summary>second_repl_offset: the first offset that <see cref="SecondId"/> does not vouch for, or <see cref="NoSecondOffset"/>.</summary>
    public long SecondOffset { get; private set; } = NoSecondOffset;

    /// <summary>master_repl_offset: on a master the bytes produced, on a replica the bytes applied.</summary>
    public long Offset => Buffer.EndOffset;

    /// <summary>
    /// What a replica gets that has <paramref name="offset"/> bytes of history <paramref name="history"/> (it asks PSYNC with that
    /// id and offset + 1).
    /// </summary>
    public SyncDecision Decide(ReplicationId history, long offset)
    {
        if (history.IsNone)
            return SyncDecision.Full(FullSyncReason.NothingInCommon);
        var isCurrent = history == Id;
        if (!isCurrent && history != SecondId)
            return SyncDecision.Full(FullSyncReason.OtherHistory);
        if (!isCurrent && offset + 1 > SecondOffset)
            return SyncDecision.Full(FullSyncReason.BeyondSecondOffset);
        return Buffer.Covers(offset) ? SyncDecision.Continue(offset) : SyncDecision.Full(FullSyncReason.OutsideBacklog);
    }

    /// <summary>
    /// Starts keeping history for the first replica of a master. Always under a new id, since what came before was not kept. Nothing
    /// happens if history is kept already.
    /// </summary>
    public void StartBacklog(ReplicationId fresh)
    {
        if (Buffer.IsActive)
            return;
        Rename(fresh);
        Buffer.Start(Offset);
    }

    /// <summary>Stops keeping history on a master that had no replica for repl-backlog-ttl. Under a new id, so that nobody continues over the gap.</summary>
    public void StopBacklog(ReplicationId fresh)
    {
        Rename(fresh);
        Buffer.Stop(Offset);
    }

    /// <summary>
    /// This replica becomes a master: it goes on under a new id, and those who have the old one may continue up to here. The same
    /// when a master takes a new id without a break in its history.
    /// </summary>
    public void Promote(ReplicationId fresh)
    {
        SecondId = Id;
        SecondOffset = Offset + 1;
        Id = fresh;
    }

    /// <summary>This node follows a master from now on: it keeps history for the day when it is promoted. Id and offset stay what it will ask to continue from.</summary>
    public void Follow()
    {
        if (!Buffer.IsActive)
            Buffer.Start(Offset);
    }

    /// <summary>A full resynchronisation was loaded: this node now has the master's history and nothing of its own.</summary>
    public void AdoptFullSync(ReplicationId masterId, long offset)
    {
        Rename(masterId);
        Buffer.Start(offset);
    }

    /// <summary>
    /// The master let this replica continue, under <paramref name="masterId"/>. True if that is another id than before: the
    /// replicas of this one must then be disconnected, so that they learn it.
    /// </summary>
    public bool AdoptContinue(ReplicationId masterId)
    {
        Follow();
        if (masterId.IsNone || masterId == Id)
            return false;
        Promote(masterId);
        return true;
    }

    /// <summary>Takes over what a file remembers of an earlier life of this node: partial resynchronisation may go on from there.</summary>
    public void Restore(ReplicationId remembered, long offset)
    {
        Rename(remembered);
        Buffer.Stop(offset);
    }

    private void Rename(ReplicationId fresh)
    {
        Id = fresh;
        SecondId = ReplicationId.None;
        SecondOffset = NoSecondOffset;
    }
}

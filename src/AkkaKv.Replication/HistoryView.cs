namespace AkkaKv.Replication;

/// <summary>Ids, offsets and backlog as INFO shows them.</summary>
/// <param name="Id">master_replid.</param>
/// <param name="SecondId">master_replid2.</param>
/// <param name="Offset">master_repl_offset.</param>
/// <param name="SecondOffset">second_repl_offset, -1 for none.</param>
/// <param name="BacklogActive">repl_backlog_active.</param>
/// <param name="BacklogSize">repl_backlog_size: the configured size.</param>
/// <param name="BacklogFirstOffset">repl_backlog_first_byte_offset.</param>
/// <param name="BacklogLength">repl_backlog_histlen.</param>
public sealed record HistoryView(
    ReplicationId Id,
    ReplicationId SecondId,
    long Offset,
    long SecondOffset,
    bool BacklogActive,
    long BacklogSize,
    long BacklogFirstOffset,
    long BacklogLength)
{
    public static HistoryView Of(ReplicationHistory history) => new(
        history.Id,
        history.SecondId,
        history.Offset,
        history.SecondOffset,
        history.Buffer.IsActive,
        history.Buffer.SizeMax,
        history.Buffer.FirstOffset,
        history.Buffer.HistoryLength);
}

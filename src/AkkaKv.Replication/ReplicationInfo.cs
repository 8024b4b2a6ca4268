using System.Globalization;
using System.Text;

namespace AkkaKv.Replication;

/// <summary>Everything that INFO's Replication section shows, as plain values.</summary>
/// <param name="Upstream">The link to the master, or null on a master.</param>
/// <param name="AppliedOffset">slave_repl_offset: what was applied of the master's stream.</param>
/// <param name="ReadOffset">slave_read_repl_offset: what was read of it.</param>
/// <param name="Priority">slave_priority (replica-priority).</param>
/// <param name="IsReadOnly">slave_read_only (replica-read-only).</param>
/// <param name="IsAnnounced">replica_announced.</param>
/// <param name="Replicas">The attached replicas.</param>
/// <param name="GoodReplicas">min_slaves_good_slaves, or null while min-replicas-to-write is off.</param>
/// <param name="FailoverState">master_failover_state.</param>
/// <param name="History">Ids, offsets and backlog.</param>
public sealed record ReplicationInfo(
    UpstreamView? Upstream,
    long AppliedOffset,
    long ReadOffset,
    int Priority,
    bool IsReadOnly,
    bool IsAnnounced,
    IReadOnlyList<ReplicaView> Replicas,
    int? GoodReplicas,
    string FailoverState,
    HistoryView History)
{
    /// <summary>The lines of the section in Redis's order and spelling, each ended by CR LF, without the heading.</summary>
    public string ToLines()
    {
        var text = new StringBuilder();
        Line(text, "role", Upstream is null ? "master" : "slave");
        if (Upstream is { } upstream)
            AddUpstream(text, upstream);
        Line(text, "connected_slaves", Replicas.Count);
        if (GoodReplicas is { } good)
            Line(text, "min_slaves_good_slaves", good);
        for (var index = 0; index < Replicas.Count; index++)
        {
            var replica = Replicas[index];
            var value = string.Create(
                CultureInfo.InvariantCulture,
                $"ip={replica.Address},port={replica.Port},state={replica.State.InfoName()},offset={replica.Offset},lag={replica.LagSeconds}");
            Line(text, $"slave{index}", value);
        }

        Line(text, "master_failover_state", FailoverState);
        Line(text, "master_replid", History.Id.ToString());
        Line(text, "master_replid2", History.SecondId.ToString());
        Line(text, "master_repl_offset", History.Offset);
        Line(text, "second_repl_offset", History.SecondOffset);
        Line(text, "repl_backlog_active", History.BacklogActive ? 1 : 0);
        Line(text, "repl_backlog_size", History.BacklogSize);
        Line(text, "repl_backlog_first_byte_offset", History.BacklogFirstOffset);
        Line(text, "repl_backlog_histlen", History.BacklogLength);
        return text.ToString();
    }

    private void AddUpstream(StringBuilder text, UpstreamView upstream)
    {
        Line(text, "master_host", upstream.Host);
        Line(text, "master_port", upstream.Port);
        Line(text, "master_link_status", upstream.State.IsUp() ? "up" : "down");
        Line(text, "master_last_io_seconds_ago", upstream.LastIoSecondsAgo);
        Line(text, "master_sync_in_progress", upstream.State.IsSyncing() ? 1 : 0);
        Line(text, "slave_read_repl_offset", ReadOffset);
        Line(text, "slave_repl_offset", AppliedOffset);
        if (upstream.Sync is { } sync)
        {
            var percent = sync.TotalBytes == 0 ? 0 : sync.ReadBytes * 100.0 / sync.TotalBytes;
            Line(text, "master_sync_total_bytes", sync.TotalBytes);
            Line(text, "master_sync_read_bytes", sync.ReadBytes);
            Line(text, "master_sync_left_bytes", sync.TotalBytes - sync.ReadBytes);
            Line(text, "master_sync_perc", percent.ToString("F2", CultureInfo.InvariantCulture));
            Line(text, "master_sync_last_io_seconds_ago", sync.LastIoSecondsAgo);
        }

        if (!upstream.State.IsUp())
            Line(text, "master_link_down_since_seconds", upstream.DownSeconds);
        Line(text, "slave_priority", Priority);
        Line(text, "slave_read_only", IsReadOnly ? 1 : 0);
        Line(text, "replica_announced", IsAnnounced ? 1 : 0);
    }

    private static void Line(StringBuilder text, string name, string value) => text.Append(name).Append(':').Append(value).Append("\r\n");

    private static void Line(StringBuilder text, string name, long value) => Line(text, name, value.ToString(CultureInfo.InvariantCulture));
}

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

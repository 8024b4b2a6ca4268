using System.Globalization;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Hosting;

namespace AkkaKv.Commands.Commands.Information;

/// <summary>INFO's section on replication, field by field as Redis 7.0 writes it: sentinels, of whatever make, read it.</summary>
internal static class ReplicationInfo
{
    public static void Write(CommandContext context, InfoText text)
    {
        ReplicationFacts facts = context.Engine.Replication.GetFacts();
        ServerSettings settings = context.Settings;
        text.Section("Replication");
        text.Field("role", facts.Master is null ? "master" : "slave");
        if (facts.Master is { } master)
        {
            WriteMaster(text, settings, facts, master);
        }

        text.Field("connected_slaves", facts.Replicas.Count);
        if (settings.MinReplicasToWrite > 0 && settings.MinReplicasMaxLagSeconds > 0)
        {
            text.Field("min_slaves_good_slaves", context.Engine.Replication.CountReplicasWithin(settings.MinReplicasMaxLagSeconds));
        }

        for (int i = 0; i < facts.Replicas.Count; i++)
        {
            ReplicaFacts replica = facts.Replicas[i];
            text.Field(
                string.Create(CultureInfo.InvariantCulture, $"slave{i}"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"ip={replica.Host},port={replica.Port},state={replica.State},offset={replica.Offset},lag={replica.LagSeconds}"));
        }


        // FAILOVER is not served, so none is ever under way; sentinels fail over by REPLICAOF.
        text.Field("master_failover_state", "no-failover");
        text.Field("master_replid", facts.ReplicationId);
        text.Field("master_replid2", facts.ReplicationId2);
        text.Field("master_repl_offset", facts.Offset);
        text.Field("second_repl_offset", facts.SecondOffset);
        text.Flag("repl_backlog_active", facts.BacklogActive);
        text.Field("repl_backlog_size", facts.BacklogSize);
        text.Field("repl_backlog_first_byte_offset", facts.BacklogFirstByteOffset);
        text.Field("repl_backlog_histlen", facts.BacklogHistoryLength);
    }

    private static void WriteMaster(InfoText text, ServerSettings settings, ReplicationFacts facts, MasterLinkFacts master)
    {
        bool isUp = master.State == "connected";
        text.Field("master_host", master.Host);
        text.Field("master_port", master.Port);
        text.Field("master_link_status", isUp ? "up" : "down");
        text.Field("master_last_io_seconds_ago", master.LastIoSecondsAgo);
        text.Flag("master_sync_in_progress", master.SyncInProgress);
        text.Field("slave_read_repl_offset", master.ReadOffset);
        text.Field("slave_repl_offset", facts.Offset);
        if (master.SyncInProgress)
        {
            double percent = master.SyncTotalBytes > 0 ? 100.0 * master.SyncReadBytes / master.SyncTotalBytes : 0;
            text.Field("master_sync_total_bytes", master.SyncTotalBytes);
            text.Field("master_sync_read_bytes", master.SyncReadBytes);
            text.Field("master_sync_left_bytes", master.SyncTotalBytes - master.SyncReadBytes);
            text.Fraction("master_sync_perc", percent);
            text.Field("master_sync_last_io_seconds_ago", master.SyncLastIoSecondsAgo);
        }

        if (!isUp)
        {
            text.Field("master_link_down_since_seconds", master.DownSinceSeconds);
        }

        text.Field("slave_priority", settings.ReplicaPriority);
        text.Flag("slave_read_only", settings.ReplicaReadOnly);
        text.Flag("replica_announced", settings.ReplicaAnnounced);
    }
}

using System.Globalization;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Statistics;
using AkkaKv.Commands.Table;

namespace AkkaKv.Commands.Commands.Information;

/// <summary>INFO's sections stats, commandstats, errorstats and latencystats.</summary>
internal static class StatisticsInfo
{
    public static void WriteStatistics(CommandContext context, InfoText text)
    {
        CommandEngine engine = context.Engine;
        ServerStatistics statistics = engine.Statistics;
        ProcessCounters counters = engine.Server.GetCounters();
        ReplicationFacts replication = engine.Replication.GetFacts();
        text.Section("Stats");
        text.Field("total_connections_received", statistics.ConnectionsReceived);
        text.Field("total_commands_processed", statistics.CommandsProcessed);
        text.Field("instantaneous_ops_per_sec", statistics.Commands.PerSecond);
        text.Field("total_net_input_bytes", counters.InputBytes);
        text.Field("total_net_output_bytes", counters.OutputBytes);
        text.Fraction("instantaneous_input_kbps", statistics.InputBytes.PerSecond / 1024.0);
        text.Fraction("instantaneous_output_kbps", statistics.OutputBytes.PerSecond / 1024.0);
        text.Field("rejected_connections", statistics.ConnectionsRejected);
        text.Field("sync_full", replication.SyncFull);
        text.Field("sync_partial_ok", replication.SyncPartialOk);
        text.Field("sync_partial_err", replication.SyncPartialErr);
        text.Field("expired_keys", statistics.ExpiredKeys);
        text.Fraction("expired_stale_perc", engine.Expiry.EstimateStalePercent(context.NowMs));
        text.Field("expired_time_cap_reached_count", statistics.ExpiryCyclesCutShort);
        text.Field("evicted_keys", statistics.EvictedKeys);
        text.Field("evicted_clients", 0);
        text.Field("total_eviction_exceeded_time", engine.MemoryLimit.ExceededMs);
        text.Field("current_eviction_exceeded_time", engine.MemoryLimit.CurrentlyExceededMs);
        text.Field("keyspace_hits", statistics.KeyspaceHits);
        text.Field("keyspace_misses", statistics.KeyspaceMisses);
        text.Field("pubsub_channels", engine.PubSub.Channels.Count);
        text.Field("pubsub_patterns", engine.PubSub.PatternCount);
        text.Field("pubsubshard_channels", engine.PubSub.ShardChannels.Count);
        text.Field("latest_fork_usec", 0);
        text.Field("total_forks", 0);
        text.Field("migrate_cached_sockets", 0);
        text.Field("slave_expires_tracked_keys", 0);
        text.Field("active_defrag_hits", engine.Defragmentation.Moves);
        text.Field("active_defrag_misses", engine.Defragmentation.Misses);
        text.Field("total_active_defrag_time", engine.Defragmentation.TotalMs);
        text.Field("current_active_defrag_time", engine.Defragmentation.CurrentMs);
        text.Field("tracking_total_keys", engine.Tracking.KeyCount);
        text.Field("tracking_total_items", engine.Tracking.ItemCount);
        text.Field("tracking_total_prefixes", engine.Tracking.PrefixCount);
        text.Field("unexpected_error_replies", 0);
        text.Field("total_error_replies", statistics.ErrorReplies);
        text.Field("dump_payload_sanitizations", 0);

        // Not Redis's, which has no garbage collector: how often it ran, and how long it stopped everything.
        text.Field("gc_collections", counters.Collections);
        text.Field("gc_pause_total_usec", (long)counters.CollectionPauses.TotalMicroseconds);
        text.Field("gc_pause_max_usec", (long)statistics.LongestCollectionPause.TotalMicroseconds);
    }

    public static void WriteCommands(CommandContext context, InfoText text)
    {
        text.Section("Commandstats");
        foreach (CommandRow row in context.Engine.Table.RowsAndSubcommands)
        {
            CommandStatistics figures = context.Engine.Statistics.Of(row);
            if (figures.Calls == 0 && figures.Rejected == 0)
            {
                continue;
            }

            double microseconds = figures.Nanoseconds / 1000.0;
            double perCall = figures.Calls == 0 ? 0 : microseconds / figures.Calls;
            text.Field(
                "cmdstat_" + row.FullName,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"calls={figures.Calls},usec={(long)microseconds},usec_per_call={perCall:0.00},rejected_calls={figures.Rejected},failed_calls={figures.Failed}"));
        }
    }

    public static void WriteLatencies(CommandContext context, InfoText text)
    {
        text.Section("Latencystats");
        foreach (CommandRow row in context.Engine.Table.RowsAndSubcommands)
        {
            if (context.Engine.Statistics.HistogramOf(row) is not { } histogram)
            {
                continue;
            }

            IEnumerable<string> shown = context.Settings.LatencyPercentiles.Select(
                percent => string.Create(CultureInfo.InvariantCulture, $"p{percent}={histogram.PercentileMicroseconds(percent):0.000}"));
            text.Field("latency_percentiles_usec_" + row.FullName, string.Join(',', shown));
        }
    }

    public static void WriteErrors(CommandContext context, InfoText text)
    {
        text.Section("Errorstats");
        foreach ((string code, long count) in context.Engine.Statistics.Errors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Field("errorstat_" + code, string.Create(CultureInfo.InvariantCulture, $"count={count}"));
        }
    }
}

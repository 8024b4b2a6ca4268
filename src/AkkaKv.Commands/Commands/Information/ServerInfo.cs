using System.Globalization;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Information;

/// <summary>INFO's sections on the process: server, clients, persistence, cpu, modules, cluster, keyspace.</summary>
internal static class ServerInfo
{
    private const int CronHertz = 10;

    public static void WriteServer(CommandContext context, InfoText text)
    {
        ServerFacts facts = context.Engine.Server.Facts;
        long uptimeSeconds = Math.Max(0, (context.NowMs - facts.StartedAtMs) / 1000);
        text.Section("Server");
        text.Field("redis_version", RedisCompatibility.Version);
        text.Field("redis_mode", "standalone");
        text.Field("akkakv_version", facts.ProductVersion);
        text.Field("os", facts.OperatingSystem);
        text.Field("arch_bits", 8 * IntPtr.Size);
        text.Field("process_id", facts.ProcessId);
        text.Field("run_id", facts.RunId);
        text.Field("tcp_port", facts.Port);
        text.Field("server_time_usec", context.Engine.Server.UnixTimeMicroseconds);
        text.Field("uptime_in_seconds", uptimeSeconds);
        text.Field("uptime_in_days", uptimeSeconds / 86400);
        text.Field("hz", CronHertz);
        text.Field("configured_hz", CronHertz);
        text.Field("lru_clock", AccessClock.At(context.NowMs));
        text.Field("executable", facts.Executable);
        text.Field("config_file", facts.ConfigurationFile);
        text.Field("io_threads_active", 0);
    }

    public static void WriteClients(CommandContext context, InfoText text)
    {
        CommandEngine engine = context.Engine;
        long maxInput = 0;
        long maxOutput = 0;
        foreach (ClientSession session in engine.Sessions.All)
        {
            maxInput = Math.Max(maxInput, session.Host.Buffers.Received);
            maxOutput = Math.Max(maxOutput, session.Host.Buffers.Unsent + session.Output.Length);
        }

        text.Section("Clients");
        text.Field("connected_clients", engine.Sessions.ClientCount);
        text.Field("cluster_connections", 0);
        text.Field("maxclients", engine.Settings.MaxClients);
        text.Field("client_recent_max_input_buffer", maxInput);
        text.Field("client_recent_max_output_buffer", maxOutput);
        text.Field("blocked_clients", engine.Waiting.BlockedCount);
        text.Field("tracking_clients", engine.Tracking.ClientCount);
        text.Field("clients_in_timeout_table", engine.Waiting.TimedCount);
    }

    public static void WritePersistence(CommandContext context, InfoText text)
    {
        CommandEngine engine = context.Engine;
        PersistenceFacts facts = engine.Server.GetPersistence();
        LoadingFacts? loading = engine.Server.Loading;
        text.Section("Persistence");
        text.Flag("loading", loading is not null);
        text.Field("async_loading", 0);
        text.Field("current_save_keys_processed", facts.CurrentSaveKeys);
        text.Field("current_save_keys_total", facts.CurrentSaveKeysTotal);
        text.Field("rdb_changes_since_last_save", engine.Propagation.Changes - facts.ChangesAtLastSave);
        text.Flag("rdb_bgsave_in_progress", facts.SaveInProgress);
        text.Field("rdb_last_save_time", facts.LastSaveSeconds);
        text.Field("rdb_last_bgsave_status", facts.LastSaveOk ? "ok" : "err");
        text.Field("rdb_last_bgsave_time_sec", facts.LastSaveDurationSeconds);
        text.Field("rdb_current_bgsave_time_sec", facts.CurrentSaveDurationSeconds);
        text.Field("rdb_saves", facts.Saves);
        text.Field("rdb_last_load_keys_expired", facts.ExpiredKeysAtLoad);
        text.Field("rdb_last_load_keys_loaded", facts.LoadedKeys);
        text.Field("aof_enabled", 0);
        text.Field("aof_rewrite_in_progress", 0);
        text.Field("aof_rewrite_scheduled", 0);
        text.Field("aof_last_rewrite_time_sec", -1);
        text.Field("aof_current_rewrite_time_sec", -1);
        text.Field("aof_last_bgrewrite_status", "ok");
        text.Field("aof_last_write_status", "ok");
        if (loading is null)
        {
            return;
        }

        long elapsedSeconds = Math.Max(0, (context.NowMs - loading.StartedAtMs) / 1000);
        double share = loading.TotalBytes > 0 ? (double)loading.LoadedBytes / loading.TotalBytes : 0;
        text.Field("loading_start_time", loading.StartedAtMs / 1000);
        text.Field("loading_total_bytes", loading.TotalBytes);
        text.Field("loading_loaded_bytes", loading.LoadedBytes);
        text.Fraction("loading_loaded_perc", share * 100);
        text.Field("loading_eta_seconds", share > 0 ? (long)Math.Ceiling(elapsedSeconds * (1 - share) / share) : 1);
    }

    public static void WriteProcessor(CommandContext context, InfoText text)
    {
        ProcessCounters counters = context.Engine.Server.GetCounters();
        text.Section("CPU");
        text.Fraction("used_cpu_sys", counters.SystemCpuSeconds, 6);
        text.Fraction("used_cpu_user", counters.UserCpuSeconds, 6);
        text.Fraction("used_cpu_sys_children", 0, 6);
        text.Fraction("used_cpu_user_children", 0, 6);
    }

    public static void WriteModules(CommandContext context, InfoText text) => text.Section("Modules");

    public static void WriteCluster(CommandContext context, InfoText text)
    {
        text.Section("Cluster");
        text.Field("cluster_enabled", 0);
    }

    public static void WriteKeyspace(CommandContext context, InfoText text)
    {
        text.Section("Keyspace");
        for (int i = 0; i < context.Store.DatabaseCount; i++)
        {
            Database database = context.Store[i];
            if (database.Count > 0)
            {
                text.Field(
                    string.Create(CultureInfo.InvariantCulture, $"db{i}"),
                    string.Create(CultureInfo.InvariantCulture, $"keys={database.Count},expires={database.ExpiringCount},avg_ttl={AverageTtl(context, database)}"));
            }
        }
    }

    /// <summary>The mean remaining time of a few keys in milliseconds: an estimate, as in Redis.</summary>
    private static long AverageTtl(CommandContext context, Database database)
    {
        const int samples = 20;
        if (database.ExpiringCount == 0)
        {
            return 0;
        }

        long sum = 0;
        for (int i = 0; i < samples; i++)
        {
            sum += Math.Max(0, database.RandomExpiringEntry(context.Engine.NextRandom()).ExpireAtMs - context.NowMs) / samples;
        }

        return sum;
    }
}

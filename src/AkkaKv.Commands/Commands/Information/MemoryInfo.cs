using AkkaKv.Commands.Commands.Server;
using AkkaKv.Commands.Hosting;

namespace AkkaKv.Commands.Commands.Information;

/// <summary>INFO's section on memory; <see cref="MemoryFigures"/> says what is counted.</summary>
internal static class MemoryInfo
{
    public static void Write(CommandContext context, InfoText text)
    {
        CommandEngine engine = context.Engine;
        ProcessCounters counters = engine.Server.GetCounters();
        ServerFacts facts = engine.Server.Facts;
        var memory = MemoryFigures.Of(engine);
        long used = memory.Used;
        long peak = Math.Max(engine.Statistics.PeakMemory, used);
        long reserved = engine.Store.ReservedMemory;
        text.Section("Memory");
        text.Memory("used_memory", used);
        text.Memory("used_memory_rss", counters.ResidentBytes);
        text.Memory("used_memory_peak", peak);
        text.Field("used_memory_peak_perc", Percent(used, peak));
        text.Field("used_memory_startup", memory.Startup);
        text.Field("used_memory_dataset", memory.DataSet);
        text.Field("used_memory_dataset_perc", Percent(memory.DataSet, used));
        text.Field("allocator_allocated", used);
        text.Field("allocator_active", reserved);
        text.Memory("total_system_memory", facts.SystemMemory);
        text.Field("used_memory_managed", counters.ManagedBytes);
        text.Field("used_memory_lua", 0);
        text.Field("used_memory_scripts", 0);
        text.Field("number_of_cached_scripts", 0);
        text.Memory("maxmemory", engine.Settings.MaxMemory);
        text.Field("maxmemory_policy", engine.Settings.MaxMemoryPolicy.Name);
        text.Fraction("allocator_frag_ratio", Ratio(reserved, used));
        text.Field("allocator_frag_bytes", reserved - used);
        text.Fraction("mem_fragmentation_ratio", Ratio(counters.ResidentBytes, used));
        text.Field("mem_fragmentation_bytes", counters.ResidentBytes - used);

        // maxmemory limits the data alone, so nothing has to be taken off before the comparison.
        text.Field("mem_not_counted_for_evict", engine.Store.SnapshotMemory);
        text.Field("mem_replication_backlog", memory.Backlog);
        text.Field("mem_total_replication_buffers", memory.ReplicationBuffers);
        text.Field("mem_clients_slaves", memory.ReplicaClients);
        text.Field("mem_clients_normal", memory.NormalClients);
        text.Field("mem_aof_buffer", 0);
        text.Field("mem_allocator", "akkakv");
        text.Field("active_defrag_running", 0);
        text.Field("lazyfree_pending_objects", engine.LazyFree.PendingObjects);
        text.Field("lazyfreed_objects", engine.LazyFree.FreedObjects);
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Percent(long part, long whole) =>
        Ratio(part, whole).ToString("P2", System.Globalization.CultureInfo.InvariantCulture).Replace(" ", "");
}

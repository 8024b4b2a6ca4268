using System.Globalization;
using AkkaKv.Commands.Commands.Server;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Scripting;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Information;

/// <summary>INFO's section on memory; <see cref="MemoryFigures"/> says what is counted.</summary>
internal static class MemoryInfo
{
    public static void Write(CommandContext context, InfoText text)
    {
        CommandEngine engine = context.Engine;
        ProcessCounters counters = engine.Server.GetCounters();
        var memory = MemoryFigures.Of(engine);
        StoreMemory store = memory.Store;
        text.Section("Memory");
        text.Memory("used_memory", memory.Used);
        text.Memory("used_memory_rss", memory.Resident);
        text.Memory("used_memory_peak", engine.Statistics.PeakMemory);
        text.Field("used_memory_peak_perc", Percent(MemoryFigures.Ratio(memory.Used, engine.Statistics.PeakMemory)));
        text.Field("used_memory_peak_time", engine.Statistics.PeakMemoryAtSeconds);
        text.Field("used_memory_overhead", memory.Overhead);
        text.Field("used_memory_startup", memory.Startup);
        text.Field("used_memory_dataset", memory.DataSet);
        text.Field("used_memory_dataset_perc", Percent(memory.DataSetShare));
        text.Field("allocator_allocated", store.Used);
        text.Field("allocator_active", store.Active);
        text.Field("allocator_resident", store.Resident);
        text.Memory("total_system_memory", engine.Server.Facts.SystemMemory);
        text.Field("used_memory_managed", counters.ManagedBytes);
        text.Field("used_memory_snapshots", memory.Snapshots);
        WriteScripts(engine.Scripts, text);
        text.Memory("maxmemory", engine.Settings.MaxMemory);
        text.Field("maxmemory_policy", engine.Settings.MaxMemoryPolicy.Name);
        text.Fraction("allocator_frag_ratio", memory.Fragmentation);
        text.Field("allocator_frag_bytes", store.Active - store.Used);
        text.Fraction("allocator_rss_ratio", MemoryFigures.Ratio(store.Resident, store.Active));
        text.Field("allocator_rss_bytes", store.Resident - store.Active);
        text.Fraction("rss_overhead_ratio", MemoryFigures.Ratio(memory.Resident, store.Resident));
        text.Field("rss_overhead_bytes", memory.Resident - store.Resident);
        text.Fraction("mem_fragmentation_ratio", MemoryFigures.Ratio(memory.Resident, memory.Used));
        text.Field("mem_fragmentation_bytes", memory.Resident - memory.Used);
        text.Field("mem_not_counted_for_evict", memory.NotCounted);
        text.Field("mem_replication_backlog", memory.Backlog);
        text.Field("mem_total_replication_buffers", memory.ReplicationBuffers);
        text.Field("mem_clients_slaves", memory.ReplicaClients);
        text.Field("mem_clients_normal", memory.NormalClients);
        text.Field("mem_cluster_links", 0);
        text.Field("mem_aof_buffer", 0);
        text.Field("mem_allocator", "akkakv");
        text.Field("active_defrag_running", engine.Defragmentation.RunningPercent);
        text.Field("lazyfree_pending_objects", engine.LazyFree.PendingObjects);
        text.Field("lazyfreed_objects", engine.LazyFree.FreedObjects);
    }

    private static void WriteScripts(ScriptEngine scripts, InfoText text)
    {
        text.Memory("used_memory_lua", scripts.Cache.LuaMemory);
        text.Field("used_memory_vm_eval", scripts.Cache.LuaMemory);
        text.Field("used_memory_scripts_eval", scripts.Cache.Bytes);
        text.Field("number_of_cached_scripts", scripts.Cache.Count);
        text.Field("number_of_functions", scripts.Functions.FunctionCount);
        text.Field("number_of_libraries", scripts.Functions.All.Count);
        text.Field("used_memory_vm_functions", scripts.Functions.LuaMemory);
        text.Memory("used_memory_vm_total", scripts.Cache.LuaMemory + scripts.Functions.LuaMemory);
        text.Field("used_memory_functions", scripts.Functions.Bytes);
        text.Memory("used_memory_scripts", scripts.Cache.Bytes + scripts.Functions.Bytes);
    }

    private static string Percent(double share) => (share * 100).ToString("F2", CultureInfo.InvariantCulture) + "%";
}

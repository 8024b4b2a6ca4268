using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>MEMORY STATS: the figures of INFO's section on memory under Redis 7.0's other names for them, and those of each database.</summary>
internal static class MemoryStatsCommand
{
    private const int PlainFields = 28;

    public static void Run(CommandContext context)
    {
        CommandEngine engine = context.Engine;
        var memory = MemoryFigures.Of(engine);
        StoreMemory store = memory.Store;
        ReplyWriter reply = context.Reply;
        int databases = 0;
        for (int i = 0; i < context.Store.DatabaseCount; i++)
        {
            databases += context.Store[i].Count > 0 ? 1 : 0;
        }

        reply.Map(PlainFields + databases);
        Write(reply, "peak.allocated", engine.Statistics.PeakMemory);
        Write(reply, "total.allocated", memory.Used);
        Write(reply, "startup.allocated", memory.Startup);
        Write(reply, "replication.backlog", memory.Backlog);
        Write(reply, "clients.slaves", memory.ReplicaClients);
        Write(reply, "clients.normal", memory.NormalClients);
        Write(reply, "cluster.links", 0);
        Write(reply, "aof.buffer", 0);
        Write(reply, "lua.caches", 0);
        Write(reply, "functions.caches", 0);
        Write(reply, "snapshots", memory.Snapshots);
        for (int i = 0; i < context.Store.DatabaseCount; i++)
        {
            WriteDatabase(reply, context.Store[i]);
        }

        Write(reply, "overhead.total", memory.Overhead);
        Write(reply, "keys.count", memory.Keys);
        Write(reply, "keys.bytes-per-key", memory.Keys == 0 ? 0 : (memory.Used - memory.Startup) / memory.Keys);
        Write(reply, "dataset.bytes", memory.DataSet);
        Write(reply, "dataset.percentage", memory.DataSetShare * 100);
        Write(reply, "peak.percentage", MemoryFigures.Ratio(memory.Used, engine.Statistics.PeakMemory) * 100);
        Write(reply, "allocator.allocated", store.Used);
        Write(reply, "allocator.active", store.Active);
        Write(reply, "allocator.resident", store.Resident);
        Write(reply, "allocator-fragmentation.ratio", memory.Fragmentation);
        Write(reply, "allocator-fragmentation.bytes", store.Active - store.Used);
        Write(reply, "allocator-rss.ratio", MemoryFigures.Ratio(store.Resident, store.Active));
        Write(reply, "allocator-rss.bytes", store.Resident - store.Active);
        Write(reply, "rss-overhead.ratio", MemoryFigures.Ratio(memory.Resident, store.Resident));
        Write(reply, "rss-overhead.bytes", memory.Resident - store.Resident);
        Write(reply, "fragmentation", MemoryFigures.Ratio(memory.Resident, memory.Used));
        Write(reply, "fragmentation.bytes", memory.Resident - memory.Used);
    }

    private static void WriteDatabase(ReplyWriter reply, Database database)
    {
        if (database.Count == 0)
        {
            return;
        }

        reply.Bulk($"db.{database.Index}");
        reply.Map(3);
        Write(reply, "overhead.hashtable.main", database.TableMemory);
        Write(reply, "overhead.hashtable.expires", database.ExpiryMemory);

        // Only a cluster has it.
        Write(reply, "overhead.hashtable.slot-to-keys", 0);
    }

    private static void Write(ReplyWriter reply, string name, long value)
    {
        reply.Bulk(name);
        reply.Integer(value);
    }

    private static void Write(ReplyWriter reply, string name, double value)
    {
        reply.Bulk(name);
        reply.Double(value);
    }
}

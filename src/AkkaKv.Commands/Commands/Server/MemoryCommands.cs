using System.Globalization;
using System.Text;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Hosting;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>The MEMORY subcommands.</summary>
internal static class MemoryCommands
{
    public static void Usage(CommandContext context)
    {
        for (int i = 3; i < context.Args.Count; i += 2)
        {
            if (!context.IsWord(i, "SAMPLES"u8) || i + 1 >= context.Args.Count)
            {
                context.Reply.Error(ErrorText.Syntax);
                return;
            }

            if (!context.TryReadInteger(i + 1, out long samples))
            {
                return;
            }

            if (samples < 0)
            {
                context.Reply.Error(ErrorText.Syntax);
                return;
            }
        }

        Entry entry = context.LookupQuiet(context.Args[2]);
        if (entry.Exists)
        {
            context.Reply.Integer(entry.MemoryUsage);
        }
        else
        {
            context.Reply.NullBulk();
        }
    }

    public static void Stats(CommandContext context)
    {
        CommandEngine engine = context.Engine;
        ProcessCounters counters = engine.Server.GetCounters();
        var memory = MemoryFigures.Of(engine);
        long keys = Databases(engine).Sum(database => database.Count);
        Database[] inUse = [.. Databases(engine).Where(database => database.Count > 0)];
        ReplyWriter reply = context.Reply;
        reply.Map(11 + inUse.Length);
        Pair(reply, "peak.allocated", Math.Max(engine.Statistics.PeakMemory, memory.Used));
        Pair(reply, "total.allocated", memory.Used);
        Pair(reply, "startup.allocated", memory.Startup);
        Pair(reply, "replication.backlog", memory.Backlog);
        Pair(reply, "clients.slaves", memory.ReplicaClients);
        Pair(reply, "clients.normal", memory.NormalClients);
        foreach (Database database in inUse)
        {
            reply.Bulk($"db.{database.Index}");
            reply.Map(1);
            Pair(reply, "keys.bytes", database.UsedMemory);
        }

        Pair(reply, "keys.count", keys);
        Pair(reply, "keys.bytes-per-key", keys == 0 ? 0 : memory.Used / keys);
        Pair(reply, "dataset.bytes", memory.DataSet);
        Pair(reply, "allocator.active", engine.Store.ReservedMemory);
        reply.Bulk("fragmentation"u8);
        reply.Double(memory.Used == 0 ? 0 : (double)counters.ResidentBytes / memory.Used);
    }

    public static void Doctor(CommandContext context)
    {
        CommandEngine engine = context.Engine;
        long used = engine.Store.UsedMemory;
        long limit = engine.Settings.MaxMemory;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The data takes {used} bytes");
        if (limit == 0)
        {
            text.Append("; there is no limit (maxmemory is 0), so the operating system's is the only one.\n");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $" of {limit} allowed ({100.0 * used / limit:0.0} %).\n");
            text.Append(used > limit * 0.9 ? "Writes will soon be refused: raise maxmemory or remove data.\n" : "Nothing to complain about.\n");
        }

        context.Reply.Verbatim(Encoding.ASCII.GetBytes(text.ToString()), "txt"u8);
    }

    private static IEnumerable<Database> Databases(CommandEngine engine) =>
        Enumerable.Range(0, engine.Store.DatabaseCount).Select(index => engine.Store[index]);

    private static void Pair(ReplyWriter reply, string name, long value)
    {
        reply.Bulk(name);
        reply.Integer(value);
    }
}

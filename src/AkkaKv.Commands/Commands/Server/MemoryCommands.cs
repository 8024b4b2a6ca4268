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
        ReplicationFacts replication = engine.Replication.GetFacts();
        long used = engine.Store.UsedMemory;
        long keys = Databases(engine).Sum(database => database.Count);
        Database[] inUse = [.. Databases(engine).Where(database => database.Count > 0)];
        ReplyWriter reply = context.Reply;
        reply.Map(11 + inUse.Length);
        Pair(reply, "peak.allocated", Math.Max(engine.Statistics.PeakMemory, used));
        Pair(reply, "total.allocated", used);
        Pair(reply, "startup.allocated", 0);
        Pair(reply, "replication.backlog", replication.BacklogActive ? replication.BacklogSize : 0);
        Pair(reply, "clients.normal", engine.Sessions.All.Sum(session => session.Output.Capacity));
        foreach (Database database in inUse)
        {
            reply.Bulk($"db.{database.Index}");
            reply.Map(1);
            Pair(reply, "keys.bytes", database.UsedMemory);
        }

        Pair(reply, "keys.count", keys);
        Pair(reply, "keys.bytes-per-key", keys == 0 ? 0 : used / keys);
        Pair(reply, "dataset.bytes", used);
        Pair(reply, "allocator.active", engine.Store.ReservedMemory);
        Pair(reply, "allocator.resident", counters.ResidentBytes);
        reply.Bulk("fragmentation"u8);
        reply.Double(used == 0 ? 0 : (double)counters.ResidentBytes / used);
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

using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Sentinel;

/// <summary>COMMAND and its subcommands, from the table.</summary>
internal static class CommandCommand
{
    public static void Execute(SentinelArguments request, ReplyWriter reply)
    {
        if (request.Count == 1)
        {
            WriteRows(SentinelCommandRow.All, reply);
            return;
        }
        switch (request[1].ToLowerInvariant())
        {
            case "count" when request.Count == 2:
                reply.Integer(SentinelCommandRow.All.Count);
                break;
            case "list" when request.Count == 2:
                reply.Array(SentinelCommandRow.All.Count);
                foreach (var row in SentinelCommandRow.All)
                    reply.Bulk(row.Name);
                break;
            case "info" when request.Count == 2:
                WriteRows(SentinelCommandRow.All, reply);
                break;
            case "info":
                reply.Array(request.Count - 2);
                foreach (var name in request.From(2))
                    WriteRow(SentinelCommandRow.Find(name), reply);
                break;
            case "docs":
                WriteDocs(request, reply);
                break;
            case "count" or "list":
                reply.Error($"ERR wrong number of arguments for 'command|{request[1].ToLowerInvariant()}' command");
                break;
            default:
                reply.Error($"ERR unknown subcommand '{request[1]}'. Try COMMAND HELP.");
                break;
        }
    }

    private static void WriteRows(IReadOnlyList<SentinelCommandRow> rows, ReplyWriter reply)
    {
        reply.Array(rows.Count);
        foreach (var row in rows)
            WriteRow(row, reply);
    }

    private static void WriteRow(SentinelCommandRow? row, ReplyWriter reply)
    {
        if (row is null)
        {
            reply.NullArray();
            return;
        }
        reply.Array(10);
        reply.Bulk(row.Name);
        reply.Integer(row.Arity);
        WriteWords(row.Flags, "", reply);
        // No command of a sentinel has keys.
        reply.Integer(0);
        reply.Integer(0);
        reply.Integer(0);
        WriteWords(row.Categories, "@", reply);
        reply.Set(0);
        reply.Set(0);
        reply.Set(0);
    }

    private static void WriteWords(string words, string sign, ReplyWriter reply)
    {
        var list = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        reply.Set(list.Length);
        foreach (var word in list)
            reply.SimpleString(Encoding.ASCII.GetBytes(sign + word));
    }

    private static void WriteDocs(SentinelArguments request, ReplyWriter reply)
    {
        var rows = request.Count == 2
            ? [.. SentinelCommandRow.All]
            : request.From(2).ToArray().Select(SentinelCommandRow.Find).OfType<SentinelCommandRow>().ToList();
        reply.Map(rows.Count);
        foreach (var row in rows)
        {
            reply.Bulk(row.Name);
            reply.Map(3);
            reply.Bulk("summary");
            reply.Bulk(row.Summary);
            reply.Bulk("since");
            reply.Bulk(row.Since);
            reply.Bulk("group");
            reply.Bulk(row.Group);
        }
    }
}

using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Sentinel;

/// <summary>SENTINEL HELP, from the rows of the table.</summary>
internal static class SentinelHelp
{
    public static void Write(ReplyWriter reply)
    {
        var lines = new List<string> { "SENTINEL <subcommand> [<arg> [value] [opt] ...]. Subcommands are:" };
        foreach (var row in SentinelSubcommand.All)
        {
            if (row.Syntax is null)
                continue;
            lines.Add(row.Syntax);
            foreach (var line in row.Summary)
                lines.Add(IsSyntax(line) ? line : "    " + line);
        }
        reply.Array(lines.Count);
        foreach (var line in lines)
            reply.SimpleString(Encoding.UTF8.GetBytes(line));
    }

    // CONFIG has two forms in one row; the second one's syntax stands among its lines.
    private static bool IsSyntax(string line) => line.StartsWith("CONFIG GET", StringComparison.Ordinal);
}

using System.Text;

namespace AkkaKv.Commands.Commands.Information;

/// <summary>INFO: chooses the sections and has them written, in Redis's order.</summary>
internal static class InfoCommand
{
    private static readonly (string Name, bool IsDefault, Action<CommandContext, InfoText> Write)[] Sections =
    [
        ("server", true, ServerInfo.WriteServer),
        ("clients", true, ServerInfo.WriteClients),
        ("memory", true, MemoryInfo.Write),
        ("persistence", true, ServerInfo.WritePersistence),
        ("stats", true, StatisticsInfo.WriteStatistics),
        ("replication", true, ReplicationInfo.Write),
        ("cpu", true, ServerInfo.WriteProcessor),
        ("modules", true, ServerInfo.WriteModules),
        ("commandstats", false, StatisticsInfo.WriteCommands),
        ("errorstats", true, StatisticsInfo.WriteErrors),
        ("latencystats", false, StatisticsInfo.WriteLatencies),
        ("cluster", true, ServerInfo.WriteCluster),
        ("keyspace", true, ServerInfo.WriteKeyspace),
    ];

    public static void Run(CommandContext context)
    {
        var chosen = new bool[Sections.Length];
        if (context.Args.Count == 1)
        {
            Choose(chosen, section => section.IsDefault);
        }

        for (int i = 1; i < context.Args.Count; i++)
        {
            string asked = Encoding.Latin1.GetString(context.Args[i]).ToLowerInvariant();
            switch (asked)
            {
                case "default":
                    Choose(chosen, section => section.IsDefault);
                    break;
                case "all" or "everything":
                    Choose(chosen, _ => true);
                    break;
                default:
                    Choose(chosen, section => section.Name == asked);
                    break;
            }
        }

        var text = new InfoText();
        for (int i = 0; i < Sections.Length; i++)
        {
            if (chosen[i])
            {
                Sections[i].Write(context, text);
            }
        }

        context.Reply.Verbatim(text.ToBytes(), "txt"u8);
    }

    private static void Choose(bool[] chosen, Func<(string Name, bool IsDefault, Action<CommandContext, InfoText> Write), bool> condition)
    {
        for (int i = 0; i < Sections.Length; i++)
        {
            chosen[i] |= condition(Sections[i]);
        }
    }
}

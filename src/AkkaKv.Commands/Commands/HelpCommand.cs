using AkkaKv.Commands.Table;

namespace AkkaKv.Commands.Commands;

/// <summary>The HELP subcommand of every container: says from the table what its subcommands do.</summary>
internal static class HelpCommand
{
    public static void Run(CommandContext context)
    {
        CommandRow container = context.Row.Parent!;
        CommandRow[] served = [.. container.Subcommands.Where(row => row.Handler is not null)];
        context.Reply.Array(served.Length + 1);
        context.Reply.SimpleString(System.Text.Encoding.ASCII.GetBytes($"{container.Name.ToUpperInvariant()} has these subcommands:"));
        foreach (CommandRow row in served)
        {
            context.Reply.SimpleString(System.Text.Encoding.ASCII.GetBytes($"{row.Name.ToUpperInvariant()}: {row.Summary}"));
        }
    }
}

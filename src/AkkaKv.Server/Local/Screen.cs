using Spectre.Console;

namespace AkkaKv.Server.Local;

/// <summary>What the user sees of a local topology: colours and a spinner on a terminal, plain lines otherwise.</summary>
internal abstract class Screen
{
    /// <summary>The screen that fits standard output.</summary>
    public static Screen ForOutput() => Console.IsOutputRedirected ? new PlainScreen() : new TerminalScreen();

    /// <summary>Runs the start of the topology; <paramref name="start"/> gets a way to tell progress.</summary>
    public abstract Task WhileStarting(Func<Action<string>, Task> start);

    /// <summary>Something happened.</summary>
    public abstract void Say(string line);

    /// <summary>Something happened that somebody should look at.</summary>
    public abstract void Warn(string line);

    /// <summary>A table with a header row.</summary>
    public abstract void Table(IReadOnlyList<string[]> rows);

    private sealed class PlainScreen : Screen
    {
        private readonly Lock _oneAtATime = new();

        public override Task WhileStarting(Func<Action<string>, Task> start) => start(Say);

        public override void Say(string line)
        {
            lock (_oneAtATime)
                Console.Out.WriteLine(line);
        }

        public override void Warn(string line) => Say(line);

        public override void Table(IReadOnlyList<string[]> rows)
        {
            int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
            foreach (string[] row in rows)
                Say(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private sealed class TerminalScreen : Screen
    {
        public override Task WhileStarting(Func<Action<string>, Task> start) => AnsiConsole.Status().StartAsync("starting", async status =>
        {
            await start(line =>
            {
                AnsiConsole.MarkupLine($"[grey]{Markup.Escape(line)}[/]");
                status.Status = "waiting for the others";
            }).ConfigureAwait(false);
        });

        public override void Say(string line) => AnsiConsole.WriteLine(line);

        public override void Warn(string line) => AnsiConsole.MarkupLine($"[yellow]{Markup.Escape(line)}[/]");

        public override void Table(IReadOnlyList<string[]> rows)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns([.. rows[0].Select(cell => Markup.Escape(cell))]);
            foreach (string[] row in rows.Skip(1))
                table.AddRow([.. row.Select(cell => Markup.Escape(cell))]);
            AnsiConsole.Write(table);
        }
    }
}

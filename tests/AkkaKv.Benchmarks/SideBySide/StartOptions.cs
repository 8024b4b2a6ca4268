namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>How to measure starts; see <see cref="Usage"/>.</summary>
internal sealed record StartOptions
{
    public const string Usage =
        """
        start [--akkakv PATH] [--rounds N] [--quick]
          --akkakv PATH      the akkakv program; by default the one that src/AkkaKv.Server was built to
          --rounds N         starts of which the median is shown (10)
          --quick            3 of them
        """;

    public required string AkkaKvProgram { get; init; }

    public required int Rounds { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">An argument is unknown or lacks its value; the message says which.</exception>
    public static StartOptions Parse(ReadOnlySpan<string> given)
    {
        var arguments = new ModeArguments(given, Usage);
        var quick = arguments.Flag("--quick");
        var options = new StartOptions
        {
            AkkaKvProgram = arguments.Text("--akkakv", SideBySideOptions.BuiltProgram),
            Rounds = arguments.Number("--rounds", quick ? 3 : 10, max: 1000),
        };
        arguments.End();
        return options;
    }
}

using System.Globalization;
using AkkaKv.Benchmarks.SideBySide;

namespace AkkaKv.Benchmarks.Failover;

/// <summary>How to measure failovers; see <see cref="Usage"/>.</summary>
internal sealed record FailoverOptions
{
    public const string Usage =
        """
        failover [--akkakv PATH] [--trials N] [--base-port PORT]
          --akkakv PATH      the akkakv program; by default the one that src/AkkaKv.Server was built to
          --trials N         how often the master is killed in one and the same topology (10)
          --base-port PORT   first port of the topology (7300)
        """;

    public string AkkaKvProgram { get; init; } = SideBySideOptions.BuiltProgram;

    public int Trials { get; init; } = 10;

    public int BasePort { get; init; } = 7300;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">An argument is unknown or lacks its value; the message says which.</exception>
    public static FailoverOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new FailoverOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : throw new FormatException($"{arguments[i]} lacks its value.\n{Usage}");
            options = arguments[i] switch
            {
                "--akkakv" => options with { AkkaKvProgram = value },
                "--trials" => options with { Trials = Number(value, 1_000) },
                "--base-port" => options with { BasePort = Number(value, 65_000) },
                _ => throw new FormatException($"{arguments[i]} is unknown.\n{Usage}"),
            };
        }
        return options;
    }

    private static int Number(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= max
            ? number
            : throw new FormatException($"'{text}' is no number from 1 to {max}.\n{Usage}");
}

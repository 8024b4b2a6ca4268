using System.Globalization;

namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>What to compare; see <see cref="Usage"/>.</summary>
internal sealed record SideBySideOptions
{
    public const string Usage =
        """
        redis [--akkakv PATH] [--rounds N] [--requests N] [--tests get,set] [--pipelines 1,16] [--against-itself]
          --akkakv PATH      the akkakv program; by default the one that src/AkkaKv.Server was built to
          --rounds N         rounds of which the median is shown (5)
          --requests N       requests of a round without pipelining; with it five times as many (100000)
          --tests LIST       tests of redis-benchmark (set,get)
          --pipelines LIST   requests in flight on each connection (1,16)
          --against-itself   redis-server against redis-server: shows how far to trust the ratios on this machine
        """;

    public string AkkaKvProgram { get; init; } = DefaultProgram();

    public int Rounds { get; init; } = 5;

    public int Requests { get; init; } = 100_000;

    public string[] Tests { get; init; } = ["set", "get"];

    public int[] Pipelines { get; init; } = [1, 16];

    public bool AgainstItself { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">An argument is unknown or lacks its value; the message says which.</exception>
    public static SideBySideOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new SideBySideOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (name == "--against-itself")
            {
                options = options with { AgainstItself = true, AkkaKvProgram = Environment.ProcessPath! };
                continue;
            }

            if (i + 1 == arguments.Length)
                throw new FormatException($"{name} is unknown or lacks its value.\n{Usage}");
            var value = arguments[++i];
            options = name switch
            {
                "--akkakv" => options with { AkkaKvProgram = value },
                "--rounds" => options with { Rounds = Number(value) },
                "--requests" => options with { Requests = Number(value) },
                "--tests" => options with { Tests = value.Split(',') },
                "--pipelines" => options with { Pipelines = value.Split(',').Select(Number).ToArray() },
                _ => throw new FormatException($"{name} is unknown.\n{Usage}"),
            };
        }

        return options;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 100_000_000
            ? number
            : throw new FormatException($"'{text}' is no number from 1 to 100000000.\n{Usage}");

    // tests/AkkaKv.Benchmarks/bin/Release/net10.0/ -> src/AkkaKv.Server/bin/Release/net10.0/akkakv
    private static string DefaultProgram()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent?.Parent?.Parent?.Parent?.Parent?.FullName ?? ".";
        var name = OperatingSystem.IsWindows() ? "akkakv.exe" : "akkakv";
        return Path.Combine(root, "src", "AkkaKv.Server", "bin", output.Parent?.Name ?? "Release", output.Name, name);
    }
}

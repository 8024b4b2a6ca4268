using System.Diagnostics;
using System.Globalization;

namespace AkkaKv.Simulation;

/// <summary><c>run --seeds N [--from S]</c> tries many worlds; <c>replay SEED [--details]</c> shows one.</summary>
internal static class Program
{
    private const string Usage = """
        run --seeds N [--from S]   runs N worlds, the first with seed S (1), and reports what happened
        replay SEED [--details]    runs one world and prints its trace, with every message if details are wanted
        """;

    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["run", "--seeds", var count] when ulong.TryParse(count, CultureInfo.InvariantCulture, out var seeds):
                return RunMany(1, seeds);
            case ["run", "--seeds", var count, "--from", var first]
                when ulong.TryParse(count, CultureInfo.InvariantCulture, out var seeds)
                && ulong.TryParse(first, CultureInfo.InvariantCulture, out var from):
                return RunMany(from, seeds);
            case ["replay", var text, .. var rest] when ulong.TryParse(text, CultureInfo.InvariantCulture, out var seed) && rest is [] or ["--details"]:
                return Replay(ulong.Parse(arguments[1], CultureInfo.InvariantCulture), isDetailed: rest.Length > 0);
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static int RunMany(ulong from, ulong count)
    {
        var total = Statistics.None();
        var failed = 0;
        var watch = Stopwatch.StartNew();
        for (var seed = from; seed < from + count; seed++)
        {
            var outcome = Simulator.Run(seed);
            total.Add(outcome.Statistics);
            if (outcome.Violation is null)
                continue;
            failed++;
            Console.WriteLine(outcome.Describe());
        }

        Console.WriteLine(total);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"took {watch.Elapsed.TotalSeconds:F1} s; {failed} seeds failed"));
        return failed == 0 ? 0 : 1;
    }

    private static int Replay(ulong seed, bool isDetailed)
    {
        var outcome = Simulator.Run(seed, isDetailed: isDetailed);
        Console.WriteLine(outcome.Options);
        foreach (var line in outcome.Trace)
            Console.WriteLine(line);
        Console.WriteLine(outcome.Statistics);
        Console.WriteLine(outcome.Violation is null ? $"seed {seed} passed" : outcome.Describe());
        return outcome.Violation is null ? 0 : 1;
    }
}

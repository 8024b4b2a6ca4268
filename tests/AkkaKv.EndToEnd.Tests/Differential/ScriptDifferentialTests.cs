using System.Text;
using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Scripts from the files in Scripts, executed by a real redis-server and by our engine: replies byte for byte, and what was propagated.</summary>
public sealed class ScriptDifferentialTests
{
    private const string Separator = "\n----\n";

    public static TheoryData<string, int> Files => new()
    {
        { "language.lua", 2 },
        { "language.lua", 3 },
        { "libraries.lua", 2 },
    };

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Files))]
    public void Scripts_do_what_they_do_in_redis_server(string file, int respVersion)
    {
        using RealRedis redis = new();
        DifferentialRun run = new(redis, respVersion, ["GET"]);
        Step[] steps = [.. ReadScripts(file).Select(script => new Step([Request.Of("EVAL", script, "2", "k1", "k2", "first", "2")]))];
        if (run.Difference(steps) is null)
        {
            return;
        }

        string[] differences = [.. steps.Select(step => run.Difference([step])).OfType<string>()];
        Assert.Fail($"{differences.Length} scripts differ:\n" + string.Join("\n\n", differences));
    }

    private static string[] ReadScripts(string file)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Differential", "Scripts", file);
        return File.ReadAllText(path, Encoding.Latin1).TrimEnd('\n').Split(Separator);
    }
}

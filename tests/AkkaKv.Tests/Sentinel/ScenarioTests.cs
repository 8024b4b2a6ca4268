using System.Runtime.CompilerServices;
using AkkaKv.Tests.Sentinel.World;

namespace AkkaKv.Tests.Sentinel;

/// <summary>
/// Every file in Scenarios/ is a script with its expected trace. After a deliberate change of behaviour run the tests with
/// AKKAKV_REWRITE_SCENARIOS=1 and read the difference.
/// </summary>
public class ScenarioTests
{
    public static TheoryData<string> Names()
    {
        var names = new TheoryData<string>();
        foreach (var path in Directory.GetFiles(Folder(), "*.txt").Order(StringComparer.Ordinal))
            names.Add(Path.GetFileNameWithoutExtension(path));
        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_scenario_gives_its_written_trace(string name)
    {
        var path = Path.Combine(Folder(), name + ".txt");
        var expected = File.ReadAllText(path);
        var actual = ScenarioScript.Run(expected);
        if (Environment.GetEnvironmentVariable("AKKAKV_REWRITE_SCENARIOS") == "1")
            File.WriteAllText(path, actual);
        else
            Assert.Equal(expected, actual);
    }

    private static string Folder([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "Scenarios");
}

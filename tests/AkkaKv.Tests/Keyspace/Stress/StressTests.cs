using System.Globalization;

namespace AkkaKv.Tests.Keyspace.Stress;

/// <summary>
/// The store under everything at once; see <see cref="StressRun"/>. AKKAKV_STRESS_SEEDS runs more seeds than the few that a build has time for, from
/// AKKAKV_STRESS_FIRST_SEED on.
/// </summary>
public sealed class StressTests
{
    private const int SeedsInBuild = 4;
    private const int Operations = 4000;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(Setting("AKKAKV_STRESS_FIRST_SEED", 1), Setting("AKKAKV_STRESS_SEEDS", SeedsInBuild))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_operations_on_all_types_agree_with_plain_collections_and_leave_nothing_behind(int seed)
    {
        using var run = new StressRun(seed);
        run.Execute(Operations);
    }

    private static int Setting(string name, int orElse) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : orElse;
}

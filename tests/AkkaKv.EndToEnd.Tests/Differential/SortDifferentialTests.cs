using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Random SORT commands and what they sort.</summary>
public sealed class SortDifferentialTests
{
    private const int CommandsPerSeed = 2000;

    public static TheoryData<int, int> Seeds => DifferentialTest.Seeds;

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Seeds))]
    public void Replies_propagation_and_stored_lists_are_those_of_redis_server(int seed, int respVersion) =>
        DifferentialTest.Run(seed, respVersion, CommandsPerSeed, SortGenerators.All, ["GET"], ["LRANGE", "0", "-1"]);
}

using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Random commands on positions.</summary>
public sealed class GeoDifferentialTests
{
    private const int CommandsPerSeed = 2500;

    public static TheoryData<int, int> Seeds => DifferentialTest.Seeds;

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Seeds))]
    public void Replies_propagation_and_scores_are_those_of_redis_server(int seed, int respVersion) =>
        DifferentialTest.Run(seed, respVersion, CommandsPerSeed, GeoGenerators.All, ["GET"], ["ZRANGE", "0", "-1", "WITHSCORES"]);
}

using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Random commands on sorted sets.</summary>
public sealed class SortedSetDifferentialTests
{
    private const int CommandsPerSeed = 2500;

    public static TheoryData<int, int> Seeds => DifferentialTest.Seeds;

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Seeds))]
    public void Replies_propagation_and_elements_are_those_of_redis_server(int seed, int respVersion) =>
        DifferentialTest.Run(
            seed, respVersion, CommandsPerSeed, SortedSetGenerators.All, ["GET"], ["ZRANGE", "0", "-1", "WITHSCORES"], ["ZREVRANGE", "0", "-1"], ["ZCARD"], ["SCARD"]);
}

using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Random commands on HyperLogLogs: their values must be the very bytes of Redis's.</summary>
public sealed class HyperLogLogDifferentialTests
{
    private const int CommandsPerSeed = 2500;

    public static TheoryData<int, int> Seeds => DifferentialTest.Seeds;

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Seeds))]
    public void Replies_propagation_and_bytes_are_those_of_redis_server(int seed, int respVersion) =>
        DifferentialTest.Run(seed, respVersion, CommandsPerSeed, HyperLogLogGenerators.All, ["GET"]);
}

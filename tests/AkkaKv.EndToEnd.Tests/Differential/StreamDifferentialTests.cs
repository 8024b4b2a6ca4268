using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Random commands on streams.</summary>
public sealed class StreamDifferentialTests
{
    private const int CommandsPerSeed = 2500;

    public static TheoryData<int, int> Seeds => DifferentialTest.Seeds;

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Seeds))]
    public void Replies_propagation_entries_and_groups_are_those_of_redis_server(int seed, int respVersion) => DifferentialTest.Run(
        seed, respVersion, CommandsPerSeed, StreamGenerators.All, ["XRANGE", "-", "+"], ["XINFO", "STREAM", DifferentialRun.KeyPlace, "FULL", "COUNT", "0"], ["XINFO", "STREAM", DifferentialRun.KeyPlace]);
}

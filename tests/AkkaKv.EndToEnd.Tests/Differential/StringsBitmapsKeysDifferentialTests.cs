using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Random commands on strings, bits and keys, executed by a real redis-server and by our engine.</summary>
public sealed class StringsBitmapsKeysDifferentialTests
{
    private const int CommandsPerSeed = 2500;

    public static TheoryData<int, int> Seeds => DifferentialTest.Seeds;

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Seeds))]
    public void Replies_propagation_and_data_are_those_of_redis_server(int seed, int respVersion) =>
        DifferentialTest.Run(seed, respVersion, CommandsPerSeed, [.. StringGenerators.All, .. BitmapGenerators.All, .. KeyGenerators.All], ["GET"]);
}

using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Random commands on strings, bits and keys, executed by a real redis-server and by our engine.</summary>
public sealed class StringsBitmapsKeysDifferentialTests
{
    private const int CommandsPerSeed = 2500;

    [RequiresProgramTheory("redis-server")]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 2)]
    [InlineData(6, 3)]
    public void Replies_propagation_and_data_are_those_of_redis_server(int seed, int respVersion)
    {
        using RealRedis redis = new();
        DifferentialRun run = new(redis, respVersion);
        List<Step> steps = new CommandGenerator(seed).Steps(CommandsPerSeed);
        if (run.Difference(steps) is { } difference)
        {
            List<Step> shortest = Shrinker.Shrink(steps, candidate => run.Difference(candidate) is not null);
            Assert.Fail($"Seed {seed}, RESP{respVersion}: {run.Difference(shortest) ?? difference}\nShortest failing commands:\n  "
                + string.Join("\n  ", shortest.SelectMany(step => step.Requests)));
        }
    }
}

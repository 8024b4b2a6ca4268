using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Random commands on strings, bits and keys, executed by a real redis-server and by our engine.</summary>
public sealed class StringsBitmapsKeysDifferentialTests
{
    private const int CommandsPerSeed = 2500;

    private const string SeedsVariable = "AKKAKV_DIFFERENTIAL_SEEDS";

    /// <summary>Seeds 1 to 6, or as many from 1 on as the environment variable says, for a longer search; RESP2 and RESP3 in turn.</summary>
    public static TheoryData<int, int> Seeds
    {
        get
        {
            int last = int.TryParse(Environment.GetEnvironmentVariable(SeedsVariable), out int wanted) ? wanted : 6;
            TheoryData<int, int> seeds = [];
            for (int seed = 1; seed <= last; seed++)
            {
                seeds.Add(seed, seed % 2 == 1 ? 2 : 3);
            }

            return seeds;
        }
    }

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Seeds))]
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

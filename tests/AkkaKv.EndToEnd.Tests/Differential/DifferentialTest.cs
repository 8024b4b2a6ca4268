namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>What every differential test has in common: which seeds, how many commands, and what is said when something differs.</summary>
internal static class DifferentialTest
{
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

    /// <summary>Fails when our engine and a real redis-server differ, with the shortest commands that show it.</summary>
    /// <param name="seed">Draws the commands.</param>
    /// <param name="respVersion">2 or 3.</param>
    /// <param name="count">About how many commands.</param>
    /// <param name="commands">What draws one command each.</param>
    /// <param name="readers">Commands that read a whole value, the key left out: GET, SMEMBERS, LRANGE 0 -1.</param>
    public static void Run(
        int seed, int respVersion, int count, Func<ArgumentPool, IEnumerable<byte[]>>[] commands, params string[][] readers)
    {
        using RealRedis redis = new();
        DifferentialRun run = new(redis, respVersion, readers);
        List<Step> steps = new CommandGenerator(seed, commands).Steps(count);
        if (run.Difference(steps) is { } difference)
        {
            List<Step> shortest = Shrinker.Shrink(steps, candidate => run.Difference(candidate) is not null);
            Assert.Fail($"Seed {seed}, RESP{respVersion}: {run.Difference(shortest) ?? difference}\nShortest failing commands:\n  "
                + string.Join("\n  ", shortest.SelectMany(step => step.Requests)));
        }
    }
}

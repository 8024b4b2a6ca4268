using AkkaKv.Simulation.Faults;
using AkkaKv.Simulation.Networking;
using Xunit.Abstractions;

namespace AkkaKv.Simulation.Tests;

public class SwarmTests(ITestOutputHelper output)
{
    private const ulong Seeds = 240;

    [Fact]
    public void No_seed_breaks_a_rule_and_every_healed_cluster_becomes_one_again()
    {
        var total = Statistics.None();
        var failures = new List<string>();
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var outcome = Simulator.Run(seed);
            total.Add(outcome.Statistics);
            if (outcome.Violation is not null)
                failures.Add(outcome.Describe());
        }
        output.WriteLine(total.ToString());
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(total.Promotions > (int)Seeds, "Hardly any failovers: the worlds are too calm to prove anything.");
        Assert.True(total.PartialSyncs > (int)Seeds, "Hardly any partial resynchronisations.");
    }

    [Fact]
    public void Where_only_masters_die_the_replica_with_the_most_is_promoted_and_nobody_needs_a_full_resynchronisation_but_the_dead()
    {
        var total = Statistics.None();
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var outcome = Simulator.Run(seed, adjust: OnlyMastersDie);
            Assert.True(outcome.Violation is null, outcome.Violation?.Message);
            Assert.True(
                outcome.Statistics.FullSyncs <= 2 + outcome.Statistics.Faults.Values.Sum(),
                $"seed {seed}: {outcome.Statistics.FullSyncs} full resynchronisations after {outcome.Statistics.Faults.Values.Sum()} deaths");
            total.Add(outcome.Statistics);
        }
        output.WriteLine(total.ToString());
        Assert.True(total.Promotions >= 30, $"Only {total.Promotions} promotions.");
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    [InlineData(5UL)]
    public void Where_nothing_goes_wrong_nothing_happens_and_nothing_is_lost(ulong seed)
    {
        var outcome = Simulator.Run(seed, adjust: options => options with
        {
            Network = NetworkOptions.Calm,
            Faults = options.Faults with { Kinds = [] },
            Sentinels = options.Sentinels with { CrashPerEffect = 0, SlowDiskChance = 0 },
        });
        Assert.Null(outcome.Violation);
        Assert.Equal(0, outcome.Statistics.Elections);
        Assert.Equal(0, outcome.Statistics.Promotions);
        Assert.Equal(0, outcome.Statistics.LostWrites);
        Assert.Equal(2, outcome.Statistics.FullSyncs);
        Assert.True(outcome.Statistics.AcknowledgedWrites > 100);
    }

    private static WorldOptions OnlyMastersDie(WorldOptions options) => options with
    {
        Network = NetworkOptions.Calm,
        Nodes = options.Nodes with { SavePeriodMs = 0, RemembersRole = true, BacklogTtlMs = 0, BacklogBytes = 1024 * 1024, LoadMaxMs = 1 },
        Sentinels = options.Sentinels with { CrashPerEffect = 0, SlowDiskChance = 0 },
        Faults = options.Faults with { Kinds = [FaultKind.KillMaster], PeriodMaxMs = 4_000, DurationMaxMs = 8_000, BeginMs = 2_000, SafetyMs = 40_000 },
    };
}

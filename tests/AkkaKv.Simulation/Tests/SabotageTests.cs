using AkkaKv.Simulation.Faults;

namespace AkkaKv.Simulation.Tests;

/// <summary>The checkers catch it: each deliberate defect is seen, by the checker that is there for it, within a few seeds.</summary>
public class SabotageTests
{
    private const ulong SeedsMax = 60;

    [Fact]
    public void A_disk_that_forgets_votes_is_seen() => IsSeen(Sabotage.DiskForgetsVotes, "votes", "epochs");

    [Fact]
    public void A_disk_that_goes_back_to_an_older_state_is_seen() => IsSeen(Sabotage.DiskGoesBack, "votes", "epochs");

    [Fact]
    public void A_sentinel_that_speaks_before_it_has_written_is_seen() => IsSeen(Sabotage.MessagesLeaveFirst, "durability");

    [Fact]
    public void A_sentinel_that_votes_twice_is_seen() => IsSeen(Sabotage.VoterGrantsEverybody, "votes");

    [Fact]
    public void A_replica_that_continues_in_another_history_is_seen() => IsSeen(Sabotage.MasterContinuesAnybody, "history");

    [Fact]
    public void Two_leaders_in_one_epoch_are_seen() => IsSeen(Sabotage.EverybodyElectsItself, "leaders");

    [Fact]
    public void A_network_that_delivers_bytes_twice_is_seen() => IsSeen(Sabotage.NetworkRepeatsWrites, "history");

    [Fact]
    public void A_master_that_forgets_what_it_acknowledged_is_seen() => IsSeen(Sabotage.MasterForgetsWrites, "writes");

    [Fact]
    public void Data_nodes_that_do_not_obey_are_seen() => IsSeen(Sabotage.NodeDisobeys, "convergence");

    private static void IsSeen(Sabotage sabotage, params string[] checkers)
    {
        var seen = new List<string>();
        for (var seed = 1UL; seed <= SeedsMax; seed++)
        {
            if (Simulator.Run(seed, sabotage, adjust: Killing).Violation is not { } violation)
                continue;
            if (checkers.Contains(violation.Checker))
                return;
            seen.Add(violation.Message);
        }
        Assert.Fail($"{sabotage} was not seen by {string.Join(" or ", checkers)} in {SeedsMax} seeds, only: {string.Join('\n', seen)}");
    }

    /// <summary>Failovers and restarted sentinels must happen for the defects to matter.</summary>
    private static WorldOptions Killing(WorldOptions options) => options with
    {
        Faults = options.Faults with { Kinds = [FaultKind.KillNode, FaultKind.PauseNode, FaultKind.KillSentinel, FaultKind.Split], DurationMaxMs = 6_000, SafetyMs = 40_000 },
        ConvergenceMaxMs = 60_000,
    };
}

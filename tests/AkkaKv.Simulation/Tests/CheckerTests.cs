using AkkaKv.Sentinel;
using AkkaKv.Simulation.Checkers;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Tests;

/// <summary>The rules of single checkers, where a whole world would break another rule first.</summary>
public class CheckerTests
{
    private static readonly MasterState State = new("mymaster", WorldOptions.AddressOfNode(1), 1, 2, "s1", 2, [], [], null);

    [Fact]
    public void A_vote_for_another_candidate_in_the_same_epoch_is_a_second_vote_also_after_a_restart()
    {
        var votes = new VotesChecker();
        votes.Written("s2", State);
        votes.Told("s2", new VoteReply("mymaster", "s2", 2, "s1", 2));
        var violation = Assert.Throws<InvariantViolation>(() => votes.Told("s2", new VoteReply("mymaster", "s2", 2, "s3", 2)));
        Assert.Equal("votes: s2 voted for s1 and for s3 in epoch 2", violation.Message);
    }

    [Fact]
    public void A_sentinel_with_an_empty_disk_may_not_remember_its_vote()
    {
        var votes = new VotesChecker();
        votes.Written("s2", State);
        votes.Lost("s2");
        votes.Written("s2", State with { Leader = "s3" });
    }

    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(2, 0, 2)]
    [InlineData(2, 1, 1)]
    public void An_epoch_that_gets_smaller_on_the_disk_is_seen(long currentEpoch, long configEpoch, long leaderEpoch)
    {
        var epochs = new EpochsChecker();
        epochs.Written("s1", null, State);
        Assert.Throws<InvariantViolation>(() => epochs.Written(
            "s1", State, State with { CurrentEpoch = currentEpoch, ConfigEpoch = configEpoch, LeaderEpoch = leaderEpoch }));
    }

    [Fact]
    public void Two_addresses_under_one_config_epoch_are_seen_and_the_declared_ones_are_not_compared()
    {
        var configurations = new ConfigurationsChecker();
        configurations.Announced("s1", new AnnounceMaster("mymaster", WorldOptions.AddressOfNode(1), 0));
        configurations.Announced("s2", new AnnounceMaster("mymaster", WorldOptions.AddressOfNode(2), 0));
        configurations.Announced("s1", new AnnounceMaster("mymaster", WorldOptions.AddressOfNode(1), 3));
        configurations.Announced("s2", new AnnounceMaster("mymaster", WorldOptions.AddressOfNode(1), 3));
        Assert.Throws<InvariantViolation>(() =>
            configurations.Announced("s3", new AnnounceMaster("mymaster", WorldOptions.AddressOfNode(2), 3)));
    }

    [Fact]
    public void A_promotion_ordered_without_an_own_vote_on_the_disk_is_seen()
    {
        var durability = new DurabilityChecker();
        var order = new SendCommand(1, CommandTag.Discard, ["SLAVEOF", "NO", "ONE"]);
        durability.Ordered("s1", State, order);
        Assert.Throws<InvariantViolation>(() => durability.Ordered("s2", State, order));
        Assert.Throws<InvariantViolation>(() => durability.Ordered("s1", null, order));
    }
}

using AkkaKv.Actors.Cluster;
using AkkaKv.Actors.Keyspace;

namespace AkkaKv.Tests.Node;

/// <summary>When a data node of a cluster may act as a master.</summary>
public sealed class RoleAgreementTests
{
    private static readonly MasterChanged Elsewhere = new("mymaster", "10.0.0.2", 6379, ConfigEpoch: 3);

    [Fact]
    public void A_node_that_starts_as_master_serves_when_a_sentinel_confirms_it()
    {
        var role = Starting();
        Assert.True(role.IsPending);

        Assert.Equal(RoleVerdict.ServeAsMaster, role.Hear(Elsewhere, isSelf: true, isReplica: false));

        Assert.False(role.IsPending);
    }

    [Fact]
    public void A_master_that_comes_back_after_it_was_replaced_follows_before_it_serves()
    {
        var role = Starting();

        Assert.Equal(RoleVerdict.Follow, role.Hear(Elsewhere, isSelf: false, isReplica: false));

        Assert.False(role.IsPending);
    }

    [Fact]
    public void A_node_that_hears_no_sentinel_serves_after_its_wait()
    {
        var role = Starting();

        Assert.False(role.GiveUpWaiting(999));
        Assert.True(role.GiveUpWaiting(1_000));
        Assert.False(role.IsPending);
        Assert.False(role.GiveUpWaiting(2_000));
    }

    [Fact]
    public void A_master_that_hears_of_a_newer_one_gives_up_at_once()
    {
        var role = Starting();
        role.Hear(Elsewhere with { ConfigEpoch = 2 }, isSelf: true, isReplica: false);

        Assert.Equal(RoleVerdict.Follow, role.Hear(Elsewhere, isSelf: false, isReplica: false));
    }

    [Fact]
    public void Old_news_and_repeated_news_change_nothing()
    {
        var role = Starting();
        role.Hear(Elsewhere, isSelf: true, isReplica: false);

        Assert.Equal(RoleVerdict.Stay, role.Hear(Elsewhere with { ConfigEpoch = 2 }, isSelf: false, isReplica: false));
        Assert.Equal(RoleVerdict.Stay, role.Hear(Elsewhere, isSelf: true, isReplica: false));
    }

    [Fact]
    public void A_replica_that_has_just_started_is_pointed_at_the_present_master_and_later_left_to_the_sentinels()
    {
        var role = new RoleAgreement("mymaster", startsAsMaster: false, deadline: 1_000);
        Assert.False(role.IsPending);

        Assert.Equal(RoleVerdict.Follow, role.Hear(Elsewhere, isSelf: false, isReplica: true));
        Assert.Equal(RoleVerdict.Stay, role.Hear(Elsewhere with { ConfigEpoch = 4 }, isSelf: false, isReplica: true));
    }

    [Fact]
    public void Word_about_another_master_is_not_for_this_node()
    {
        var role = Starting();

        Assert.Equal(RoleVerdict.Stay, role.Hear(Elsewhere with { MasterName = "other" }, isSelf: false, isReplica: false));

        Assert.True(role.IsPending);
    }

    private static RoleAgreement Starting() => new("mymaster", startsAsMaster: true, deadline: 1_000);
}

using System.Collections.Immutable;
using Akka.Cluster;
using Akka.Cluster.Membership;
using static AkkaKv.Runtime.Tests.Membership.Nodes;

namespace AkkaKv.Runtime.Tests.Membership;

public class SplitBrainResolverTests
{
    private static readonly DowningSettings Settings = new(DowningStrategy.KeepMajority, 1000, null, "");

    [Fact]
    public void The_majority_downs_the_minority() =>
        Assert.Equal([D, E], DecideStable(A, Up(A, B, C, D, E).Losing(A, D, E)));

    [Fact]
    public void The_minority_downs_itself() =>
        Assert.Equal([D, E], DecideStable(D, Up(A, B, C, D, E).Losing(D, A, B, C)));

    [Fact]
    public void An_even_split_goes_to_the_side_with_the_first_address()
    {
        Assert.Equal([C, D], DecideStable(A, Up(A, B, C, D).Losing(A, C, D)));
        Assert.Equal([C, D], DecideStable(C, Up(A, B, C, D).Losing(C, A, B)));
    }

    [Fact]
    public void Only_members_with_the_role_count()
    {
        var gossip = Gossip(Member(A, MemberStatus.Up), Member(B, MemberStatus.Up), Member(C, MemberStatus.Up),
            Member(D, MemberStatus.Up, "voter"), Member(E, MemberStatus.Up, "voter"));
        var settings = Settings with { Role = "voter" };

        Assert.Equal([A, B, C], DecideStable(D, gossip.Losing(D, A, B, C), settings));
        Assert.Equal([A, B, C], DecideStable(A, gossip.Losing(A, D, E), settings));
    }

    [Fact]
    public void Joining_members_do_not_count_but_go_with_their_side()
    {
        var gossip = Gossip(Member(A, MemberStatus.Up), Member(B, MemberStatus.Up), Member(C, MemberStatus.Up),
            Member(D, MemberStatus.Joining), Member(E, MemberStatus.WeaklyUp), Member(Node("f"), MemberStatus.Joining));

        Assert.Equal([C, D, E, Node("f")], DecideStable(A, gossip.Losing(A, C, D, E, Node("f"))));
    }

    [Fact]
    public void Only_the_leader_of_a_side_decides() =>
        Assert.Empty(DecideStable(B, Up(A, B, C).Losing(B, C)));

    [Fact]
    public void Nothing_is_decided_while_the_picture_changes()
    {
        var resolver = new SplitBrainResolver(A, Settings);
        var one = Up(A, B, C, D, E).Losing(A, E);
        var two = one.Losing(A, D);

        Assert.Empty(resolver.Decide(0, one).Nodes);
        Assert.Empty(resolver.Decide(900, two).Nodes);
        Assert.Empty(resolver.Decide(1800, two).Nodes);
        Assert.Equal([D, E], resolver.Decide(1900, two).Nodes);
    }

    [Fact]
    public void Nothing_is_decided_when_all_can_be_reached_again()
    {
        var resolver = new SplitBrainResolver(A, Settings);
        var lost = Up(A, B, C).Losing(A, C);

        Assert.Empty(resolver.Decide(0, lost).Nodes);
        Assert.Empty(resolver.Decide(900, Up(A, B, C)).Nodes);
        Assert.Null(resolver.Deadline);
        Assert.Empty(resolver.Decide(1100, lost).Nodes);
        Assert.Equal(2100, resolver.Deadline);
    }

    [Fact]
    public void A_picture_that_never_becomes_stable_downs_all()
    {
        var resolver = new SplitBrainResolver(A, Settings with { DownAllWhenUnstableMs = 1000 });
        var one = Up(A, B, C, D, E).Losing(A, E);
        var two = one.Losing(A, D);
        ImmutableSortedSet<UniqueAddress> nodes = [];
        for (var now = 0; now <= 2000; now += 500)
            nodes = resolver.Decide(now, now % 1000 == 0 ? one : two).Nodes;

        Assert.Equal([A, B, C, D, E], nodes);
    }

    [Fact]
    public void Two_members_that_only_lost_each_other_go_and_the_rest_stays()
    {
        var gossip = Up(A, B, C, D, E).Losing(B, C).Losing(C, B);

        Assert.Equal([B, C], DecideStable(A, gossip));
    }

    [Fact]
    public void A_suspected_member_that_has_seen_the_present_state_goes_with_whoever_suspects_it()
    {
        var gossip = Up(A, B, C, D, E).Losing(B, C).SeenByAll();

        Assert.Equal([B, C], DecideStable(A, gossip));
    }

    [Fact]
    public void Down_all_downs_all() =>
        Assert.Equal([A, B, C], DecideStable(A, Up(A, B, C).Losing(A, C), Settings with { Strategy = DowningStrategy.DownAll }));

    [Fact]
    public void Members_that_are_down_already_count_on_no_side()
    {
        var gossip = Up(A, B, C, D);
        gossip = gossip.With(gossip.Members[D].Copy(MemberStatus.Down)).Losing(A, C, D);

        Assert.Equal([C], DecideStable(A, gossip));
    }

    private static ImmutableSortedSet<UniqueAddress> DecideStable(UniqueAddress self, Gossip gossip, DowningSettings? settings = null)
    {
        var resolver = new SplitBrainResolver(self, settings ?? Settings);
        Assert.Empty(resolver.Decide(0, gossip).Nodes);
        return resolver.Decide(1000, gossip).Nodes;
    }
}

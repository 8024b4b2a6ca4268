using Akka.Cluster;
using Akka.Cluster.Membership;
using static AkkaKv.Runtime.Tests.Membership.Nodes;

namespace AkkaKv.Runtime.Tests.Membership;

public class GossipTests
{
    private static readonly Func<UniqueAddress, bool> NobodyConfirmed = _ => false;

    [Fact]
    public void A_merge_is_the_same_from_both_sides()
    {
        var start = Up(A, B, C).Changed(A);
        var left = start.With(Member(D, MemberStatus.Joining)).Changed(A);
        var right = start.With(start.Members[C].Copy(MemberStatus.Leaving)).Losing(B, A).Changed(B);

        var one = left.Merge(right);
        var other = right.Merge(left);

        Assert.Equal(Causality.Same, one.Version.CompareTo(other.Version));
        Assert.Equal(one.Members.Values.Select(m => m.ToString()), other.Members.Values.Select(m => m.ToString()));
        Assert.Equal(one.Reachability.Unreachable, other.Reachability.Unreachable);
        Assert.Empty(one.Seen);
    }

    [Theory]
    [InlineData(MemberStatus.Joining, MemberStatus.WeaklyUp)]
    [InlineData(MemberStatus.WeaklyUp, MemberStatus.Up)]
    [InlineData(MemberStatus.Up, MemberStatus.Leaving)]
    [InlineData(MemberStatus.Leaving, MemberStatus.Exiting)]
    [InlineData(MemberStatus.Exiting, MemberStatus.Down)]
    [InlineData(MemberStatus.Joining, MemberStatus.Down)]
    public void The_status_further_along_a_members_life_wins_a_merge(MemberStatus earlier, MemberStatus later)
    {
        var left = Gossip(Member(A, earlier)).Changed(A);
        var right = Gossip(Member(A, later)).Changed(B);

        Assert.Equal(later, left.Merge(right).Members[A].Status);
        Assert.Equal(later, right.Merge(left).Members[A].Status);
    }

    [Fact]
    public void A_removed_member_does_not_come_back_with_an_old_state()
    {
        var start = Up(A, B, C).Changed(A);
        var removed = start.Without(C, nowUnixMs: 1000).Changed(A);
        var old = start.Losing(B, A).Changed(B);

        Assert.False(removed.Merge(old).Has(C));
        Assert.False(old.Merge(removed).Has(C));
    }

    [Fact]
    public void Old_tombstones_are_forgotten_with_their_counts_and_only_the_newest_are_kept()
    {
        var gossip = Up(A).Changed(A);
        for (var i = 0; i < Akka.Cluster.Membership.Gossip.TombstonesMax + 10; i++)
            gossip = gossip.Without(Node("x", i), nowUnixMs: 1000 + i).Changed(Node("x", i));

        var capped = gossip.PruneTombstones(nowUnixMs: 2000, keepMs: 100_000);
        var expired = gossip.PruneTombstones(nowUnixMs: 2000 + 100_000, keepMs: 100_000);

        Assert.Equal(Akka.Cluster.Membership.Gossip.TombstonesMax, capped.Tombstones.Count);
        Assert.DoesNotContain(Node("x", 0), capped.Tombstones.Keys);
        Assert.DoesNotContain(Node("x", 0), capped.Version.Counts.Keys);
        Assert.Empty(expired.Tombstones);
        Assert.Equal([A], expired.Version.Counts.Keys);
    }

    [Fact]
    public void Convergence_needs_every_Up_and_Leaving_member_to_have_seen_the_version()
    {
        var gossip = Gossip(Member(A, MemberStatus.Up), Member(B, MemberStatus.Leaving), Member(C, MemberStatus.Joining), Member(D, MemberStatus.Exiting));

        Assert.False((gossip with { Seen = [A] }).IsConverged(NobodyConfirmed));
        Assert.True((gossip with { Seen = [A, B] }).IsConverged(NobodyConfirmed));
        Assert.True((gossip with { Seen = [A] }).IsConverged(n => n.Equals(B)));
    }

    [Fact]
    public void An_unreachable_member_prevents_convergence_until_it_is_down()
    {
        var gossip = Up(A, B, C).Losing(A, C).SeenByAll();

        Assert.False(gossip.IsConverged(NobodyConfirmed));
        Assert.True(gossip.With(gossip.Members[C].Copy(MemberStatus.Down)).IsConverged(NobodyConfirmed));
    }

    [Fact]
    public void What_a_downed_member_says_about_others_does_not_count()
    {
        var gossip = Up(A, B, C).Losing(C, A, B);

        Assert.Equal([A, B], gossip.Unreachable);
        Assert.Empty(gossip.With(gossip.Members[C].Copy(MemberStatus.Down)).Unreachable);
    }

    [Fact]
    public void The_leader_is_the_first_reachable_member_that_is_Up_or_Leaving()
    {
        var gossip = Gossip(Member(A, MemberStatus.Joining), Member(B, MemberStatus.Down), Member(C, MemberStatus.Leaving), Member(D, MemberStatus.Up));

        Assert.Equal(C, gossip.Leader(A)!.UniqueAddress);
        Assert.Equal(D, gossip.Losing(A, C).Leader(A)!.UniqueAddress);
    }

    [Fact]
    public void Without_any_Up_member_the_first_joining_one_leads()
    {
        var gossip = Gossip(Member(A, MemberStatus.Exiting), Member(B, MemberStatus.Joining), Member(C, MemberStatus.Joining));

        Assert.Equal(B, gossip.Leader(C)!.UniqueAddress);
    }

    [Fact]
    public void The_leader_of_a_role_has_the_role()
    {
        var gossip = Gossip(Member(A, MemberStatus.Up), Member(B, MemberStatus.Up, "data"), Member(C, MemberStatus.Up, "data"));

        Assert.Equal(B.Address, ClusterView.Of(gossip, A).RoleLeader("data"));
    }
}

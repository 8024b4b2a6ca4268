using Akka.Cluster.Membership;
using static AkkaKv.Runtime.Tests.Membership.Nodes;

namespace AkkaKv.Runtime.Tests.Membership;

public class ReachabilityTests
{
    [Fact]
    public void A_node_is_unreachable_while_anybody_says_so()
    {
        var both = Reachability.Empty.Change(A, C, ReachabilityStatus.Unreachable).Change(B, C, ReachabilityStatus.Unreachable);
        var one = both.Change(A, C, ReachabilityStatus.Reachable);
        var none = one.Change(B, C, ReachabilityStatus.Reachable);

        Assert.Equal([C], both.Unreachable);
        Assert.Equal([C], one.Unreachable);
        Assert.Empty(none.Unreachable);
    }

    [Fact]
    public void The_higher_version_of_an_observers_row_wins_a_merge_in_either_direction()
    {
        var old = Reachability.Empty.Change(A, C, ReachabilityStatus.Unreachable);
        var young = old.Change(A, C, ReachabilityStatus.Reachable);

        Assert.Empty(old.Merge(young).Unreachable);
        Assert.Empty(young.Merge(old).Unreachable);
    }

    [Fact]
    public void A_merge_keeps_what_different_observers_say()
    {
        var left = Reachability.Empty.Change(A, C, ReachabilityStatus.Unreachable);
        var right = Reachability.Empty.Change(B, D, ReachabilityStatus.Unreachable);

        Assert.Equal([C, D], left.Merge(right).Unreachable);
    }

    [Fact]
    public void A_terminated_incarnation_never_becomes_reachable_again()
    {
        var table = Reachability.Empty.Change(A, C, ReachabilityStatus.Terminated).Change(A, C, ReachabilityStatus.Reachable);

        Assert.Equal(ReachabilityStatus.Terminated, table.StatusOf(A, C));
    }

    [Fact]
    public void Saying_the_same_again_is_no_change()
    {
        var table = Reachability.Empty.Change(A, C, ReachabilityStatus.Unreachable);

        Assert.Same(table, table.Change(A, C, ReachabilityStatus.Unreachable));
    }

    [Fact]
    public void Removed_nodes_vanish_as_subjects_and_as_observers()
    {
        var table = Reachability.Empty.Change(A, C, ReachabilityStatus.Unreachable).Change(C, A, ReachabilityStatus.Unreachable);

        var kept = table.KeepOnly(n => !n.Equals(C));

        Assert.Empty(kept.Unreachable);
        Assert.Equal([A], kept.Rows.Keys);
    }
}

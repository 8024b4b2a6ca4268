using Akka.Cluster.Membership;
using static AkkaKv.Runtime.Tests.Membership.Nodes;

namespace AkkaKv.Runtime.Tests.Membership;

public class VectorClockTests
{
    [Fact]
    public void A_change_makes_a_later_version()
    {
        var first = VectorClock.Zero.Increment(A);
        var second = first.Increment(B);

        Assert.Equal(Causality.Before, first.CompareTo(second));
        Assert.Equal(Causality.After, second.CompareTo(first));
    }

    [Fact]
    public void Two_changes_of_the_same_version_are_concurrent_and_their_merge_is_after_both()
    {
        var start = VectorClock.Zero.Increment(A);
        var left = start.Increment(A);
        var right = start.Increment(B);
        var merged = left.Merge(right);

        Assert.Equal(Causality.Concurrent, left.CompareTo(right));
        Assert.Equal(Causality.After, merged.CompareTo(left));
        Assert.Equal(Causality.After, merged.CompareTo(right));
        Assert.Equal(Causality.Same, merged.CompareTo(right.Merge(left)));
    }

    [Fact]
    public void An_absent_node_counts_as_zero()
    {
        Assert.Equal(Causality.Same, VectorClock.Zero.CompareTo(VectorClock.Zero.Increment(A).Remove(A)));
        Assert.Equal(Causality.Before, VectorClock.Zero.CompareTo(VectorClock.Zero.Increment(A)));
    }
}

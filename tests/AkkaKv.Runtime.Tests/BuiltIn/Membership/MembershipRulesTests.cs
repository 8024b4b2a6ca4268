using Akka.Cluster;
using Akka.Cluster.Membership;

namespace AkkaKv.Runtime.Tests.Membership;

/// <summary>The rules one by one, on a network that loses nothing.</summary>
public class MembershipRulesTests
{
    private static readonly DowningSettings KeepMajority = new(DowningStrategy.KeepMajority, 1000, null, "");

    [Fact]
    public void A_node_that_is_its_own_only_seed_founds_a_cluster_at_once()
    {
        var cluster = Quiet(["a"]);
        cluster.Start("a");

        Assert.Equal(0, cluster.Now);
        Assert.True(cluster.IsConvergedOn("a"));
        Assert.Equal(["MemberJoined", "LeaderChanged", "MemberUp"], Kinds(cluster["a"]));
    }

    [Fact]
    public void The_first_seed_founds_at_once_when_the_other_seed_says_no()
    {
        var cluster = Quiet(["a", "b"]);
        cluster.StartAll();

        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b"), 900, "two nodes up before the seed node timeout");
    }

    [Fact]
    public void The_first_seed_waits_for_the_timeout_when_the_other_seed_is_silent()
    {
        var cluster = Quiet(["a", "b"]);
        cluster.Start("a");

        cluster.RunFor(900);
        Assert.Equal(MembershipMachine.Phase.Joining, cluster["a"].Machine.CurrentPhase);
        cluster.RunUntil(() => cluster.IsConvergedOn("a"), 300, "founding after the timeout");
    }

    [Fact]
    public void A_node_that_is_not_the_first_seed_never_founds_a_cluster_and_never_gives_up()
    {
        var cluster = Quiet(["a", "b", "c"]);
        cluster.Start("b");
        cluster.Start("c");

        cluster.RunFor(60_000);
        Assert.Equal(MembershipMachine.Phase.Joining, cluster["b"].Machine.CurrentPhase);
        Assert.Equal(MembershipMachine.Phase.Joining, cluster["c"].Machine.CurrentPhase);
        cluster.Start("a");
        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b", "c"), 5_000, "joining the late first seed");
    }

    [Fact]
    public void A_restarted_first_seed_joins_the_cluster_that_is_there()
    {
        var cluster = Converged(["a", "b", "c"]);
        cluster.Crash("a");
        cluster.Start("a");

        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b", "c"), 10_000, "the new incarnation up");
        Assert.Single(cluster["b"].Events.OfType<ClusterEvent.MemberRemoved>());
    }

    [Fact]
    public void Roles_travel_with_the_member()
    {
        var cluster = Quiet(["a", "b"]);
        cluster.Start("a", "data");
        cluster.Start("b", "sentinel", "gateway");
        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b"), 5_000, "up");

        Assert.Equal(["gateway", "sentinel"], cluster["a"].Machine.Gossip.Members[cluster["b"].Self].Roles.Order());
    }

    [Fact]
    public void Members_become_Up_in_an_order_that_all_agree_on()
    {
        var cluster = Converged(["a", "b", "c", "d"]);

        foreach (var node in cluster.Running)
        {
            var upNumbers = node.Machine.Gossip.Members.Values.Select(m => m.UpNumber).ToList();
            Assert.Equal(cluster["a"].Machine.Gossip.Members.Values.Select(m => m.UpNumber), upNumbers);
            Assert.Equal([1, 2, 3, 4], upNumbers.Order());
        }
    }

    [Fact]
    public void Nobody_becomes_Up_before_enough_members_are_there()
    {
        var cluster = Quiet(["a", "b", "c"], s => s with { MinNumberOfMembers = 3 });
        cluster.Start("a");
        cluster.Start("b");
        cluster.RunFor(10_000);
        Assert.All(cluster["a"].Machine.Gossip.Members.Values, m => Assert.Equal(MemberStatus.Joining, m.Status));

        cluster.Start("c");
        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b", "c"), 5_000, "all up");
    }

    [Fact]
    public void Nobody_becomes_Up_before_enough_members_of_a_role_are_there()
    {
        var cluster = Quiet(["a", "b", "c"], s => s with { MinNumberOfMembersOfRole = s.MinNumberOfMembersOfRole.Add("data", 1) });
        cluster.Start("a", "gateway");
        cluster.Start("b", "gateway");
        cluster.RunFor(10_000);
        Assert.All(cluster["a"].Machine.Gossip.Members.Values, m => Assert.Equal(MemberStatus.Joining, m.Status));

        cluster.Start("c", "data");
        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b", "c"), 5_000, "all up");
    }

    [Fact]
    public void A_member_leaves_through_Leaving_and_Exiting_and_is_not_quarantined()
    {
        var cluster = Converged(["a", "b", "c"]);
        cluster["a"].Events.Clear();
        var leaving = cluster["b"];
        cluster.Tell("b", new MembershipInput.Leave(leaving.Self.Address));

        cluster.RunUntil(() => cluster.IsConvergedOn("a", "c"), 5_000, "b gone");
        Assert.Equal(MemberStatus.Exiting, leaving.Stopped!.PreviousStatus);
        Assert.Equal(["MemberLeft", "MemberExited", "MemberRemoved"], Kinds(cluster["a"]));
        Assert.Empty(cluster["a"].Quarantined);
    }

    [Fact]
    public void Any_member_can_make_another_leave()
    {
        var cluster = Converged(["a", "b", "c"]);
        cluster.Tell("c", new MembershipInput.Leave(cluster["a"].Self.Address));

        cluster.RunUntil(() => cluster.IsConvergedOn("b", "c"), 5_000, "a gone");
    }

    [Fact]
    public void The_last_member_can_leave()
    {
        var cluster = Converged(["a"]);
        cluster.Tell("a", new MembershipInput.Leave(cluster["a"].Self.Address));

        cluster.RunUntil(() => cluster["a"].Stopped is not null, 2_000, "a stopped");
        Assert.Contains(ClusterEvent.ClusterShuttingDown.Instance, cluster["a"].Events);
    }

    [Fact]
    public void All_members_can_leave_at_the_same_time()
    {
        var cluster = Converged(["a", "b", "c"]);
        foreach (var node in cluster.Running.ToList())
            cluster.Tell(node.Self.Address.Host!, new MembershipInput.Leave(node.Self.Address));

        cluster.RunUntil(() => !cluster.Running.Any(), 10_000, "all stopped");
    }

    [Fact]
    public void A_member_that_is_declared_down_learns_it_stops_and_is_removed_and_quarantined()
    {
        var cluster = Converged(["a", "b", "c"]);
        var down = cluster["c"];
        cluster.Tell("a", new MembershipInput.DownNode(down.Self.Address));

        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b"), 5_000, "c removed");
        Assert.Equal(MemberStatus.Down, down.Stopped!.PreviousStatus);
        Assert.Equal([down.Self], cluster["a"].Quarantined);
        Assert.Equal([down.Self], cluster["b"].Quarantined);
    }

    [Fact]
    public void A_crashed_member_becomes_unreachable_and_stays_a_member_without_a_resolver()
    {
        var cluster = Converged(["a", "b", "c"]);
        var crashed = cluster["c"].Self;
        cluster.Crash("c");

        cluster.RunUntil(() => cluster["a"].Events.OfType<ClusterEvent.UnreachableMember>().Any(), 5_000, "unreachable");
        cluster.RunFor(20_000);
        Assert.Equal(MemberStatus.Up, cluster["a"].Machine.Gossip.Members[crashed].Status);
    }

    [Fact]
    public void A_crashed_member_is_downed_by_the_resolver_and_removed()
    {
        var cluster = Converged(["a", "b", "c"], s => s with { Downing = KeepMajority });
        cluster.Crash("c");

        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b"), 8_000, "c removed");
        Assert.Contains("MemberDowned", Kinds(cluster["a"]));
    }

    [Fact]
    public void A_crashed_leader_is_replaced_by_the_next_member()
    {
        var cluster = Converged(["a", "b", "c"], s => s with { Downing = KeepMajority });
        cluster.Crash("a");

        cluster.RunUntil(() => cluster.IsConvergedOn("b", "c"), 8_000, "a removed");
        Assert.Equal("b", cluster["c"].Events.OfType<ClusterEvent.LeaderChanged>().Last().Leader!.Host);
    }

    [Fact]
    public void A_member_that_can_be_reached_again_is_announced_and_nobody_is_removed()
    {
        var cluster = Converged(["a", "b", "c"]);
        cluster.Partition(["a", "b"], ["c"]);
        cluster.RunUntil(() => cluster["a"].Events.OfType<ClusterEvent.UnreachableMember>().Any(), 5_000, "unreachable");
        cluster.Heal();

        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b", "c"), 5_000, "converged again");
        Assert.Contains("ReachableMember", Kinds(cluster["a"]));
        Assert.DoesNotContain("MemberRemoved", Kinds(cluster["a"]));
    }

    [Fact]
    public void A_node_that_stood_still_itself_does_not_suspect_the_others()
    {
        var cluster = Converged(["a", "b", "c"]);
        cluster["b"].Events.Clear();
        cluster.Pause("b", 10_000);
        cluster.RunUntil(() => cluster["a"].Events.OfType<ClusterEvent.UnreachableMember>().Any(), 8_000, "b unreachable for the others");

        cluster.RunFor(15_000);
        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b", "c"), 5_000, "converged again");
        Assert.DoesNotContain("UnreachableMember", Kinds(cluster["b"]));
    }

    [Fact]
    public void A_node_that_joins_while_a_member_is_unreachable_becomes_WeaklyUp_and_later_Up()
    {
        var cluster = Quiet(["a", "b", "c", "d"]);
        foreach (var host in new[] { "a", "b", "c" })
            cluster.Start(host);
        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b", "c"), 5_000, "up");
        cluster.Partition(["a", "b", "d"], ["c"]);
        cluster.RunUntil(() => cluster["a"].Events.OfType<ClusterEvent.UnreachableMember>().Any(), 5_000, "unreachable");

        cluster.Start("d");
        cluster.RunUntil(() => cluster["b"].Events.OfType<ClusterEvent.MemberWeaklyUp>().Any(), 5_000, "weakly up");
        cluster.Heal();
        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b", "c", "d"), 5_000, "up");
    }

    [Fact]
    public void A_member_that_slept_through_its_removal_is_told_and_stops()
    {
        var cluster = Converged(["a", "b", "c"]);
        var asleep = cluster["c"];
        cluster.Partition(["a", "b"], ["c"]);
        cluster.RunUntil(() => cluster["a"].Events.OfType<ClusterEvent.UnreachableMember>().Any(), 5_000, "unreachable");
        cluster.Tell("a", new MembershipInput.DownNode(asleep.Self.Address));
        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b"), 5_000, "c removed");
        cluster.Heal();

        cluster.RunUntil(() => asleep.Stopped is not null, 10_000, "c stopped");
        Assert.Equal(MemberStatus.Down, asleep.Stopped!.PreviousStatus);
    }

    [Fact]
    public void A_joining_node_whose_welcomer_crashed_before_telling_anybody_is_taken_in_by_the_others()
    {
        var cluster = Quiet(["a", "b", "c", "d"], s => s with { Downing = KeepMajority });
        foreach (var host in new[] { "a", "b", "c" })
            cluster.Start(host);
        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b", "c"), 5_000, "up");
        cluster.Partition(["a", "b"], ["c", "d"]);
        cluster.Start("d");
        cluster.RunUntil(() => cluster["d"].Machine.CurrentPhase == MembershipMachine.Phase.Member, 900, "welcomed by c");
        cluster.Crash("c");
        cluster.Heal();

        cluster.RunUntil(() => cluster.IsConvergedOn("a", "b", "d"), 10_000, "d up without c");
    }

    [Fact]
    public void A_node_that_leaves_before_it_has_joined_stops()
    {
        var cluster = Quiet(["a", "b"]);
        cluster.Start("b");
        cluster.Tell("b", new MembershipInput.Leave(cluster["b"].Self.Address));

        Assert.Equal(MemberStatus.Removed, cluster["b"].Stopped!.PreviousStatus);
    }

    [Fact]
    public void A_node_that_a_member_has_quarantined_stops()
    {
        var cluster = Converged(["a", "b"]);
        cluster.Tell("b", new MembershipInput.QuarantinedBy(cluster["a"].Self.Address));

        Assert.Equal(MemberStatus.Down, cluster["b"].Stopped!.PreviousStatus);
    }

    [Fact]
    public void A_stopped_machine_does_nothing_more()
    {
        var cluster = Converged(["a"]);
        cluster.Tell("a", new MembershipInput.DownNode(cluster["a"].Self.Address));
        var outbox = new List<MembershipEffect>();

        cluster["a"].Machine.Step(cluster.Now, new MembershipInput.JoinSeedNodes(cluster.Addresses), outbox);
        cluster["a"].Machine.Step(cluster.Now, MembershipInput.Tick.Instance, outbox);

        Assert.Empty(outbox);
        Assert.Equal(long.MaxValue, cluster["a"].Machine.NextDeadline);
    }

    private static SimulatedCluster Quiet(string[] hosts, Func<MembershipSettings, MembershipSettings>? configure = null) => new(1, hosts, configure) { Loss = 0 };

    private static SimulatedCluster Converged(string[] hosts, Func<MembershipSettings, MembershipSettings>? configure = null)
    {
        var cluster = Quiet(hosts, configure);
        cluster.StartAll();
        cluster.RunUntil(() => cluster.IsConvergedOn(hosts), 5_000, "all up");
        return cluster;
    }

    private static List<string> Kinds(SimulatedNode node) => [.. node.Events.Select(e => e.GetType().Name)];
}

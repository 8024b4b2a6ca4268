using Akka.Cluster;
using Akka.Cluster.Membership;
using Akka.Remote;
using static AkkaKv.Runtime.Tests.Membership.Nodes;

namespace AkkaKv.Runtime.Tests.Membership;

public class HeartbeatMonitorTests
{
    private static readonly MembershipSettings Settings = new()
    {
        MonitoredByNumberOfMembers = 3,
        HeartbeatExpectedResponseAfterMs = 1000,
        FailureDetector = new PhiAccrualSettings(8.0, 100, 100, 1000, 1000),
    };

    [Fact]
    public void Every_member_is_watched_by_as_many_others_as_configured()
    {
        var members = Enumerable.Range(0, 40).Select(i => Node($"h{i}")).ToList();

        var watched = members.SelectMany(m => HeartbeatMonitor.Successors(members, m, 5)).ToList();

        Assert.All(members, m => Assert.Equal(5, watched.Count(w => w.Equals(m))));
    }

    [Fact]
    public void In_a_small_cluster_everybody_watches_everybody_else() =>
        Assert.Equal([A, C], HeartbeatMonitor.Successors([A, B, C], B, 5));

    [Fact]
    public void A_node_that_never_answers_becomes_unavailable()
    {
        var monitor = new HeartbeatMonitor(A, Settings);
        monitor.Update([A, B], _ => false);
        Assert.True(monitor.IsAvailable(100_000, B));

        monitor.Beat(100_000, []);

        Assert.True(monitor.IsAvailable(102_000, B));
        Assert.False(monitor.IsAvailable(110_000, B));
    }

    [Fact]
    public void An_answer_of_another_incarnation_does_not_count()
    {
        var monitor = new HeartbeatMonitor(A, Settings);
        monitor.Update([A, B], _ => false);
        monitor.Beat(0, []);
        for (var now = 0; now < 20_000; now += 1000)
            monitor.Answered(now, Node("b", uid: 2));

        Assert.False(monitor.IsAvailable(20_000, B));
    }

    [Fact]
    public void A_suspected_node_stays_watched_when_the_ring_changes_until_it_is_removed()
    {
        var monitor = new HeartbeatMonitor(A, Settings);
        var few = new[] { A, B };
        var many = Enumerable.Range(0, 50).Select(i => Node($"h{i}")).Concat(few).ToList();
        Assert.DoesNotContain(B, HeartbeatMonitor.Successors(many, A, 3));

        monitor.Update(few, _ => false);
        monitor.Update(many, n => n.Equals(B));
        Assert.Contains(B, monitor.Receivers);

        monitor.Update(many, _ => false);
        Assert.DoesNotContain(B, monitor.Receivers);
    }

    [Fact]
    public void A_heartbeat_goes_to_everybody_it_watches()
    {
        var monitor = new HeartbeatMonitor(A, Settings);
        monitor.Update([A, B, C], _ => false);
        var outbox = new List<MembershipEffect>();

        monitor.Beat(0, outbox);

        Assert.Equal([B.Address, C.Address], outbox.OfType<MembershipEffect.Send>().Where(s => s.Message is Heartbeat).Select(s => s.To));
    }
}

using Akka.Cluster;
using Akka.Cluster.Membership;

namespace AkkaKv.Runtime.Tests.Membership;

/// <summary>Worlds drawn from seeds: 3 to 9 nodes on a network that loses, delays and reorders.</summary>
public class MembershipSimulationTests
{
    private const int Seeds = 40;

    public static TheoryData<int> SeedNumbers => [.. Enumerable.Range(1, Seeds)];

    [Theory]
    [MemberData(nameof(SeedNumbers))]
    public void All_nodes_agree_on_all_members_and_one_leader_in_bounded_time(int seed)
    {
        var (cluster, hosts) = World(seed);

        cluster.RunUntil(() => cluster.IsConvergedOn(hosts), 30_000, "all up");
    }

    [Theory]
    [MemberData(nameof(SeedNumbers))]
    public void A_partition_leaves_exactly_the_majority_side(int seed)
    {
        var (cluster, hosts) = World(seed);
        cluster.RunUntil(() => cluster.IsConvergedOn(hosts), 30_000, "all up");
        var random = new Random(seed);
        var shuffled = hosts.OrderBy(_ => random.Next()).ToArray();
        var minority = shuffled[..random.Next(1, (hosts.Length + 1) / 2)];
        var majority = shuffled[minority.Length..];
        if (majority.Length == minority.Length && minority.Contains(hosts[0]))
            (majority, minority) = (minority, majority);
        var losers = minority.Select(h => cluster[h]).ToList();

        cluster.Partition(majority, minority);

        cluster.RunUntil(() => cluster.IsConvergedOn(majority) && losers.All(l => l.Stopped is not null), 60_000, $"[{string.Join(",", minority)}] gone");
        Assert.All(majority, h => Assert.Null(cluster[h].Stopped));
        cluster.Heal();
        cluster.RunFor(5_000);
        Assert.True(cluster.IsConvergedOn(majority), cluster.Describe());
    }

    [Theory]
    [MemberData(nameof(SeedNumbers))]
    public void Crashes_restarts_and_leaving_end_in_agreement(int seed)
    {
        var (cluster, hosts) = World(seed);
        cluster.RunUntil(() => cluster.IsConvergedOn(hosts), 30_000, "all up");
        var random = new Random(seed);
        var left = new HashSet<string>();
        for (var i = 0; i < 4; i++)
        {
            var host = hosts[random.Next(hosts.Length)];
            if (left.Contains(host) || cluster[host].Stopped is not null)
                continue;
            switch (random.Next(3))
            {
                // The first seed stays: if all crash, only it may found the cluster anew.
                case 0 when host != hosts[0] && hosts.Length - left.Count > 2:
                    left.Add(host);
                    cluster.Tell(host, new MembershipInput.Leave(cluster[host].Self.Address));
                    break;
                default:
                    cluster.Crash(host);
                    cluster.RunFor(random.Next(6_000));
                    cluster.Start(host);
                    break;
            }
            cluster.RunFor(random.Next(6_000));
        }

        // A node that was cut off by mistake and downed stops; its supervisor starts it again.
        var survivors = hosts.Where(h => !left.Contains(h)).ToArray();
        var deadline = cluster.Now + 90_000;
        while (!cluster.IsConvergedOn(survivors))
        {
            Assert.True(cluster.Now < deadline, $"seed {seed}: no agreement\n{cluster.Describe()}");
            cluster.RunFor(1_000);
            foreach (var host in survivors.Where(h => cluster[h].Stopped is not null))
                cluster.Start(host);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        static string Trace(int seed)
        {
            var (cluster, hosts) = World(seed);
            cluster.RunUntil(() => cluster.IsConvergedOn(hosts), 30_000, "all up");
            return cluster.Now + cluster.Describe() + string.Join("\n", cluster.Running.SelectMany(n => n.Events));
        }

        Assert.Equal(Trace(7), Trace(7));
    }

    private static (SimulatedCluster Cluster, string[] Hosts) World(int seed)
    {
        var random = new Random(seed);
        var hosts = Enumerable.Range(0, 3 + random.Next(7)).Select(i => $"n{i}").ToArray();
        var downing = new DowningSettings(DowningStrategy.KeepMajority, StableAfterMs: 2_000, DownAllWhenUnstableMs: null, Role: "");
        var cluster = new SimulatedCluster(seed, hosts, s => s with { Downing = downing }) { Loss = random.NextDouble() * 0.1 };
        cluster.StartAll();
        return (cluster, hosts);
    }
}

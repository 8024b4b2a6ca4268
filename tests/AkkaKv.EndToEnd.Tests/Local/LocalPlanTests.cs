using System.Collections;
using AkkaKv.Actors.Settings;
using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Server.Configuration;
using AkkaKv.Server.Local;

namespace AkkaKv.EndToEnd.Tests.Local;

public sealed class LocalPlanTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(2, 3)]
    [InlineData(0, 1)]
    [InlineData(LocalOptions.ReplicasMax, LocalOptions.SentinelsMax)]
    public void Every_process_gets_a_valid_configuration_and_ports_of_its_own(int replicas, int sentinels)
    {
        LocalPlan plan = Plan(replicas, sentinels);
        Assert.Equal(2 + replicas + sentinels, plan.Processes.Count);
        foreach (PlannedProcess process in plan.Processes)
        {
            NodeSettings settings = Settings(process);
            Assert.Equal(process.Name, settings.Name);
            Assert.Equal(process.RemotingPort, settings.Cluster.Port);
            Assert.Equal(sentinels, settings.Cluster.Seeds.Count);
        }
        int[] ports = [.. plan.Processes.SelectMany(process => new[] { process.Address.Port, process.RemotingPort })];
        Assert.Equal(ports.Length, ports.Distinct().Count());
    }

    [Fact]
    public void The_ports_follow_from_the_base_port()
    {
        LocalPlan plan = Plan(2, 3);
        Assert.Equal([7000, 7001, 7002, 7003, 7011, 7012, 7013], plan.Processes.Select(process => process.Address.Port));
        Assert.Equal("127.0.0.1:7000", plan.Router.ToString());
    }

    [Fact]
    public void Replicas_replicate_the_master_and_sentinels_watch_it_and_vote_together()
    {
        LocalPlan plan = Plan(2, 3);
        HostPort master = plan.Processes.Single(process => process.Role == LocalRole.Master).Address;
        foreach (PlannedProcess replica in plan.Processes.Where(process => process.Role == LocalRole.Replica))
            Assert.Equal(master, Settings(replica).Replication.ReplicaOf);
        foreach (PlannedProcess sentinel in plan.Processes.Where(process => process.Role == LocalRole.Sentinel))
        {
            SentinelSettings settings = Settings(sentinel).Sentinel;
            WatchedMasterSettings watched = Assert.Single(settings.Masters);
            Assert.Equal((master.Host, master.Port, 2), (watched.Host, watched.Port, watched.Quorum));
            Assert.Equal(["sentinel-7011", "sentinel-7012", "sentinel-7013"], settings.Voters);
        }
    }

    private LocalPlan Plan(int replicas, int sentinels) =>
        LocalPlan.Create(new LocalOptions(7000, replicas, sentinels, null, [], false), _directory.FullName);

    private NodeSettings Settings(PlannedProcess process)
    {
        LoadedConfiguration loaded = ConfigurationLoader.Load([_directory.Write(process.Name + ".conf", process.Hocon)], [], new Hashtable());
        Assert.Empty(loaded.Problems);
        return loaded.Settings!;
    }
}

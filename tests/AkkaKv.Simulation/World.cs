using AkkaKv.Replication;
using AkkaKv.Sentinel;
using AkkaKv.Simulation.Checkers;
using AkkaKv.Simulation.Clients;
using AkkaKv.Simulation.DataNodes;
using AkkaKv.Simulation.Engine;
using AkkaKv.Simulation.Faults;
using AkkaKv.Simulation.Networking;
using AkkaKv.Simulation.Sentinels;

namespace AkkaKv.Simulation;

/// <summary>Three data nodes, three sentinels and a client on a virtual network under a virtual clock.</summary>
internal sealed class World
{
    private const int NodeCount = 3;
    private const int SentinelCount = 3;
    private const int FirstSentinelPort = 26_001;

    public World(WorldOptions options, SimulationRandom random, Sabotage sabotage, bool isDetailed)
    {
        Options = options;
        Sabotage = sabotage;
        Trace = new Trace(Queue, isDetailed);
        Network = new SimulatedNetwork(this, options.Network, random.Fork());
        for (var number = 1; number <= NodeCount; number++)
        {
            InstanceAddress? master = number == 1 ? null : WorldOptions.AddressOfNode(1);
            Nodes.Add(new DataNode(this, WorldOptions.AddressOfNode(number), master, random.Fork()));
        }
        for (var number = 1; number <= SentinelCount; number++)
            Sentinels.Add(new SentinelHost(this, $"s{number}", FirstSentinelPort + number, random.Fork()));
        Client = new WritingClient(this, random.Fork(), WorldOptions.AddressOfNode(1));
        Processes = [.. Nodes, .. Sentinels, Client];
        foreach (var process in Processes)
            process.ClockOffsetMs = random.Between(0, 1_000_000_000);
        Faults = new FaultInjector(this, options.Faults, random.Fork());
    }

    public WorldOptions Options { get; }

    public bool OnlyMastersDie => Options.OnlyMastersDie;

    public Sabotage Sabotage { get; }

    public EventQueue Queue { get; } = new();

    public Trace Trace { get; }

    public Statistics Statistics { get; } = new();

    public WorldChecks Checks { get; } = new();

    public SimulatedNetwork Network { get; }

    public FaultInjector Faults { get; }

    public List<DataNode> Nodes { get; } = [];

    public List<SentinelHost> Sentinels { get; } = [];

    public WritingClient Client { get; }

    public IReadOnlyList<SimulatedProcess> Processes { get; }

    public DataNode NodeAt(InstanceAddress address) => Nodes.First(node => node.Address == address);

    /// <summary>Everybody lives, one node is master and the others follow it.</summary>
    public bool IsHealthy => Nodes.TrueForAll(node => node.IsAlive)
        && Nodes.FindAll(node => node.IsMaster) is [var master]
        && Nodes.TrueForAll(node => node == master || node.MasterAddress == master.Address && node.Uplink!.State.IsUp());

    public void Start()
    {
        foreach (var process in Processes)
            process.Start();
    }

    /// <summary>
    /// Whether every sentinel has met every replica. Until then faults would show only what Redis Sentinel shares: who was never the
    /// replica of a master in sight, but always a replica's replica, is nobody's business.
    /// </summary>
    public bool IsAcquainted => Sentinels.TrueForAll(sentinel => sentinel.KnownReplicas == Nodes.Count - 1);

    /// <summary>Lets this much time pass.</summary>
    public void Run(long durationMs)
    {
        var endUs = Queue.NowUs + durationMs * 1000;
        while (Queue.RunNext(endUs))
        {
        }
    }

    /// <summary>A data node tells every sentinel what it is.</summary>
    public void TellSentinels(DataNode node, NodeStatus status)
    {
        foreach (var sentinel in Sentinels)
            Network.SendDatagram(node, sentinel, "NodeStatus", () => sentinel.Feed(new NodeStatusArrived(status)));
    }

    /// <summary>A sentinel tells the client who is master.</summary>
    public void TellClient(SentinelHost sentinel, AnnounceMaster announcement) =>
        Network.SendDatagram(sentinel, Client, "AnnounceMaster", () => Client.OnAnnounced(announcement));

    /// <summary>The client asks, for it may have missed what it was told.</summary>
    public void AskSentinel(WritingClient client, SentinelHost sentinel) =>
        Network.SendDatagram(client, sentinel, "get-master-addr-by-name", () =>
        {
            if (sentinel.Monitor is { } monitor)
                TellClient(sentinel, new AnnounceMaster(monitor.Name, monitor.CurrentAddress, monitor.ConfigEpoch));
        });
}

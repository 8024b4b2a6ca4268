using Akka.Actor;
using Akka.Configuration;
using AkkaKv.Actors.Gateway;
using AkkaKv.Actors.Network;
using AkkaKv.Actors.Sentinel;
using AkkaKv.Actors.Settings;
using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Protocol;
using AkkaKv.Sentinel;
using AkkaKv.Server.Configuration;

namespace AkkaKv.EndToEnd.Tests.Sentinel;

/// <summary>
/// Three sentinels with RESP ports that watch real redis-server processes: one master and two replicas. The sentinels are actors of one system and hear
/// each other directly; everything else is as in production.
/// </summary>
internal sealed class SentinelTrio : IAsyncDisposable
{
    private const int Count = 3;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TestDirectory _directory = new();
    private readonly ActorSystem _system = ActorSystem.Create("trio", ConfigurationFactory.ParseString("akka.loglevel = WARNING"));
    private readonly IActorRef[] _sentinels = new IActorRef[Count];
    private readonly Dictionary<int, TestProcess> _servers = [];

    private SentinelTrio(int basePort) => BasePort = basePort;

    public int BasePort { get; }

    /// <summary>The ports of the redis-servers; the first one begins as the master.</summary>
    public IEnumerable<int> ServerPorts => Enumerable.Range(BasePort, Count);

    /// <summary>The RESP ports of the sentinels.</summary>
    public IReadOnlyList<int> SentinelPorts => [.. Enumerable.Range(BasePort + Count, Count)];

    public static async Task<SentinelTrio> StartAsync(string masterSettings = "down-after = 1s")
    {
        var trio = new SentinelTrio(FreePorts.Block(2 * Count));
        foreach (var port in trio.ServerPorts)
            trio.StartServer(port, port == trio.BasePort ? null : trio.BasePort);
        foreach (var port in trio.ServerPorts)
            await Eventually.TrueAsync($"redis-server on {port} answers", async () => (await RespConnection.OnceAsync(port, "PING")).Text == "PONG");
        for (var index = 0; index < Count; index++)
            await trio.StartSentinelAsync(index, masterSettings);
        trio.Introduce();
        foreach (var port in trio.SentinelPorts)
            await Eventually.TrueAsync($"sentinel {port} knows everybody", async () => await trio.SummaryAsync(port) is { } line
                && line.Contains("slaves=2,sentinels=3", StringComparison.Ordinal));
        // A replica can only be promoted once its link to the master is known to be up.
        foreach (var port in trio.ServerPorts.Skip(1))
            await Eventually.TrueAsync($"{port} replicates", async () => await RespConnection.InfoAsync(port, "replication", "master_link_status") == "up");
        return trio;
    }

    public void StartServer(int port, int? masterPort)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_directory.FullName, $"redis-{port}"));
        string[] arguments = ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", directory.FullName, "--save", "", "--repl-diskless-sync-delay", "0"];
        if (masterPort is { } master)
            arguments = [.. arguments, "--replicaof", "127.0.0.1", $"{master}"];
        _servers[port] = TestProcess.Start("redis-server", arguments);
    }

    public TestProcess Server(int port) => _servers[port];

    /// <summary>Where a sentinel sends clients.</summary>
    public static async Task<int> MasterPortAsync(int sentinelPort) =>
        int.Parse((await RespConnection.OnceAsync(sentinelPort, "SENTINEL", "get-master-addr-by-name", "mymaster"))[1].Text);

    /// <summary>The line of INFO sentinel.</summary>
    public async Task<string?> SummaryAsync(int sentinelPort) => await RespConnection.InfoAsync(sentinelPort, "sentinel", "master0");

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        foreach (var server in _servers.Values)
            server.Dispose();
        _directory.Dispose();
    }

    private async Task StartSentinelAsync(int index, string masterSettings)
    {
        var file = _directory.Write($"sentinel-{index}.conf", $$"""
            akkakv {
              roles = [sentinel]
              name = "sentinel-{{index}}"
              data-dir = "{{_directory.FullName}}"
              cluster { name = "trio", port = 1, secret = "not-a-secret" }
              sentinel {
                port = {{SentinelPorts[index]}}
                voters = [sentinel-0, sentinel-1, sentinel-2]
                masters.mymaster { host = "127.0.0.1", port = {{BasePort}}, quorum = 2, {{masterSettings}} }
              }
            }
            """);
        var loaded = ConfigurationLoader.Load([file], [], new Dictionary<string, string>());
        Assert.Empty(loaded.Problems);
        NodeSettings settings = loaded.Settings!;
        _sentinels[index] = _system.ActorOf(SentinelActor.Props(settings, new TrafficCounters(), () => { }), $"sentinel-{index}");
        await _sentinels[index].Ask<Listening>(Listen.Instance, Deadline);
    }

    /// <summary>What gossip does in a cluster: everybody hears of everybody, here by one hello.</summary>
    private void Introduce()
    {
        for (var from = 0; from < Count; from++)
        {
            for (var to = 0; to < Count; to++)
            {
                if (from == to)
                    continue;
                var hello = new SentinelHello(
                    "mymaster", SentinelIds.Of("trio", $"sentinel-{from}"), new InstanceAddress("127.0.0.1", SentinelPorts[from]), 0,
                    new InstanceAddress("127.0.0.1", BasePort), 0, false, "", 0, FailoverPhase.None, 0);
                _sentinels[to].Tell(hello, _sentinels[from]);
            }
        }
    }
}

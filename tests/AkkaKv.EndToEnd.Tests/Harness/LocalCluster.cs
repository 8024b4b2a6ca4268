using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Harness;

/// <summary>A real <c>akkakv local</c>: a router, a master, replicas and sentinels on free ports.</summary>
public sealed class LocalCluster : IDisposable
{
    private readonly TestDirectory _directory = new();

    private LocalCluster(int replicas, int sentinels, string[] arguments)
    {
        BasePort = FreePorts.Block(40);
        DataPorts = [.. Enumerable.Range(BasePort + 1, replicas + 1)];
        SentinelPorts = [.. Enumerable.Range(BasePort + 11, sentinels)];
        Process = TestProcess.AkkaKv([
            "local", "--base-port", $"{BasePort}", "--replicas", $"{replicas}", "--sentinels", $"{sentinels}",
            "--data-dir", _directory.FullName, .. arguments,
        ]);
    }

    /// <summary>The router's port; the others follow from it.</summary>
    public int BasePort { get; }

    /// <summary>The router's port.</summary>
    public int RouterPort => BasePort;

    /// <summary>The data nodes' ports; the first one starts as master.</summary>
    public IReadOnlyList<int> DataPorts { get; }

    /// <summary>The sentinels' ports.</summary>
    public IReadOnlyList<int> SentinelPorts { get; }

    /// <summary>The parent of all.</summary>
    public TestProcess Process { get; }

    /// <summary>Where configuration files and logs are.</summary>
    public string Directory => _directory.FullName;

    /// <summary>Starts a topology and waits until it says that it is ready.</summary>
    public static async Task<LocalCluster> StartAsync(int replicas = 2, int sentinels = 3, params string[] arguments)
    {
        var cluster = new LocalCluster(replicas, sentinels, arguments);
        try
        {
            await cluster.Process.LineAsync("Ready after", TimeSpan.FromSeconds(90));
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>The port of the master, as the first sentinel that answers knows it.</summary>
    public Task<int> MasterPortAsync() => MasterPortAsync(_ => true);

    /// <summary>Waits until the sentinels name another master than <paramref name="old"/>, and returns its port.</summary>
    public Task<int> MasterOtherThanAsync(int old) => MasterPortAsync(port => port != old);

    /// <summary>The process id of a data node, sentinel or router, as it says itself.</summary>
    public static async Task<int> ProcessIdAsync(int port) =>
        int.Parse((await RespConnection.InfoAsync(port, "server", "process_id"))!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>kill -9 of whoever serves the port.</summary>
    public static async Task KillAsync(int port) => TestProcess.Signal(await ProcessIdAsync(port), "KILL");

    /// <summary>The configuration file with which <c>akkakv node</c> starts a process of the topology again.</summary>
    public string ConfigurationFile(int port) =>
        System.IO.Directory.GetFiles(Directory, $"*-{port}.conf").Single();

    /// <summary>Starts a process of the topology again, outside of its parent's care.</summary>
    public TestProcess StartAgain(int port) => TestProcess.AkkaKv("node", ConfigurationFile(port));

    /// <inheritdoc/>
    public void Dispose()
    {
        Process.Dispose();
        _directory.Dispose();
    }

    private async Task<int> MasterPortAsync(Predicate<int> expected) => int.Parse(
        await Eventually.ResultAsync("the sentinels' answer who is master", async () =>
        {
            foreach (int sentinel in SentinelPorts)
            {
                RespValue address = await RespConnection.OnceAsync(sentinel, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "mymaster");
                if (address.Items.Count == 2 && expected((int)long.Parse(address[1].Text, null)))
                    return address[1].Text;
            }
            return null;
        }), null);
}

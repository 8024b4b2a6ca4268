namespace AkkaKv.EndToEnd.Tests.Harness;

/// <summary>A real <c>akkakv node</c> with the role data on a free port, with a state directory of its own.</summary>
public sealed class DataNode : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly string[] _sets;

    private DataNode(int port, string[] sets)
    {
        Port = port;
        _sets = sets;
        Process = Launch();
    }

    /// <summary>Its RESP port, on loopback.</summary>
    public int Port { get; }

    /// <summary>The directory of its files; there from the start on.</summary>
    public string Folder => Path.Combine(_directory.FullName, $"127.0.0.1-{Port}");

    /// <summary>The process; another one after <see cref="RestartAsync"/>.</summary>
    public TestProcess Process { get; private set; }

    /// <summary>Starts a node and waits until it answers. Settings are given as for --set.</summary>
    public static async Task<DataNode> StartAsync(params string[] sets)
    {
        var node = new DataNode(FreePorts.One(), sets);
        try
        {
            await node.WaitReadyAsync();
            return node;
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    /// <summary>Starts a replica of a node and waits until its link is up.</summary>
    public static async Task<DataNode> StartReplicaAsync(int masterPort, params string[] sets)
    {
        DataNode replica = await StartAsync([$"akkakv.replication.replicaof=127.0.0.1:{masterPort}", .. sets]);
        await Eventually.TrueAsync($"the link of replica {replica.Port} to {masterPort}", async () =>
            await RespConnection.InfoAsync(replica.Port, "replication", "master_link_status") == "up");
        return replica;
    }

    /// <summary>Opens a connection to it.</summary>
    public Task<RespConnection> ConnectAsync() => RespConnection.OpenAsync(Port);

    /// <summary>Sends one request on a connection of its own.</summary>
    public Task<Protocol.RespValue> CallAsync(params string[] request) => RespConnection.OnceAsync(Port, request);

    /// <summary>Starts it again after its end, with the same settings and state.</summary>
    public async Task RestartAsync()
    {
        await RelaunchAsync();
        await WaitReadyAsync();
    }

    /// <summary>As <see cref="RestartAsync"/>, without waiting for it to answer: it may not come up.</summary>
    public async Task RelaunchAsync()
    {
        await Process.EndAsync();
        Process.Dispose();
        Process = Launch();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Process.Dispose();
        _directory.Dispose();
    }

    private TestProcess Launch() => TestProcess.AkkaKv([
        "node", .. _sets.Prepend($"akkakv.data-dir={_directory.FullName}").Prepend($"akkakv.gateway.port={Port}").SelectMany(set => new[] { "--set", set }),
    ]);

    private Task WaitReadyAsync() => Eventually.TrueAsync($"node {Port}", async () =>
    {
        if (Process.HasEnded)
            Assert.Fail($"the node ended with {Process.ExitCode}:\n{Process.Output}");
        return (await RespConnection.OnceAsync(Port, "PING")).Text == "PONG";
    });
}

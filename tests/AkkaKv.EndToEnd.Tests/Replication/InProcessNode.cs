using System.Collections;
using AkkaKv.Actors.Hosting;
using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Server.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaKv.EndToEnd.Tests.Replication;

/// <summary>A whole data node inside the test process, on a port of its own.</summary>
internal sealed class InProcessNode : IServer, IAsyncDisposable
{
    private readonly NodeHost _host;
    private readonly TestDirectory _directory;

    private InProcessNode(int port, NodeHost host, TestDirectory directory) => (Port, _host, _directory) = (port, host, directory);

    public int Port { get; }

    /// <summary>Starts a node; settings as given for --set.</summary>
    public static async Task<InProcessNode> StartAsync(params string[] sets)
    {
        var port = FreePorts.One();
        var directory = new TestDirectory();
        var loaded = ConfigurationLoader.Load([], [$"akkakv.gateway.port={port}", $"akkakv.data-dir={directory.FullName}", .. sets], new Hashtable());
        Assert.Empty(loaded.Problems);
        var host = new NodeHost(loaded.Settings!, NullLoggerFactory.Instance);
        await host.StartAsync();
        return new InProcessNode(port, host, directory);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _directory.Dispose();
    }
}

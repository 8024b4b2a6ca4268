using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Clients;

/// <summary>One local topology for the tests of clients that follow a failover, one after another.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    /// <summary>The collection of these tests.</summary>
    public const string Collection = "clients of a cluster";

    private LocalCluster? _cluster;

    /// <summary>The topology.</summary>
    public LocalCluster Cluster => _cluster ?? throw new InvalidOperationException("not started");

    /// <inheritdoc/>
    public async Task InitializeAsync() => _cluster = await LocalCluster.StartAsync();

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _cluster?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Makes the sentinels switch to another master, and waits until the old one follows it. Returns the new master's port.</summary>
    public async Task<int> FailOverAsync()
    {
        int old = await Cluster.MasterPortAsync();
        await Eventually.TrueAsync("a replica that can be promoted", async () =>
            (await RespConnection.OnceAsync(Cluster.SentinelPorts[0], "SENTINEL", "FAILOVER", "mymaster")).Text == "OK");
        int now = await Cluster.MasterOtherThanAsync(old);
        await Eventually.TrueAsync("the old master as a replica", async () =>
            await RespConnection.InfoAsync(old, "replication", "master_link_status") == "up"
            && await RespConnection.InfoAsync(old, "replication", "master_port") == $"{now}");
        return now;
    }
}

/// <summary>Binds <see cref="SharedCluster"/> to its collection.</summary>
[CollectionDefinition(SharedCluster.Collection)]
public sealed class SharedClusterCollection : ICollectionFixture<SharedCluster>;

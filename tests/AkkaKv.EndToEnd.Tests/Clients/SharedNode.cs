using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Clients;

/// <summary>One data node for all tests that only use it, one after another. Each empties it or keeps to keys of its own.</summary>
public sealed class SharedNode : IAsyncLifetime
{
    /// <summary>The collection of these tests.</summary>
    public const string Collection = "clients of a data node";

    private DataNode? _node;

    /// <summary>Its RESP port.</summary>
    public int Port => Node.Port;

    /// <summary>The node.</summary>
    public DataNode Node => _node ?? throw new InvalidOperationException("not started");

    /// <inheritdoc/>
    public async Task InitializeAsync() => _node = await DataNode.StartAsync();

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _node?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Sends one request and asserts that it is not refused.</summary>
    public async Task<Protocol.RespValue> CallAsync(params string[] request)
    {
        var reply = await Node.CallAsync(request);
        Assert.False(reply.IsError, reply.Text);
        return reply;
    }
}

/// <summary>Binds <see cref="SharedNode"/> to its collection.</summary>
[CollectionDefinition(SharedNode.Collection)]
public sealed class SharedNodeCollection : ICollectionFixture<SharedNode>;

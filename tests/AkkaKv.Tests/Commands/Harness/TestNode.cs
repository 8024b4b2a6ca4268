using AkkaKv.Commands;
using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Commands.Harness;

/// <summary>
/// A data node without sockets, actors and clocks: a store, an engine, and hosts that the test controls. Time stands still until
/// <see cref="NowMs"/> is set.
/// </summary>
internal sealed class TestNode : IDisposable
{
    private int _nextPort = 50001;
    private TestClient? _client;

    public TestNode(ServerSettings? settings = null, Store? store = null)
    {
        Settings = settings ?? new ServerSettings();
        Store = store ?? new Store(Settings.Databases);
        Engine = new CommandEngine(Store, Settings, Server, Replication, Replication, randomSeed: 42);
    }

    /// <summary>The time that requests see, Unix milliseconds.</summary>
    public long NowMs { get; set; } = 1_700_000_000_000;

    public ServerSettings Settings { get; }

    public FakeServer Server { get; } = new();

    public FakeReplication Replication { get; } = new();

    public Store Store { get; }

    public CommandEngine Engine { get; }

    /// <summary>A connection that is there from the first use on.</summary>
    public TestClient Client => _client ??= Connect();

    /// <summary>The propagated commands since the last call, the first SELECT 0 left out.</summary>
    public string[] Propagated => [.. Replication.TakePropagated().Where(command => command != "SELECT 0")];

    public TestClient Connect() => new(this, $"127.0.0.1:{_nextPort++}");

    /// <inheritdoc cref="TestClient.Do"/>
    public RespValue Do(params string[] arguments) => Client.Do(arguments);

    /// <inheritdoc cref="TestClient.Ask"/>
    public string Ask(params string[] arguments) => Client.Ask(arguments);

    /// <inheritdoc cref="TestClient.Line"/>
    public string Line(string line) => Client.Line(line);

    /// <summary>Lets time pass and runs what is then due.</summary>
    public void Advance(long milliseconds)
    {
        NowMs += milliseconds;
        Engine.Cron(NowMs);
    }

    public void Dispose()
    {
        Engine.Dispose();
        Store.Dispose();
    }
}

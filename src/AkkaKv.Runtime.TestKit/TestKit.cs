using Akka.Actor;
using Akka.Configuration;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>The base of a test class with an actor system of its own, which ends with the test.</summary>
public class TestKit : TestKitBase, IDisposable
{
    /// <summary>Where the test writes to; may be null.</summary>
    protected readonly ITestOutputHelper? Output;

    private bool _disposed;

    /// <summary>Creates the kit on an actor system, or on a new one of its own.</summary>
    public TestKit(ActorSystem? system = null, ITestOutputHelper? output = null) : base(Assertions, system) => Output = output;

    /// <summary>Creates the kit with a new actor system.</summary>
    public TestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null) : base(Assertions, config, actorSystemName) => Output = output;

    /// <summary>Creates the kit with a new actor system of a HOCON text.</summary>
    public TestKit(string config, ITestOutputHelper? output = null) : base(Assertions, ConfigurationFactory.ParseString(config)) => Output = output;

    /// <summary>Reports to xunit.</summary>
    protected static XunitAssertions Assertions { get; } = new();

    /// <summary>Ends the system.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>After the test: ends the system.</summary>
    protected virtual void AfterAll() => Shutdown();

    /// <summary>Ends the system.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        if (disposing) AfterAll();
    }
}

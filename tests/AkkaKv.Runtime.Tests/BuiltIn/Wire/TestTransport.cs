using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Akka.Actor;
using Akka.Remote.Transport;

namespace AkkaKv.Runtime.Tests.Remoting;

/// <summary>A transport without an actor system above it, and everything it said.</summary>
internal sealed class TestTransport : IRemotingEvents, IAsyncDisposable
{
    public static readonly TcpSettings Fast = new()
    {
        ConnectionTimeoutMs = 2_000,
        RetryGateClosedForMs = 200,
        HeartbeatIntervalMs = 100,
        AcceptableHeartbeatPauseMs = 1_000,
        FlushWaitMs = 1_000,
    };

    public TestTransport(int uid, TcpSettings? settings = null)
    {
        Transport = new TcpTransport(settings ?? Fast, "akka.tcp", "test", uid, this);
        Transport.Start();
    }

    public TcpTransport Transport { get; }

    public Address Address => Transport.LocalAddress;

    public ConcurrentQueue<(Address From, string Text)> Received { get; } = new();

    public ConcurrentQueue<string> Events { get; } = new();

    public ConcurrentQueue<(TransportLogLevel Level, string Text)> Logged { get; } = new();

    public SendResult Send(TestTransport to, string text) => Transport.Send(to.Address, Encoding.UTF8.GetBytes(text));

    public void Deliver(Address from, ReadOnlySpan<byte> frame) => Received.Enqueue((from, Encoding.UTF8.GetString(frame)));

    public void Associated(Address remote, int uid, bool inbound) => Events.Enqueue($"associated {uid} {(inbound ? "in" : "out")}");

    public void Disassociated(Address remote, bool inbound) => Events.Enqueue($"disassociated {(inbound ? "in" : "out")}");

    public void AssociationError(Exception cause, Address remote, bool inbound) => Events.Enqueue($"error {cause.Message}");

    public void IncarnationReplaced(Address remote, int oldUid, int newUid) => Events.Enqueue($"replaced {oldUid} {newUid}");

    public void QuarantinedBy(Address remote) => Events.Enqueue("quarantined by");

    public void Log(TransportLogLevel level, string text) => Logged.Enqueue((level, text));

    public ValueTask DisposeAsync() => new(Transport.Shutdown());

    public static async Task Eventually(Func<bool> condition, string what, int withinMs = 10_000)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.ElapsedMilliseconds < withinMs, $"{what} not within {withinMs} ms");
            await Task.Delay(5);
        }
    }
}

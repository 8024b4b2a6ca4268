using System.Diagnostics;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Benchmarks.Engine;

/// <summary>What the engine needs around it, for a master without replicas, without sockets and without a process to control.</summary>
internal sealed class LoneServer : IServerControl, IReplicationControl, IReplicationStream, ISessionHost
{
    private const string Unsupported = "ERR not in a benchmark";

    public long TimestampNanoseconds => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    public long UnixTimeMicroseconds => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;

    public ServerFacts Facts { get; } = new() { RunId = new string('0', 40), ProcessId = Environment.ProcessId, Port = 0, StartedAtMs = 0 };

    public LoadingFacts? Loading => null;

    public bool IsReplica => false;

    public bool IsMasterLinkUp => false;

    public long Offset { get; private set; }

    public ConnectionBuffers Buffers => default;

    public void Append(ReadOnlySpan<byte> bytes) => Offset += bytes.Length;

    public ProcessCounters GetCounters() => default;

    public PersistenceFacts GetPersistence() => new();

    public SaveResult Save(SaveKind kind) => SaveResult.Failed(Unsupported);

    public string? ApplySetting(string name, string value) => null;

    public string? RewriteConfiguration() => Unsupported;

    public string? Shutdown(ShutdownOptions options) => Unsupported;

    public void Sleep(TimeSpan time) => Thread.Sleep(time);

    public int CountReplicasWithin(int maxLagSeconds) => 0;

    public int CountReplicasAt(long offset) => 0;

    public void RequestAcknowledgements()
    {
    }

    public ReplicationFacts GetFacts() => new() { ReplicationId = new string('0', 40), Offset = Offset };

    public string? ReplicaOf(string? host, int port) => Unsupported;

    public void BeginSync(ClientSession session, in Arguments request)
    {
    }

    public void ReplicaConfiguration(ClientSession session, in Arguments request)
    {
    }

    public void OutputReady()
    {
    }

    public void Close(string reason)
    {
    }
}

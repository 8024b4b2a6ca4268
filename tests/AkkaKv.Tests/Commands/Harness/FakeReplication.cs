using System.Text;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Commands.Harness;

/// <summary>A replication side whose state the test sets, and which records what reaches it.</summary>
internal sealed class FakeReplication : IReplicationControl, IReplicationStream
{
    private readonly OutputBuffer _stream = new();

    public bool IsReplica { get; set; }

    public bool IsMasterLinkUp { get; set; } = true;

    public long Offset { get; set; }

    /// <summary>The offsets that the replicas have acknowledged.</summary>
    public List<long> Acknowledged { get; } = [];

    public int GoodReplicas { get; set; }

    public int AcknowledgementRequests { get; private set; }

    /// <summary>REPLICAOF as it arrived: "host port", or "no one".</summary>
    public string? ReplicaOfRequested { get; private set; }

    public List<string> HandedOver { get; } = [];

    public int EndsOfCommand { get; private set; }

    public string? Refusal { get; set; }

    public ReplicationFacts Facts { get; set; } = new() { ReplicationId = new string('b', 40) };

    /// <summary>The propagated commands since the last call, each as its arguments joined by blanks.</summary>
    public string[] TakePropagated()
    {
        byte[] bytes = _stream.ToArray();
        _stream.Clear();
        var batch = new RequestBatch();
        Assert.Equal(ParseStatus.Ok, new RequestParser().Parse(bytes, 0, bytes.Length, batch, out int consumed));
        Assert.Equal(bytes.Length, consumed);
        string[] commands = new string[batch.Count];
        for (int i = 0; i < commands.Length; i++)
        {
            Arguments request = batch[i];
            commands[i] = string.Join(' ', Enumerable.Range(0, request.Count).Select(a => Encoding.Latin1.GetString(request[a])));
        }

        return commands;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        Offset += bytes.Length;
    }

    public void EndOfCommand() => EndsOfCommand++;

    /// <summary>Drops what was propagated without looking at it.</summary>
    public void DropPropagated() => _stream.Clear();

    public int CountReplicasWithin(int maxLagSeconds) => GoodReplicas;

    public int CountReplicasAt(long offset) => Acknowledged.Count(acknowledged => acknowledged >= offset);

    public void RequestAcknowledgements() => AcknowledgementRequests++;

    public ReplicationFacts GetFacts() => Facts with { Offset = Offset };

    public string? ReplicaOf(string? host, int port)
    {
        ReplicaOfRequested = host is null ? "no one" : $"{host} {port}";
        return Refusal;
    }

    public void BeginSync(ClientSession session, in Arguments request) => HandedOver.Add(Encoding.Latin1.GetString(request[0]));

    public void ReplicaConfiguration(ClientSession session, in Arguments request)
    {
        HandedOver.Add(Encoding.Latin1.GetString(request[0]));
        session.Reply.Ok();
    }
}

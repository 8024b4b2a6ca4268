using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Cluster.Serialization;

/// <summary>
/// The messages of the cluster's nodes as bytes. A state names each node once, in a table; everything else refers to nodes by their
/// place in it.
/// </summary>
internal sealed class ClusterMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 5;

    public override string Manifest(object o) => o switch
    {
        InitJoin => "IJ",
        InitJoinAck => "IJA",
        InitJoinNack => "IJN",
        Join => "J",
        Welcome => "W",
        GossipEnvelope => "GE",
        GossipStatus => "GS",
        Heartbeat => "HB",
        HeartbeatResponse => "HBR",
        ExitingConfirmed => "EC",
        RemovedNotice => "RN",
        _ => throw new ArgumentException($"Cannot serialize object of type [{o.GetType()}]"),
    };

    public override byte[] ToBinary(object obj) => Encode((ClusterMessage)obj);

    public override object FromBinary(byte[] bytes, string manifest) => Decode(bytes, manifest);

    internal static byte[] Encode(ClusterMessage message)
    {
        var writer = new WireWriter();
        Node(writer, message.From);
        switch (message)
        {
            case Join join:
                Texts(writer, join.Roles);
                break;
            case Welcome welcome:
                GossipCodec.Write(writer, welcome.Gossip);
                break;
            case GossipEnvelope envelope:
                Node(writer, envelope.To);
                GossipCodec.Write(writer, envelope.Gossip);
                break;
            case GossipStatus status:
                writer.UInt64(status.SeenDigest);
                writer.Varint(status.Version.Counts.Count);
                foreach (var (node, count) in status.Version.Counts)
                {
                    Node(writer, node);
                    writer.Varint(count);
                }
                break;
            case Heartbeat heartbeat:
                writer.Varint(heartbeat.Sequence);
                break;
            case HeartbeatResponse response:
                writer.Varint(response.Sequence);
                break;
            case RemovedNotice removed:
                Node(writer, removed.Node);
                break;
        }
        return writer.ToArray();
    }

    internal static ClusterMessage Decode(ReadOnlySpan<byte> bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        var from = Node(ref reader);
        ClusterMessage message = manifest switch
        {
            "IJ" => new InitJoin(from),
            "IJA" => new InitJoinAck(from),
            "IJN" => new InitJoinNack(from),
            "J" => new Join(from, Texts(ref reader)),
            "W" => new Welcome(from, GossipCodec.Read(ref reader)),
            "GE" => new GossipEnvelope(from, Node(ref reader), GossipCodec.Read(ref reader)),
            "GS" => Status(from, ref reader),
            "HB" => new Heartbeat(from, reader.Varint()),
            "HBR" => new HeartbeatResponse(from, reader.Varint()),
            "EC" => new ExitingConfirmed(from),
            "RN" => new RemovedNotice(from, Node(ref reader)),
            _ => throw new SerializationException($"Unimplemented deserialization of message with manifest [{manifest}] in [{nameof(ClusterMessageSerializer)}]"),
        };
        reader.End();
        return message;
    }

    internal static void Node(WireWriter writer, UniqueAddress node)
    {
        writer.Address(node.Address);
        writer.Int32(node.Uid);
    }

    internal static UniqueAddress Node(ref WireReader reader) => new(reader.Address(), reader.Int32());

    internal static void Texts(WireWriter writer, ImmutableHashSet<string> texts)
    {
        writer.Varint(texts.Count);
        foreach (var text in texts.Order(StringComparer.Ordinal))
            writer.Text(text);
    }

    internal static ImmutableHashSet<string> Texts(ref WireReader reader)
    {
        var texts = ImmutableHashSet.CreateBuilder<string>();
        for (var i = reader.Count(bytesEach: 1); i > 0; i--)
            texts.Add(reader.Text());
        return texts.ToImmutable();
    }

    private static GossipStatus Status(UniqueAddress from, ref WireReader reader)
    {
        var digest = reader.UInt64();
        var counts = ImmutableSortedDictionary.CreateBuilder<UniqueAddress, long>();
        for (var i = reader.Count(bytesEach: 6); i > 0; i--)
        {
            var node = Node(ref reader);
            counts[node] = reader.Varint();
        }
        return new GossipStatus(from, new VectorClock(counts.ToImmutable()), digest);
    }
}

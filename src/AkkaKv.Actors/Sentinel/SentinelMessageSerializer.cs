using Akka.Actor;
using Akka.Serialization;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>
/// The binary layouts of <see cref="PeerMessage"/>: fields in the order of the record, integers little-endian, strings as UTF-8 with a 7-bit encoded
/// length. The manifest picks a layout from a closed set; it is never turned into a type.
/// </summary>
public sealed class SentinelMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string HelloManifest = "sentinel-hello/1";
    private const string CandidacyManifest = "candidacy-notice/1";
    private const string VoteRequestManifest = "vote-request/1";
    private const string VoteReplyManifest = "vote-reply/1";

    /// <inheritdoc/>
    public override int Identifier => 7002;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        SentinelHello => HelloManifest,
        CandidacyNotice => CandidacyManifest,
        VoteRequest => VoteRequestManifest,
        VoteReply => VoteReplyManifest,
        _ => throw new ArgumentException($"{o.GetType()} is not a message between sentinels.", nameof(o)),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        if (obj is not PeerMessage message)
            throw new ArgumentException($"{obj.GetType()} is not a message between sentinels.", nameof(obj));
        writer.Write(message.MasterName);
        writer.Write(message.SenderId);
        switch (message)
        {
            case SentinelHello m:
                Write(writer, m.SenderAddress);
                writer.Write(m.CurrentEpoch);
                Write(writer, m.MasterAddress);
                writer.Write(m.ConfigEpoch);
                writer.Write(m.MasterDown);
                writer.Write(m.Leader);
                writer.Write(m.LeaderEpoch);
                writer.Write((byte)m.Phase);
                writer.Write(m.FailoverEpoch);
                break;
            case CandidacyNotice:
                break;
            case VoteRequest m:
                writer.Write(m.Epoch);
                writer.Write(m.ConfigEpoch);
                break;
            case VoteReply m:
                writer.Write(m.RequestedEpoch);
                writer.Write(m.Leader);
                writer.Write(m.LeaderEpoch);
                break;
            default:
                throw new ArgumentException($"{obj.GetType()} has no layout.", nameof(obj));
        }
        writer.Flush();
        return stream.ToArray();
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        return manifest switch
        {
            HelloManifest => new SentinelHello(
                reader.ReadString(), reader.ReadString(), ReadAddress(reader), reader.ReadInt64(), ReadAddress(reader), reader.ReadInt64(),
                reader.ReadBoolean(), reader.ReadString(), reader.ReadInt64(), ReadPhase(reader), reader.ReadInt64()),
            CandidacyManifest => new CandidacyNotice(reader.ReadString(), reader.ReadString()),
            VoteRequestManifest => new VoteRequest(reader.ReadString(), reader.ReadString(), reader.ReadInt64(), reader.ReadInt64()),
            VoteReplyManifest => new VoteReply(
                reader.ReadString(), reader.ReadString(), reader.ReadInt64(), reader.ReadString(), reader.ReadInt64()),
            _ => throw new ArgumentException($"Unknown message between sentinels '{manifest}'.", nameof(manifest)),
        };
    }

    private static void Write(BinaryWriter writer, InstanceAddress address)
    {
        writer.Write(address.Host);
        writer.Write(address.Port);
    }

    private static InstanceAddress ReadAddress(BinaryReader reader) => new(reader.ReadString(), reader.ReadInt32());

    private static FailoverPhase ReadPhase(BinaryReader reader)
    {
        var phase = (FailoverPhase)reader.ReadByte();
        return Enum.IsDefined(phase) ? phase : throw new InvalidDataException($"{(byte)phase} is no phase of a failover.");
    }
}

using System.Collections.Immutable;
using Akka.Actor;
using Akka.Serialization;

namespace AkkaKv.Actors.Cluster;

/// <summary>
/// The binary layouts of <see cref="NodeMessage"/>: fields in the order of the record, integers little-endian, strings as
/// UTF-8 with a 7-bit encoded length. The manifest picks a layout from a closed set; it is never turned into a type.
/// </summary>
public sealed class NodeMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string AnnouncementManifest = "node-announcement/1";
    private const string StatusManifest = "data-node-status/1";
    private const string MasterManifest = "master-changed/1";

    /// <summary>The most roles an announcement may carry.</summary>
    private const int RolesMax = 16;

    /// <inheritdoc/>
    public override int Identifier => 7001;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        NodeAnnouncement => AnnouncementManifest,
        DataNodeStatus => StatusManifest,
        MasterChanged => MasterManifest,
        _ => throw new ArgumentException($"{o.GetType()} is not a node message.", nameof(o)),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        switch (obj)
        {
            case NodeAnnouncement m:
                writer.Write((byte)m.Roles.Length);
                foreach (var role in m.Roles)
                    writer.Write(role);
                writer.Write(m.Host);
                writer.Write(m.Port);
                writer.Write(m.Id);
                writer.Write(m.MasterName);
                break;
            case DataNodeStatus m:
                writer.Write(m.Host);
                writer.Write(m.Port);
                writer.Write(m.RunId);
                writer.Write(m.IsMaster);
                writer.Write(m.MasterHost);
                writer.Write(m.MasterPort);
                writer.Write(m.LinkUp);
                writer.Write(m.Offset);
                writer.Write(m.Priority);
                break;
            case MasterChanged m:
                writer.Write(m.MasterName);
                writer.Write(m.Host);
                writer.Write(m.Port);
                writer.Write(m.ConfigEpoch);
                break;
            default:
                throw new ArgumentException($"{obj.GetType()} is not a node message.", nameof(obj));
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
            AnnouncementManifest => new NodeAnnouncement(
                ReadRoles(reader), reader.ReadString(), reader.ReadInt32(), reader.ReadString(), reader.ReadString()),
            StatusManifest => new DataNodeStatus(
                reader.ReadString(), reader.ReadInt32(), reader.ReadString(), reader.ReadBoolean(), reader.ReadString(),
                reader.ReadInt32(), reader.ReadBoolean(), reader.ReadInt64(), reader.ReadInt32()),
            MasterManifest => new MasterChanged(reader.ReadString(), reader.ReadString(), reader.ReadInt32(), reader.ReadInt64()),
            _ => throw new ArgumentException($"Unknown node message '{manifest}'.", nameof(manifest)),
        };
    }

    private static ImmutableArray<string> ReadRoles(BinaryReader reader)
    {
        var count = reader.ReadByte();
        if (count > RolesMax)
            throw new InvalidDataException($"A node announced {count} roles; at most {RolesMax} are allowed.");
        var roles = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++)
            roles.Add(reader.ReadString());
        return roles.MoveToImmutable();
    }
}

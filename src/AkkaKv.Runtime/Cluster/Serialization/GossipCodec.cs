using System.Collections.Immutable;
using Akka.Cluster.Membership;
using Akka.Remote.Wire;

namespace Akka.Cluster.Serialization;

/// <summary>A <see cref="Gossip"/> as bytes: the table of nodes, then members, who has seen it, who sees whom, version, tombstones.</summary>
internal static class GossipCodec
{
    public static void Write(WireWriter writer, Gossip gossip)
    {
        var nodes = gossip.Members.Keys.Concat(gossip.Seen).Concat(gossip.Version.Counts.Keys).Concat(gossip.Tombstones.Keys)
            .Concat(gossip.Reachability.Rows.Keys).Concat(gossip.Reachability.Rows.Values.SelectMany(r => r.Subjects.Keys)).Distinct().Order().ToList();
        var place = nodes.Select((node, index) => (node, index)).ToDictionary(n => n.node, n => n.index);
        writer.Varint(nodes.Count);
        foreach (var node in nodes)
            ClusterMessageSerializer.Node(writer, node);
        writer.Varint(gossip.Members.Count);
        foreach (var member in gossip.Members.Values)
        {
            writer.Varint(place[member.UniqueAddress]);
            writer.Byte((byte)member.Status);
            writer.Varint(member.UpNumber);
            ClusterMessageSerializer.Texts(writer, member.Roles);
        }
        writer.Varint(gossip.Seen.Count);
        foreach (var node in gossip.Seen)
            writer.Varint(place[node]);
        writer.Varint(gossip.Reachability.Rows.Count);
        foreach (var (observer, row) in gossip.Reachability.Rows)
        {
            writer.Varint(place[observer]);
            writer.Varint(row.Version);
            writer.Varint(row.Subjects.Count);
            foreach (var (subject, status) in row.Subjects)
            {
                writer.Varint(place[subject]);
                writer.Byte((byte)status);
            }
        }
        writer.Varint(gossip.Version.Counts.Count);
        foreach (var (node, count) in gossip.Version.Counts)
        {
            writer.Varint(place[node]);
            writer.Varint(count);
        }
        writer.Varint(gossip.Tombstones.Count);
        foreach (var (node, removedAt) in gossip.Tombstones)
        {
            writer.Varint(place[node]);
            writer.Int64(removedAt);
        }
    }

    /// <exception cref="WireFormatException">The bytes are no state.</exception>
    public static Gossip Read(ref WireReader reader)
    {
        var nodes = new UniqueAddress[reader.Count(bytesEach: 5)];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = ClusterMessageSerializer.Node(ref reader);
        var members = ImmutableSortedDictionary.CreateBuilder<UniqueAddress, Member>();
        for (var i = reader.Count(bytesEach: 4); i > 0; i--)
        {
            var node = Place(ref reader, nodes);
            var status = (MemberStatus)reader.Byte();
            if (!Enum.IsDefined(status) || status == MemberStatus.Removed)
                throw new WireFormatException($"{(int)status} is no status of a member");
            var upNumber = (int)Math.Min(reader.Varint(), Member.NeverUp);
            members[node] = new Member(node, status, ClusterMessageSerializer.Texts(ref reader), upNumber);
        }
        var seen = ImmutableSortedSet.CreateBuilder<UniqueAddress>();
        for (var i = reader.Count(bytesEach: 1); i > 0; i--)
            seen.Add(Place(ref reader, nodes));
        var rows = ImmutableSortedDictionary.CreateBuilder<UniqueAddress, Reachability.Row>();
        for (var i = reader.Count(bytesEach: 3); i > 0; i--)
        {
            var observer = Place(ref reader, nodes);
            var version = reader.Varint();
            var subjects = ImmutableSortedDictionary.CreateBuilder<UniqueAddress, ReachabilityStatus>();
            for (var j = reader.Count(bytesEach: 2); j > 0; j--)
            {
                var subject = Place(ref reader, nodes);
                var status = (ReachabilityStatus)reader.Byte();
                subjects[subject] = status is ReachabilityStatus.Unreachable or ReachabilityStatus.Terminated
                    ? status
                    : throw new WireFormatException($"{(int)status} is no reachability on record");
            }
            rows[observer] = new Reachability.Row(version, subjects.ToImmutable());
        }
        var counts = ImmutableSortedDictionary.CreateBuilder<UniqueAddress, long>();
        for (var i = reader.Count(bytesEach: 2); i > 0; i--)
        {
            var node = Place(ref reader, nodes);
            counts[node] = reader.Varint();
        }
        var tombstones = ImmutableSortedDictionary.CreateBuilder<UniqueAddress, long>();
        for (var i = reader.Count(bytesEach: 9); i > 0; i--)
        {
            var node = Place(ref reader, nodes);
            tombstones[node] = reader.Int64();
        }
        return new Gossip(members.ToImmutable(), new Reachability(rows.ToImmutable()), seen.ToImmutable(), new VectorClock(counts.ToImmutable()), tombstones.ToImmutable());
    }

    private static UniqueAddress Place(ref WireReader reader, UniqueAddress[] nodes)
    {
        var place = reader.Varint();
        return place < nodes.Length ? nodes[place] : throw new WireFormatException($"node {place} of {nodes.Length}");
    }
}

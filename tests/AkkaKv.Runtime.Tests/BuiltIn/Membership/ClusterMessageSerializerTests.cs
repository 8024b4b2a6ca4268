using Akka.Cluster;
using Akka.Cluster.Membership;
using Akka.Cluster.Serialization;
using Akka.Remote.Wire;
using static AkkaKv.Runtime.Tests.Membership.Nodes;

namespace AkkaKv.Runtime.Tests.Membership;

public class ClusterMessageSerializerTests
{
    private static readonly Gossip State = Gossip(Member(A, MemberStatus.Up, "data", "voter"), Member(B, MemberStatus.Leaving), Member(C, MemberStatus.Joining))
        .Changed(A).Losing(A, B).Without(D, 123_456_789).Changed(B).SeenBy(A);

    private static readonly Dictionary<string, ClusterMessage> Messages = new()
    {
        ["IJ"] = new InitJoin(A),
        ["IJA"] = new InitJoinAck(A),
        ["IJN"] = new InitJoinNack(A),
        ["J"] = new Join(A, ["data"]),
        ["W"] = new Welcome(A, State),
        ["GE"] = new GossipEnvelope(A, B, State),
        ["GS"] = new GossipStatus(A, State.Version, 99),
        ["HB"] = new Heartbeat(A, 7),
        ["HBR"] = new HeartbeatResponse(A, 7),
        ["EC"] = new ExitingConfirmed(A),
        ["RN"] = new RemovedNotice(A, B),
    };

    public static TheoryData<string> Manifests => [.. Messages.Keys];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_message_written_again_after_reading_is_the_same(string manifest)
    {
        var bytes = ClusterMessageSerializer.Encode(Messages[manifest]);
        var read = ClusterMessageSerializer.Decode(bytes, manifest);

        Assert.Equal(Messages[manifest].GetType(), read.GetType());
        Assert.Equal(bytes, ClusterMessageSerializer.Encode(read));
    }

    [Fact]
    public void A_state_comes_back_with_everything_in_it()
    {
        var read = ((Welcome)ClusterMessageSerializer.Decode(ClusterMessageSerializer.Encode(new Welcome(A, State)), "W")).Gossip;

        Assert.Equal(State.Members.Values.Select(m => m.ToString()), read.Members.Values.Select(m => m.ToString()));
        Assert.Equal(State.Seen, read.Seen);
        Assert.Equal(Causality.Same, State.Version.CompareTo(read.Version));
        Assert.Equal(State.Tombstones, read.Tombstones);
        Assert.Equal(ReachabilityStatus.Unreachable, read.Reachability.StatusOf(A, B));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Cut_or_damaged_bytes_are_an_error_or_another_message_never_a_crash(string manifest)
    {
        var bytes = ClusterMessageSerializer.Encode(Messages[manifest]);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<WireFormatException>(() => ClusterMessageSerializer.Decode(bytes.AsSpan(0, length), manifest));

        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var j = random.Next(1, 4); j > 0; j--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            var error = Record.Exception(() => ClusterMessageSerializer.Decode(damaged, manifest));
            Assert.True(error is null or WireFormatException, $"{error}");
        }
    }

    [Fact]
    public void An_unknown_manifest_is_an_error() =>
        Assert.Throws<System.Runtime.Serialization.SerializationException>(() => ClusterMessageSerializer.Decode(ClusterMessageSerializer.Encode(new InitJoin(A)), "System.Diagnostics.Process"));
}

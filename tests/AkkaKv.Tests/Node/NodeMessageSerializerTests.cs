using Akka.Actor;
using AkkaKv.Actors.Cluster;

namespace AkkaKv.Tests.Node;

/// <summary>What the nodes of a cluster tell each other survives the wire, and nothing else is made of what comes from it.</summary>
public sealed class NodeMessageSerializerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("serializer");
    private readonly NodeMessageSerializer _serializer;

    public NodeMessageSerializerTests() => _serializer = new NodeMessageSerializer((ExtendedActorSystem)_system);

    public static TheoryData<NodeMessage> Messages { get; } =
    [
        new DataNodeStatus("10.0.0.1", 6379, new string('a', 40), false, "10.0.0.2", 6380, true, long.MaxValue, 100),
        new DataNodeStatus("::1", 1, "", true, "", 0, false, 0, 0),
        new MasterChanged("mymaster", "db-1.example", 65535, 42),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_comes_back_as_it_was(NodeMessage message) =>
        Assert.Equal(message, _serializer.FromBinary(_serializer.ToBinary(message), _serializer.Manifest(message)));

    [Fact]
    public void An_announcement_comes_back_with_its_roles()
    {
        var announcement = new NodeAnnouncement(["data", "sentinel"], "10.0.0.1", 6379, new string('b', 40), "mymaster");

        var back = Assert.IsType<NodeAnnouncement>(_serializer.FromBinary(_serializer.ToBinary(announcement), _serializer.Manifest(announcement)));

        Assert.Equal(announcement.Roles.AsEnumerable(), back.Roles.AsEnumerable());
        Assert.Equal(announcement with { Roles = back.Roles }, back);
    }

    [Fact]
    public void A_name_that_is_not_in_the_set_makes_nothing() =>
        Assert.Throws<ArgumentException>(() => _serializer.FromBinary([], "System.Diagnostics.Process"));

    [Fact]
    public void Bytes_that_end_too_early_make_nothing()
    {
        var message = new MasterChanged("mymaster", "10.0.0.1", 6379, 1);
        var bytes = _serializer.ToBinary(message);

        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<EndOfStreamException>(() => _serializer.FromBinary(bytes[..length], _serializer.Manifest(message)));
    }

    [Fact]
    public void More_roles_than_there_can_be_are_refused_before_any_is_read() =>
        Assert.Throws<InvalidDataException>(() => _serializer.FromBinary([255], "node-announcement/1"));

    public void Dispose() => _system.Terminate().Wait();
}

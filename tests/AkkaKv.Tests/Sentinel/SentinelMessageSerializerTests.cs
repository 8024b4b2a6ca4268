using Akka.Actor;
using AkkaKv.Actors.Sentinel;
using AkkaKv.Sentinel;

namespace AkkaKv.Tests.Sentinel;

public sealed class SentinelMessageSerializerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("serializer");
    private readonly SentinelMessageSerializer _serializer;

    public SentinelMessageSerializerTests() => _serializer = new SentinelMessageSerializer((ExtendedActorSystem)_system);

    public static TheoryData<PeerMessage> Messages() =>
    [
        new SentinelHello(
            "mymaster", new string('a', 40), new InstanceAddress("::1", 26379), 7, new InstanceAddress("db-1.local", 6379), 5, true,
            new string('b', 40), 7, FailoverPhase.Leading, 7),
        new CandidacyNotice("mymaster", "s1"),
        new VoteRequest("mymaster", "s1", long.MaxValue, 3),
        new VoteReply("mymaster", "s2", 4, "", 0),
    ];

    public void Dispose() => _system.Dispose();

    [Theory]
    [MemberData(nameof(Messages))]
    public void What_is_written_is_read(PeerMessage message) =>
        Assert.Equal(message, _serializer.FromBinary(_serializer.ToBinary(message), _serializer.Manifest(message)));

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_that_was_cut_is_an_error(PeerMessage message)
    {
        var bytes = _serializer.ToBinary(message);
        for (var length = 0; length < bytes.Length; length++)
            Assert.ThrowsAny<IOException>(() => _serializer.FromBinary(bytes[..length], _serializer.Manifest(message)));
    }

    [Fact]
    public void A_manifest_outside_the_set_is_refused() =>
        Assert.Throws<ArgumentException>(() => _serializer.FromBinary([1, 2, 3], "AkkaKv.Sentinel.VoteRequest"));
}

using System.Text;
using AkkaKv.Sentinel;

namespace AkkaKv.Tests.Sentinel;

public class SentinelStateTests
{
    private static readonly SentinelState Full = SentinelState.New(new string('a', 40))
        .With(new MasterState(
            "my \"master\"", new InstanceAddress("::1", 7002), 3, 5, new string('b', 40), 5,
            [new InstanceAddress("127.0.0.1", 7001), new InstanceAddress("db-3.local", 7003)],
            [new KnownSentinel(new string('c', 40), new InstanceAddress("127.0.0.1", 26002))],
            new MasterSettings
            {
                Name = "my \"master\"",
                Address = new InstanceAddress("::1", 7001),
                Quorum = 2,
                DownAfterMs = 1234,
                AuthPassword = "secret",
            }))
        .With(new MasterState("other", new InstanceAddress("127.0.0.1", 1), 0, 0, "", 0, [], [], null))
        .Without("gone");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whether_votes_may_be_forgotten_is_written_too(bool mayHaveForgotten)
    {
        var state = SentinelState.New("a").With(Full.Masters[1] with { MayHaveForgotten = mayHaveForgotten });
        Assert.Equal(mayHaveForgotten, SentinelStateCodec.Decode(SentinelStateCodec.Encode(state)).Masters[0].MayHaveForgotten);
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var read = SentinelStateCodec.Decode(SentinelStateCodec.Encode(Full));
        Assert.Equal(Full.MyId, read.MyId);
        Assert.Equal(["gone"], read.Removed);
        Assert.Equal(["my \"master\"", "other"], read.Masters.Select(master => master.Name));
        var (expected, actual) = (Full.Masters[0], read.Masters[0]);
        Assert.Equal(expected.Replicas, actual.Replicas);
        Assert.Equal(expected.Sentinels, actual.Sentinels);
        Assert.Equal(expected with { Replicas = [], Sentinels = [] }, actual with { Replicas = [], Sentinels = [] });
    }

    [Fact]
    public void A_file_that_was_cut_anywhere_is_an_error()
    {
        var bytes = SentinelStateCodec.Encode(Full);
        for (var length = 0; length < bytes.Length - 2; length++)
            Assert.Throws<FormatException>(() => SentinelStateCodec.Decode(bytes.AsMemory(0, length)));
    }

    [Theory]
    [InlineData("{\"format\":2,\"myid\":\"a\",\"masters\":[],\"removed\":[]}")]
    [InlineData("{\"format\":1,\"masters\":[],\"removed\":[]}")]
    [InlineData("{\"format\":1,\"myid\":7,\"masters\":[],\"removed\":[]}")]
    [InlineData("[]")]
    public void A_file_of_another_form_is_an_error(string text) =>
        Assert.Throws<FormatException>(() => SentinelStateCodec.Decode(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Members_of_a_newer_version_are_passed_over()
    {
        var text = "{\"format\":1,\"myid\":\"a\",\"masters\":[],\"removed\":[],\"future\":{\"x\":1}}";
        Assert.Equal("a", SentinelStateCodec.Decode(Encoding.UTF8.GetBytes(text)).MyId);
    }
}

using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands;

public sealed class PubSubTests : IDisposable
{
    private readonly TestNode _node = new();
    private readonly TestClient _listener;

    public PubSubTests() => _listener = _node.Connect();

    public void Dispose() => _node.Dispose();

    private string[] Listener(string request)
    {
        return [.. _listener.DoMany(request.Split(' ')).Select(value => value.ToString())];
    }

    [Fact]
    public void Each_subscription_is_confirmed_with_the_number_of_all_of_them()
    {
        Assert.Equal(["[\"subscribe\", \"a\", (integer) 1]", "[\"subscribe\", \"b\", (integer) 2]"], Listener("SUBSCRIBE a b"));
        Assert.Equal(["[\"psubscribe\", \"p*\", (integer) 3]"], Listener("PSUBSCRIBE p*"));
        Assert.Equal(["[\"ssubscribe\", \"s\", (integer) 1]"], Listener("SSUBSCRIBE s"));
        Assert.Equal(["[\"subscribe\", \"a\", (integer) 3]"], Listener("SUBSCRIBE a"));
        Assert.Equal(["[\"unsubscribe\", \"x\", (integer) 3]"], Listener("UNSUBSCRIBE x"));
        Assert.Equal(["[\"unsubscribe\", \"a\", (integer) 2]", "[\"unsubscribe\", \"b\", (integer) 1]"], Listener("UNSUBSCRIBE"));
        Assert.Equal(["[\"unsubscribe\", (nil), (integer) 1]"], Listener("UNSUBSCRIBE"));
        Assert.Equal(["[\"punsubscribe\", \"p*\", (integer) 0]"], Listener("PUNSUBSCRIBE"));
        Assert.Equal(["[\"sunsubscribe\", \"s\", (integer) 0]"], Listener("SUNSUBSCRIBE"));
    }

    [Fact]
    public void A_message_reaches_listeners_of_the_channel_and_of_matching_patterns()
    {
        Listener("SUBSCRIBE news.tech");
        Listener("PSUBSCRIBE news.* *");
        Assert.Equal("(integer) 3", _node.Line("PUBLISH news.tech hi"));
        Assert.Equal("(integer) 1", _node.Line("PUBLISH other hi"));
        Assert.Equal(
            [
                "[\"message\", \"news.tech\", \"hi\"]", "[\"pmessage\", \"news.*\", \"news.tech\", \"hi\"]",
                "[\"pmessage\", \"*\", \"news.tech\", \"hi\"]", "[\"pmessage\", \"*\", \"other\", \"hi\"]",
            ],
            _listener.ReceivedText());
        Assert.Equal(4, _listener.OutputReadyCount);
    }

    [Fact]
    public void Messages_are_propagated_to_replicas()
    {
        _node.Line("PUBLISH a b");
        _node.Line("SPUBLISH s b");
        Assert.Equal(["PUBLISH a b", "SPUBLISH s b"], _node.Propagated);
    }

    [Fact]
    public void Shard_channels_are_apart_from_plain_ones()
    {
        Listener("SSUBSCRIBE a");
        Assert.Equal("(integer) 0", _node.Line("PUBLISH a x"));
        Assert.Equal("(integer) 1", _node.Line("SPUBLISH a x"));
        Assert.Equal(["[\"smessage\", \"a\", \"x\"]"], _listener.ReceivedText());
    }

    [Fact]
    public void A_RESP2_listener_may_only_do_what_belongs_to_listening()
    {
        Listener("SUBSCRIBE a");
        Assert.Equal(
            "(error) ERR Can't execute 'dbsize': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context",
            _listener.Line("DBSIZE"));
        Assert.Equal("[\"pong\", \"\"]", _listener.Line("PING"));
        Assert.Equal("[\"pong\", \"x\"]", _listener.Line("PING x"));
        Assert.Equal("RESET", _listener.Line("RESET"));
        Assert.Equal("PONG", _listener.Line("PING"));
    }

    [Fact]
    public void A_RESP3_listener_gets_pushes_and_goes_on_with_commands()
    {
        _listener.Line("HELLO 3");
        Assert.Equal([">[\"subscribe\", \"a\", (integer) 1]"], Listener("SUBSCRIBE a"));
        Assert.Equal([">[\"message\", \"a\", \"hi\"]", "(integer) 1"], Listener("PUBLISH a hi"));
        Assert.Equal("PONG", _listener.Line("PING"));
        Assert.Equal("(integer) 0", _listener.Line("DBSIZE"));
    }

    [Fact]
    public void PUBSUB_tells_who_listens()
    {
        Listener("SUBSCRIBE a ab");
        Listener("PSUBSCRIBE x* y*");
        Listener("SSUBSCRIBE s");
        Assert.Equal("[\"a\", \"ab\"]", _node.Line("PUBSUB CHANNELS"));
        Assert.Equal("[\"ab\"]", _node.Line("PUBSUB CHANNELS a?"));
        Assert.Equal("[\"a\", (integer) 1, \"z\", (integer) 0]", _node.Line("PUBSUB NUMSUB a z"));
        Assert.Equal("(integer) 2", _node.Line("PUBSUB NUMPAT"));
        Assert.Equal("[\"s\"]", _node.Line("PUBSUB SHARDCHANNELS"));
        Assert.Equal("[\"s\", (integer) 1]", _node.Line("PUBSUB SHARDNUMSUB s"));
    }

    [Fact]
    public void A_connection_that_ends_listens_no_longer()
    {
        Listener("SUBSCRIBE a");
        Listener("PSUBSCRIBE b*");
        _listener.Disconnect();
        Assert.Equal("[]", _node.Line("PUBSUB CHANNELS"));
        Assert.Equal("(integer) 0", _node.Line("PUBLISH a x"));
    }
}

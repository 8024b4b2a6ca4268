using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Streams;

public sealed class StreamCommandTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void Ids_come_from_the_clock_and_never_go_back()
    {
        Assert.Equal($"\"{_node.NowMs}-0\"", _node.Line("XADD s * f v"));
        Assert.Equal($"\"{_node.NowMs}-1\"", _node.Line("XADD s * f v"));
        _node.NowMs -= 1000;
        Assert.Equal($"\"{_node.NowMs + 1000}-2\"", _node.Line("XADD s * f v"));
        _node.NowMs += 5000;
        Assert.Equal($"\"{_node.NowMs}-0\"", _node.Line("XADD s * f v"));
        Assert.Equal($"\"{_node.NowMs + 7}-0\"", _node.Line($"XADD s {_node.NowMs + 7}-* f v"));
        Assert.Equal("(error) ERR The ID specified in XADD is equal or smaller than the target stream top item", _node.Line("XADD s 5-5 f v"));
        Assert.Equal("\"18446744073709551615-18446744073709551615\"", _node.Line("XADD s 18446744073709551615-18446744073709551615 f v"));
        Assert.Equal("(error) ERR The stream has exhausted the last possible ID, unable to add more items", _node.Line("XADD s * f v"));
    }

    [Fact]
    public void What_is_propagated_has_the_id_and_the_exact_trim()
    {
        _node.Line("CONFIG SET stream-node-max-entries 2");
        for (int i = 1; i <= 6; i++)
        {
            _node.Line($"XADD s {i}-1 f v");
        }

        _ = _node.Propagated;
        _node.Line("XADD s * f v");
        _node.Line("XADD s MAXLEN ~ 5 * f v");
        _node.Line("XTRIM s MINID ~ 6-0");
        _node.Line("XTRIM s MAXLEN ~ 100");
        Assert.Equal(
            [
                $"XADD s {_node.NowMs}-0 f v",
                $"XADD s MAXLEN = 6 {_node.NowMs}-1 f v",
                "XTRIM s MINID = 5-1",
            ],
            _node.Propagated);
        Assert.Equal("(nil)", _node.Line("XADD missing NOMKSTREAM * f v"));
    }

    [Fact]
    public void A_group_delivers_each_entry_once_until_it_is_acknowledged_or_claimed()
    {
        _node.Line("XADD s 1-1 f a");
        _node.Line("XADD s 2-1 f b");
        _node.Line("XGROUP CREATE s g 0");
        _ = _node.Propagated;
        Assert.Equal("[[\"s\", [[\"1-1\", [\"f\", \"a\"]]]]]", _node.Line("XREADGROUP GROUP g alice COUNT 1 STREAMS s >"));
        Assert.Equal("[[\"s\", [[\"2-1\", [\"f\", \"b\"]]]]]", _node.Line("XREADGROUP GROUP g bob NOACK STREAMS s >"));
        Assert.Equal("(nil)", _node.Line("XREADGROUP GROUP g bob STREAMS s >"));
        Assert.Equal(
            [
                $"XCLAIM s g alice 0 1-1 TIME {_node.NowMs} RETRYCOUNT 1 FORCE JUSTID LASTID 1-1",
                "MULTI",
                "XGROUP CREATECONSUMER s g bob",
                "XGROUP SETID s g 2-1 ENTRIESREAD 2",
                "EXEC",
            ],
            _node.Propagated);
        Assert.Equal("[(integer) 1, \"1-1\", \"1-1\", [[\"alice\", \"1\"]]]", _node.Line("XPENDING s g"));
        _node.NowMs += 100;
        Assert.Equal("[]", _node.Line("XCLAIM s g bob 1000 1-1"));
        Assert.Equal("[[\"1-1\", [\"f\", \"a\"]]]", _node.Line("XCLAIM s g bob 50 1-1"));
        Assert.Equal("[[\"1-1\", \"bob\", (integer) 0, (integer) 2]]", _node.Line("XPENDING s g - + 10"));
        Assert.Equal("[\"0-0\", [\"1-1\"], []]", _node.Line("XAUTOCLAIM s g alice 0 - JUSTID"));
        _node.Line("XDEL s 1-1");
        Assert.Equal("[[\"s\", [[\"1-1\", (nil)]]]]", _node.Line("XREADGROUP GROUP g alice STREAMS s 0"));
        Assert.Equal("(integer) 1", _node.Line("XACK s g 1-1 2-1"));
        Assert.Equal("[(integer) 0, (nil), (nil), (nil)]", _node.Line("XPENDING s g"));
    }

    [Fact]
    public void XREAD_waits_for_what_comes_behind_the_last_entry()
    {
        _node.Line("XADD s 1-1 f a");
        TestClient waiting = _node.Connect();
        Assert.Empty(waiting.DoMany("XREAD", "BLOCK", "0", "STREAMS", "other", "s", "$", "$"));
        _node.Line("XADD s 2-1 f b");
        Assert.Equal(["[[\"s\", [[\"2-1\", [\"f\", \"b\"]]]]]"], waiting.ReceivedText());
        Assert.Empty(waiting.DoMany("XREAD", "BLOCK", "50", "STREAMS", "s", "$"));
        _node.Advance(100);
        Assert.Equal(["(nil)"], waiting.ReceivedText());
        waiting.Line("MULTI");
        waiting.Line("XREAD BLOCK 0 STREAMS s $");
        Assert.Equal("[(nil)]", waiting.Line("EXEC"));
    }

    [Fact]
    public void Consumers_of_a_group_that_wait_are_served_in_turn_and_told_of_its_end()
    {
        _node.Line("XGROUP CREATE s g $ MKSTREAM");
        TestClient first = _node.Connect();
        TestClient second = _node.Connect();
        TestClient third = _node.Connect();
        Assert.Empty(first.DoMany("XREADGROUP", "GROUP", "g", "first", "BLOCK", "0", "STREAMS", "s", ">"));
        Assert.Empty(second.DoMany("XREADGROUP", "GROUP", "g", "second", "BLOCK", "0", "STREAMS", "s", ">"));
        _ = _node.Propagated;
        _node.Line("XADD s 1-1 f a");
        Assert.Equal(["[[\"s\", [[\"1-1\", [\"f\", \"a\"]]]]]"], first.ReceivedText());
        Assert.Empty(second.ReceivedText());
        Assert.Equal(["XADD s 1-1 f a", $"XCLAIM s g first 0 1-1 TIME {_node.NowMs} RETRYCOUNT 1 FORCE JUSTID LASTID 1-1"], _node.Propagated);
        _node.Line("XGROUP DESTROY s g");
        Assert.Equal(["(error) NOGROUP the consumer group this client was blocked on no longer exists"], second.ReceivedText());

        _node.Line("XGROUP CREATE s g $");
        Assert.Empty(third.DoMany("XREADGROUP", "GROUP", "g", "third", "BLOCK", "0", "STREAMS", "s", ">"));
        _node.Line("DEL s");
        Assert.Equal(["(error) UNBLOCKED the stream key no longer exists"], third.ReceivedText());
    }

    [Fact]
    public void Events_come_in_redis_order()
    {
        _node.Line("CONFIG SET notify-keyspace-events EA");
        TestClient listener = _node.Connect();
        listener.DoMany("PSUBSCRIBE", "*");
        foreach (string line in (string[])[
            "XGROUP CREATE s g 0 MKSTREAM", "XADD s 1-1 f v", "XADD s MAXLEN 1 2-1 f v", "XREADGROUP GROUP g c STREAMS s >", "XGROUP SETID s g 0",
            "XGROUP DELCONSUMER s g c", "XDEL s 2-1", "XDEL s 2-1", "XSETID s 9-9", "XGROUP DESTROY s g"])
        {
            _node.Line(line);
        }

        string[] events = [.. listener.Received().Select(message => message.Items[2].Text!.Split(':')[1])];
        Assert.Equal(
            ["xgroup-create", "xadd", "xadd", "xtrim", "xgroup-createconsumer", "xgroup-setid", "xgroup-delconsumer", "xdel", "xsetid", "xgroup-destroy"], events);
    }

    [Fact]
    public void An_empty_stream_stays_with_what_it_remembers()
    {
        _node.Line("XADD s 5-1 f v");
        _node.Line("XDEL s 5-1");
        Assert.Equal("(integer) 1", _node.Line("EXISTS s"));
        Assert.Equal("(integer) 0", _node.Line("XLEN s"));
        Assert.Equal("(error) ERR The ID specified in XADD is equal or smaller than the target stream top item", _node.Line("XADD s 5-1 f v"));
        RespValue info = _node.Do("XINFO", "STREAM", "s");
        Assert.Equal("5-1", info.Items[7].Text);
        Assert.Equal("5-1", info.Items[9].Text);
    }
}

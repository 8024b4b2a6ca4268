using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Hashes;

public sealed class HashCommandTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void Fields_are_set_read_counted_and_removed_with_their_key()
    {
        Assert.Equal("(integer) 2", _node.Line("HSET h a 1 b two"));
        Assert.Equal("(integer) 1", _node.Line("HSET h a 3 c x"));
        Assert.Equal("OK", _node.Line("HMSET h a 007"));
        Assert.Equal("\"007\"", _node.Line("HGET h a"));
        Assert.Equal("(integer) 3", _node.Line("HLEN h"));
        Assert.Equal("(integer) 3", _node.Line("HSTRLEN h b"));
        Assert.Equal("(integer) 0", _node.Line("HSETNX h a 5"));
        Assert.Equal("(integer) 1", _node.Line("HSETNX h d 5"));
        Assert.Equal("(integer) 2", _node.Line("HDEL h a b nothing"));
        Assert.Equal("(integer) 2", _node.Line("HDEL h c d"));
        Assert.Equal("(integer) 0", _node.Line("EXISTS h"));
        Assert.Equal("(integer) 0", _node.Line("HDEL h c d"));
    }

    [Fact]
    public void Events_come_in_redis_order()
    {
        _node.Line("CONFIG SET notify-keyspace-events EA");
        TestClient listener = _node.Connect();
        listener.DoMany("PSUBSCRIBE", "*");
        foreach (string line in (string[])["HSET h a 1 b 2", "HSETNX h c 3", "HSETNX h c 4", "HINCRBY h a 1", "HINCRBYFLOAT h a 1.5", "HDEL h a nothing", "HDEL h nothing", "HDEL h b c"])
        {
            _node.Line(line);
        }

        string[] events = [.. listener.Received().Select(message => message.Items[2].Text!.Split(':')[1])];
        Assert.Equal(["hset", "hset", "hincrby", "hincrbyfloat", "hdel", "hdel", "del"], events);
    }

    [Fact]
    public void Counters_are_propagated_as_redis_does()
    {
        _node.Line("HINCRBY h n 5");
        _node.Line("HINCRBYFLOAT h n 0.25");
        _node.Line("HSETNX h n 1");
        _node.Line("HDEL h nothing");
        Assert.Equal(["HINCRBY h n 5", "HSET h n 5.25"], _node.Propagated);
    }

    [Theory]
    [InlineData("HINCRBY h text 1", "ERR hash value is not an integer")]
    [InlineData("HINCRBYFLOAT h text 1", "ERR hash value is not a float")]
    [InlineData("HINCRBY h max 1", "ERR increment or decrement would overflow")]
    [InlineData("HINCRBYFLOAT h max inf", "ERR value is NaN or Infinity")]
    [InlineData("HINCRBYFLOAT h max abc", "ERR value is not a valid float")]
    [InlineData("HSET h a 1 b", "ERR wrong number of arguments for 'hset' command")]
    [InlineData("HMSET h a 1 b", "ERR wrong number of arguments for 'hmset' command")]
    [InlineData("HRANDFIELD h -9223372036854775808", "ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807")]
    [InlineData("HRANDFIELD h 4611686018427387904 WITHVALUES", "ERR value is out of range")]
    [InlineData("HRANDFIELD h 1 VALUES", "ERR syntax error")]
    [InlineData("HSCAN h 0 TYPE hash", "ERR syntax error")]
    [InlineData("HGET s a", "WRONGTYPE Operation against a key holding the wrong kind of value")]
    [InlineData("HSET s a 1", "WRONGTYPE Operation against a key holding the wrong kind of value")]
    public void Errors_are_in_redis_words_and_change_nothing(string line, string error)
    {
        _node.Line("SET s text");
        _node.Line("HSET h text x max 9223372036854775807");
        Assert.Equal("(error) " + error, _node.Line(line));
        Assert.Equal("(integer) 2", _node.Line("HLEN h"));
        Assert.Equal("(integer) 2", _node.Line("DBSIZE"));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(2_000)]
    public void Random_fields_are_different_ones_unless_the_count_is_negative(int fields)
    {
        for (int i = 0; i < fields; i++)
        {
            _node.Line($"HSET h f{i} v{i}");
        }

        Assert.StartsWith("f", _node.Do("HRANDFIELD", "h").Text);
        foreach (int count in (int[])[1, 3, fields / 4, fields / 2, fields - 1, fields, fields + 10])
        {
            RespValue reply = _node.Do("HRANDFIELD", "h", $"{count}", "WITHVALUES");
            (string Name, string Value)[] drawn = [.. reply.Items.Chunk(2).Select(pair => (pair[0].Text!, pair[1].Text!))];
            Assert.Equal(Math.Min(count, fields), drawn.DistinctBy(field => field.Name).Count());
            Assert.Equal(Math.Min(count, fields), drawn.Length);
            Assert.All(drawn, field => Assert.Equal(field.Name[1..], field.Value[1..]));
        }

        Assert.Equal(fields * 3, _node.Do("HRANDFIELD", "h", $"-{fields * 3}").Items.Count);
        Assert.Empty(_node.Do("HRANDFIELD", "h", "0").Items);
        Assert.Empty(_node.Do("HRANDFIELD", "missing", "5").Items);
        _node.Line("HELLO 3");
        Assert.All(_node.Do("HRANDFIELD", "h", "-5", "WITHVALUES").Items, pair => Assert.Equal(2, pair.Items.Count));
    }

    [Fact]
    public void Every_field_is_drawn_about_equally_often()
    {
        for (int i = 0; i < 30; i++)
        {
            _node.Line($"HSET h f{i} v");
        }

        foreach (int count in (int[])[5, 20])
        {
            Dictionary<string, int> draws = [];
            for (int round = 0; round < 600; round++)
            {
                foreach (RespValue field in _node.Do("HRANDFIELD", "h", $"{count}").Items)
                {
                    draws[field.Text!] = draws.GetValueOrDefault(field.Text!) + 1;
                }
            }

            int expected = 600 * count / 30;
            Assert.Equal(30, draws.Count);
            Assert.All(draws.Values, drawn => Assert.InRange(drawn, expected / 2, expected * 2));
        }
    }

    [Fact]
    public void Scanning_a_large_hash_gives_every_field_some_at_a_time()
    {
        for (int i = 0; i < 1_000; i++)
        {
            _node.Line($"HSET h f{i} v{i}");
        }

        HashSet<string> seen = [];
        string cursor = "0";
        do
        {
            RespValue reply = _node.Do("HSCAN", "h", cursor, "COUNT", "50", "MATCH", "f*");
            cursor = reply.Items[0].Text!;
            Assert.InRange(reply.Items[1].Items.Count, 0, 200);
            seen.UnionWith(reply.Items[1].Items.Chunk(2).Select(pair => pair[0].Text!));
        }
        while (cursor != "0");
        Assert.Equal(1_000, seen.Count);
        Assert.Empty(_node.Do("HSCAN", "h", "0", "MATCH", "x*", "COUNT", "5000").Items[1].Items);
    }
}

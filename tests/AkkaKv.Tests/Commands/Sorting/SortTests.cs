using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Sorting;

public sealed class SortTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Theory]
    [InlineData("SORT l", "[1, 2, 3]")]
    [InlineData("SORT l DESC LIMIT 1 5", "[2, 1]")]
    [InlineData("SORT l LIMIT 7 5", "[]")]
    [InlineData("SORT l BY w_* GET # GET w_* GET h_*->f", "[2, a, two, 1, b, (nil), 3, c, (nil)]")]
    [InlineData("SORT l BY nosort DESC", "[1, 3, 2]")]
    [InlineData("SORT z BY nosort DESC LIMIT 0 2", "[x, y]")]
    [InlineData("SORT missing", "[]")]
    [InlineData("SORT z", "(error) ERR One or more scores can't be converted into double")]
    [InlineData("SORT w_1", "(error) WRONGTYPE Operation against a key holding the wrong kind of value")]
    [InlineData("SORT l LIMIT 1", "(error) ERR syntax error")]
    [InlineData("SORT_RO l STORE x", "(error) ERR syntax error")]
    [InlineData("COMMAND GETKEYS SORT l BY store GET store STORE x LIMIT store 2 STORE y", "[l, y]")]
    public void Answers_are_those_of_redis(string line, string expected)
    {
        Fill();
        bool isText = line.Contains("BY w_", StringComparison.Ordinal);
        Assert.Equal(expected, Heard(_node.Line(isText ? line + " ALPHA" : line)));
    }

    [Fact]
    public void Weights_that_are_missing_come_first_and_equal_ones_stay_as_they_stood()
    {
        _node.Line("RPUSH l d c b a");
        _node.Line("MSET w_a same w_c same");
        Assert.Equal("[d, b, c, a]", Heard(_node.Line("SORT l BY w_* ALPHA")));
        Assert.Equal("[c, a, d, b]", Heard(_node.Line("SORT l BY w_* ALPHA DESC")));
    }

    [Fact]
    public void The_target_may_be_what_is_sorted_or_looked_up_and_loses_type_and_expiry()
    {
        Fill();
        _node.Line("EXPIRE l 100");
        Assert.Equal("(integer) 3", _node.Line("SORT l STORE l"));
        Assert.Equal("[1, 2, 3]", Heard(_node.Line("LRANGE l 0 -1")));
        Assert.Equal("(integer) -1", _node.Line("TTL l"));
        Assert.Equal("(integer) 3", _node.Line("SORT l BY w_* ALPHA GET w_* STORE w_2"));
        Assert.Equal("[a, b, c]", Heard(_node.Line("LRANGE w_2 0 -1")));
        Assert.Equal("(integer) 0", _node.Line("SORT missing STORE w_2"));
        Assert.Equal("(integer) 0", _node.Line("EXISTS w_2"));
        _ = _node.Propagated;
        _node.Line("SORT missing STORE missing");
        _node.Line("SORT l STORE w_2");
        Assert.Equal(["SORT l STORE w_2"], _node.Propagated);
    }

    [Fact]
    public void The_unsorted_order_of_a_set_is_neither_stored_nor_told_to_scripts()
    {
        _node.Line("SADD s d b c a");
        Assert.Equal("(integer) 4", _node.Line("SORT s BY nosort STORE t"));
        Assert.Equal("[a, b, c, d]", Heard(_node.Line("LRANGE t 0 -1")));
        Assert.Equal("[a, b, c, d]", Heard(_node.Ask("EVAL", "return redis.call('SORT', 's', 'BY', 'nosort')", "0")));
    }

    [Fact]
    public void A_number_out_of_range_is_refused_and_the_next_sort_is_not()
    {
        _node.Line("RPUSH l 1e400");
        Assert.StartsWith("(error) ERR One or more scores", _node.Line("SORT l"));
        _node.Line("RPUSH m 2 1");
        Assert.Equal("[1, 2]", Heard(_node.Line("SORT m")));
    }

    [Fact]
    public void A_compact_sorted_set_stays_compact()
    {
        Fill();
        _node.Line("SORT z ALPHA");
        Assert.Equal("\"listpack\"", _node.Line("OBJECT ENCODING z"));
    }

    [Fact]
    public void A_stored_list_serves_who_waits_for_it()
    {
        Fill();
        TestClient waiting = _node.Connect();
        Assert.Empty(waiting.DoMany("BLPOP", "t", "0"));
        _node.Line("SORT l STORE t");
        Assert.Equal("[t, 1]", Heard(Assert.Single(waiting.ReceivedText())));
    }

    private static string Heard(string reply) => reply.Replace("\"", "", StringComparison.Ordinal);

    private void Fill()
    {
        _node.Line("RPUSH l 2 3 1");
        _node.Line("MSET w_1 b w_2 a w_3 c");
        _node.Line("HSET h_2 f two");
        _node.Line("ZADD z 1 y 2 x");
    }
}

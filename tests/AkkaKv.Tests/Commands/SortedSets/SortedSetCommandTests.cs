using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.SortedSets;

public sealed class SortedSetCommandTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void A_pop_from_several_keys_is_propagated_as_a_pop_from_the_one_that_had_something()
    {
        _node.Line("ZADD z 1 a 2 b 3 c 4 d");
        _ = _node.Propagated;
        _node.Line("ZMPOP 2 y z MIN COUNT 2");
        _node.Line("BZPOPMAX y z 0");
        _node.Line("BZMPOP 1 1 z MIN");
        Assert.Equal(["ZPOPMIN z 2", "ZPOPMAX z", "ZPOPMIN z 1"], _node.Propagated);
    }

    [Fact]
    public void Who_waits_gets_the_lowest_member_of_a_key_that_appears()
    {
        TestClient waiting = _node.Connect();
        waiting.DoMany("BZPOPMIN", "y", "z", "0");
        _node.Line("ZADD z 5 five 2 two");
        Assert.Equal("""["z", "two", "2"]""", Assert.Single(waiting.ReceivedText()));
        Assert.Equal("""["five"]""", _node.Line("ZRANGE z 0 -1"));
        Assert.Equal(["ZADD z 5 five 2 two", "ZPOPMIN z"], _node.Propagated);
    }

    [Fact]
    public void Events_tell_what_happened_and_that_an_emptied_key_is_gone()
    {
        _node.Line("CONFIG SET notify-keyspace-events Ezg");
        TestClient listener = _node.Connect();
        listener.DoMany("PSUBSCRIBE", "*");
        foreach (string line in (string[])["ZADD z 1 a 2 b", "ZINCRBY z 1 a", "ZADD z XX 5 c", "ZRANGESTORE y z 0 0", "ZREMRANGEBYRANK y 0 0", "ZREM z a", "ZPOPMAX z"])
        {
            _node.Line(line);
        }

        Assert.Equal(
            ["zadd z", "zincr z", "zrangestore y", "zremrangebyrank y", "del y", "zrem z", "zpopmax z", "del z"],
            listener.Received().Select(message => $"{message[2].Text[15..]} {message[3].Text}"));
    }

    [Fact]
    public void A_sum_that_is_no_number_is_refused_and_infinities_that_meet_in_a_union_are_0()
    {
        _node.Line("ZADD z inf a");
        _node.Line("ZADD y -inf a");
        Assert.Equal("(error) ERR resulting score is not a number (NaN)", _node.Line("ZINCRBY z -inf a"));
        Assert.Equal("""["a", "0"]""", _node.Line("ZUNION 2 z y WITHSCORES"));
    }

    [Fact]
    public void A_member_that_is_random_is_drawn_from_all_members()
    {
        _node.Line("ZADD z 1 a 2 b 3 c 4 d");
        HashSet<string> seen = [];
        for (int i = 0; i < 200; i++)
        {
            seen.Add(_node.Line("ZRANDMEMBER z"));
        }

        Assert.Equal(4, seen.Count);
        Assert.Equal(3, _node.Do("ZRANDMEMBER", "z", "3").Items.Select(item => item.Text).Distinct().Count());
        Assert.Equal(20, _node.Do("ZRANDMEMBER", "z", "-10", "WITHSCORES").Items.Count);
    }
}

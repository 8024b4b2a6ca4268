using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Sets;

public sealed class SetCommandTests : IDisposable
{
    private readonly TestNode _node = new();

    [Fact]
    public void Integers_come_back_in_ascending_order()
    {
        _node.Line("SADD a 30 -5 7 100000 12345678901");
        _node.Line("SADD b 7 30 1");

        Assert.Equal("[\"-5\", \"7\", \"30\", \"100000\", \"12345678901\"]", _node.Line("SMEMBERS a"));
        Assert.Equal("[\"7\", \"30\"]", _node.Line("SINTER a b"));
        Assert.Equal("[\"-5\", \"1\", \"7\", \"30\", \"100000\", \"12345678901\"]", _node.Line("SUNION a b"));
        Assert.Equal("[\"-5\", \"100000\", \"12345678901\"]", _node.Line("SDIFF a b"));
    }

    [Fact]
    public void The_encoding_is_shown_as_redis_7_0_shows_it()
    {
        _node.Line("SADD a 1 2");
        Assert.Equal("\"intset\"", _node.Line("OBJECT ENCODING a"));
        _node.Line("SADD a x");
        Assert.Equal("\"hashtable\"", _node.Line("OBJECT ENCODING a"));
        _node.Line("SREM a x");
        Assert.Equal("\"hashtable\"", _node.Line("OBJECT ENCODING a"));
        _node.Line("CONFIG SET set-max-intset-entries 3");
        _node.Line("SADD b 1 2 3");
        Assert.Equal("\"intset\"", _node.Line("OBJECT ENCODING b"));
        _node.Line("SADD b 4");
        Assert.Equal("\"hashtable\"", _node.Line("OBJECT ENCODING b"));
    }

    [Fact]
    public void Replicas_are_told_which_members_were_popped()
    {
        _node.Line("SADD a x y z");
        _ = _node.Propagated;

        string popped = _node.Do("SPOP", "a").Text;
        Assert.Equal([$"SREM a {popped}"], _node.Propagated);

        string only = Assert.Single(_node.Do("SPOP", "a", "1").Items).Text;
        Assert.Equal([$"SREM a {only}"], _node.Propagated);

        Assert.Single(_node.Do("SPOP", "a", "5").Items);
        Assert.Equal(["DEL a"], _node.Propagated);
        Assert.Equal("(nil)", _node.Line("SPOP a"));
        Assert.Equal("[]", _node.Line("SPOP a 2"));
        Assert.Empty(_node.Propagated);
    }

    [Fact]
    public void Several_popped_members_are_one_transaction_for_replicas()
    {
        _node.Line("SADD a x y z");
        _ = _node.Propagated;
        string[] popped = [.. _node.Do("SPOP", "a", "2").Items.Select(item => item.Text)];

        Assert.Equal(["MULTI", $"SREM a {popped[0]}", $"SREM a {popped[1]}", "EXEC"], _node.Propagated);
        Assert.Equal("(integer) 1", _node.Line("SCARD a"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    public void A_popped_member_is_gone_and_each_is_popped_once(int count)
    {
        string[] members = [.. Enumerable.Range(0, count).Select(i => $"m{i}")];
        _node.Do(["SADD", "a", .. members]);
        List<string> popped = [];
        while (popped.Count < count)
        {
            popped.Add(_node.Do("SPOP", "a").Text);
            popped.AddRange(_node.Do("SPOP", "a", "3").Items.Select(item => item.Text));
        }

        Assert.Equal(members.Order(), popped.Order());
        Assert.Equal("(integer) 0", _node.Line("EXISTS a"));
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(20, 7)]
    [InlineData(20, 50)]
    [InlineData(2_000, 5)]
    [InlineData(2_000, 1_500)]
    [InlineData(2_000, 5_000)]
    public void Drawn_members_with_a_positive_count_are_different_ones(int size, int count)
    {
        string[] members = [.. Enumerable.Range(0, size).Select(i => $"m{i}")];
        _node.Do(["SADD", "a", .. members]);
        string[] drawn = [.. _node.Do("SRANDMEMBER", "a", $"{count}").Items.Select(item => item.Text)];

        Assert.Equal(Math.Min(size, count), drawn.Length);
        Assert.Equal(drawn.Length, drawn.Distinct().Count());
        Assert.All(drawn, member => Assert.Contains(member, members));
        Assert.Equal($"(integer) {size}", _node.Line("SCARD a"));
    }

    [Theory]
    [InlineData(30, 3)]
    [InlineData(500, 50)]
    [InlineData(500, 400)]
    public void Each_member_is_drawn_about_equally_often(int size, int count)
    {
        _node.Do(["SADD", "a", .. Enumerable.Range(0, size).Select(i => $"m{i}")]);
        Dictionary<string, int> drawn = [];
        int rounds = 200 * size / count;
        for (int i = 0; i < rounds; i++)
        {
            foreach (RespValue member in _node.Do("SRANDMEMBER", "a", $"{count}").Items)
            {
                drawn[member.Text] = drawn.GetValueOrDefault(member.Text) + 1;
            }
        }

        Assert.Equal(size, drawn.Count);
        Assert.All(drawn.Values, times => Assert.InRange(times, 110, 310));
    }

    [Fact]
    public void With_a_negative_count_members_are_drawn_again_and_again()
    {
        _node.Line("SADD a x y");
        RespValue[] drawn = [.. _node.Do("SRANDMEMBER", "a", "-100").Items];

        Assert.Equal(100, drawn.Length);
        Assert.Equal(["x", "y"], drawn.Select(item => item.Text).Distinct().Order());
        Assert.Equal("[]", _node.Line("SRANDMEMBER missing -100"));
    }

    [Fact]
    public void Events_are_those_of_redis()
    {
        _node.Line("CONFIG SET notify-keyspace-events KEA");
        TestClient listener = _node.Connect();
        listener.DoMany("PSUBSCRIBE", "__keyevent@0__:*");
        foreach (string line in (string[])["SADD a 1 2", "SADD a 1", "SREM a 1", "SMOVE a b 2", "SADD a 1 2 3", "SUNIONSTORE c a b", "SINTERSTORE c a missing", "SPOP b", "SPOP a 2", "SPOP a 5"])
        {
            _node.Line(line);
        }

        string[] events = [.. listener.Received().Select(message => message[2].Text["__keyevent@0__:".Length..] + " " + message[3].Text)];
        Assert.Equal(
            ["sadd a", "srem a", "srem a", "del a", "sadd b", "sadd a", "sunionstore c", "del c", "spop b", "del b", "spop a", "spop a", "del a"], events);
    }

    [Fact]
    public void A_destination_that_is_a_source_gets_the_result()
    {
        _node.Line("SADD a x y 1");
        _node.Line("SADD b y z 2");
        Assert.Equal("(integer) 5", _node.Line("SUNIONSTORE a a b"));
        Assert.Equal("(integer) 3", _node.Line("SINTERSTORE a b a"));
        Assert.Equal("(integer) 0", _node.Line("SDIFFSTORE b b b"));
        Assert.Equal("(integer) 0", _node.Line("EXISTS b"));
        _node.Line("SET s text EX 100");
        Assert.Equal("(integer) 3", _node.Line("SUNIONSTORE s a"));
        Assert.Equal("(integer) -1", _node.Line("TTL s"));
    }

    [Fact]
    public void A_scan_of_a_large_set_finds_all_members_in_pieces()
    {
        _node.Do(["SADD", "a", .. Enumerable.Range(0, 3_000).Select(i => $"m{i}")]);
        HashSet<string> seen = [];
        string cursor = "0";
        int calls = 0;
        do
        {
            RespValue reply = _node.Do("SSCAN", "a", cursor, "COUNT", "100");
            cursor = reply[0].Text;
            seen.UnionWith(reply[1].Items.Select(item => item.Text));
            calls++;
        }
        while (cursor != "0");

        Assert.Equal(3_000, seen.Count);
        Assert.InRange(calls, 10, 40);
    }

    [Fact]
    public void A_copy_is_a_set_of_its_own()
    {
        _node.Line("SADD a x y 1");
        _node.Line("COPY a b");
        _node.Line("SADD a z");
        Assert.Equal("(integer) 3", _node.Line("SCARD b"));
        Assert.Equal("(integer) 1", _node.Line("SMOVE a b z"));
        Assert.Equal("(integer) 4", _node.Line("SCARD b"));
    }

    public void Dispose() => _node.Dispose();
}

using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Lists;

public sealed class ListCommandTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Theory]
    [InlineData("LPOP l 0", "[]")]
    [InlineData("LPOP missing", "(nil)")]
    [InlineData("LPOP l -1", "(error) ERR value is out of range, must be positive")]
    [InlineData("LPOP l 1 2", "(error) ERR wrong number of arguments for 'lpop' command")]
    [InlineData("LSET missing 0 x", "(error) ERR no such key")]
    [InlineData("LSET l 5 x", "(error) ERR index out of range")]
    [InlineData("LINDEX missing abc", "(nil)")]
    [InlineData("LINSERT l NEAR a b", "(error) ERR syntax error")]
    [InlineData("LPOS l a RANK 0", "(error) ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list")]
    [InlineData("LMPOP 0 l LEFT", "(error) ERR numkeys should be greater than 0")]
    [InlineData("LMPOP 5 l LEFT", "(error) ERR syntax error")]
    [InlineData("LMPOP 1 l LEFT COUNT 0", "(error) ERR count should be greater than 0")]
    [InlineData("LPUSH s x", "(error) WRONGTYPE Operation against a key holding the wrong kind of value")]
    [InlineData("OBJECT ENCODING l", "\"quicklist\"")]
    public void Answers_are_those_of_redis(string line, string expected)
    {
        _node.Line("SET s x");
        _node.Line("RPUSH l a b c");
        Assert.Equal(expected, _node.Line(line));
    }

    [Fact]
    public void The_last_element_takes_the_key_with_it_and_tells_so()
    {
        TestClient listener = _node.Connect();
        _node.Line("CONFIG SET notify-keyspace-events KEA");
        listener.DoMany("PSUBSCRIBE", "__keyevent@0__:*");
        _node.Line("RPUSH l a b");
        _node.Line("LMOVE l m LEFT RIGHT");
        _node.Line("LREM l 0 b");
        _node.Line("LSET m 0 x");
        _node.Line("LINSERT m AFTER x y");
        _node.Line("LTRIM m 5 6");
        string[] events = [.. listener.Received().Select(message => $"{message[2].Text["__keyevent@0__:".Length..]} {message[3].Text}")];
        Assert.Equal(["rpush l", "rpush m", "lpop l", "lrem l", "del l", "lset m", "linsert m", "ltrim m", "del m"], events);
        Assert.Equal("(integer) 0", _node.Line("EXISTS l m"));
    }

    [Fact]
    public void Pops_from_many_keys_are_propagated_as_what_they_took()
    {
        _node.Line("RPUSH l a b c d e f g h");
        _ = _node.Propagated;
        _node.Line("LMPOP 2 missing l RIGHT COUNT 2");
        _node.Line("BLPOP missing l 0");
        _node.Line("BLMPOP 0 2 missing l LEFT COUNT 100");
        _node.Line("RPUSH l a b");
        _node.Line("BLMOVE l m Left right 0");
        _node.Line("BRPOPLPUSH l m 0");
        _node.Line("LTRIM m 0 -1");
        Assert.Equal(
            ["RPOP l 2", "LPOP l", "LPOP l 5", "RPUSH l a b", "LMOVE l m Left right", "RPOPLPUSH l m"],
            _node.Propagated);
    }

    [Fact]
    public void A_trim_that_removes_nothing_still_fails_a_transaction_that_watches_the_list()
    {
        _node.Line("RPUSH l a b");
        TestClient watcher = _node.Connect();
        watcher.Line("WATCH l");
        _node.Line("LTRIM l 0 -1");
        watcher.Line("MULTI");
        watcher.Line("PING");
        Assert.Equal("(nil)", watcher.Line("EXEC"));
    }
}

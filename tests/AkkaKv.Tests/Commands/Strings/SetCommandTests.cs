using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Strings;

public sealed class SetCommandTests : IDisposable
{
    private const long Now = 1_700_000_000_000;

    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void SET_and_GET_keep_any_bytes()
    {
        string bytes = string.Concat(Enumerable.Range(0, 256).Select(i => (char)i));
        Assert.Equal("OK", _node.Ask("SET", "k", bytes));
        Assert.Equal(bytes, System.Text.Encoding.Latin1.GetString(_node.Do("GET", "k").Bytes));
        Assert.Equal("(nil)", _node.Line("GET missing"));
    }

    [Fact]
    public void SET_takes_an_expiry_away_unless_KEEPTTL_is_given()
    {
        _node.Line("SET k v EX 100");
        Assert.Equal("OK", _node.Line("SET k w KEEPTTL"));
        Assert.Equal("(integer) 100", _node.Line("TTL k"));
        Assert.Equal("OK", _node.Line("SET k x"));
        Assert.Equal("(integer) -1", _node.Line("TTL k"));
    }

    [Fact]
    public void NX_and_XX_decide_by_the_key_and_an_aborted_SET_answers_null_and_propagates_nothing()
    {
        Assert.Equal("(nil)", _node.Line("SET k v XX"));
        Assert.Equal("OK", _node.Line("SET k v NX"));
        Assert.Equal("(nil)", _node.Line("SET k w NX"));
        Assert.Equal("OK", _node.Line("SET k w XX"));
        Assert.Equal(["SET k v NX", "SET k w XX"], _node.Propagated);
    }

    [Fact]
    public void GET_answers_the_old_value_and_is_not_propagated()
    {
        Assert.Equal("(nil)", _node.Line("SET k v GET"));
        Assert.Equal("\"v\"", _node.Line("SET k w NX GET"));
        Assert.Equal("\"v\"", _node.Line("SET k x GET XX KEEPTTL"));
        Assert.Equal(["SET k v", "SET k x XX KEEPTTL"], _node.Propagated);
    }

    [Theory]
    [InlineData("SET k v EX 10", Now + 10_000)]
    [InlineData("SET k v PX 10", Now + 10)]
    [InlineData("SET k v EXAT 1800000000", 1_800_000_000_000)]
    [InlineData("SET k v PXAT 1800000000001", 1_800_000_000_001)]
    [InlineData("SET k v NX GET PX 77", Now + 77)]
    [InlineData("SETEX k 10 v", Now + 10_000)]
    [InlineData("PSETEX k 10 v", Now + 10)]
    public void Every_expiry_is_propagated_as_a_point_in_time(string command, long expireAtMs)
    {
        _node.Line(command);
        Assert.Equal($"(integer) {expireAtMs}", _node.Line("PEXPIRETIME k"));
        Assert.Equal([$"SET k v PXAT {expireAtMs}"], _node.Propagated);
    }

    [Theory]
    [InlineData("SET k v EX 0", "ERR invalid expire time in 'set' command")]
    [InlineData("SET k v PX -1", "ERR invalid expire time in 'set' command")]
    [InlineData("SET k v EX 9223372036854775807", "ERR invalid expire time in 'set' command")]
    [InlineData("SET k v EX abc", "ERR value is not an integer or out of range")]
    [InlineData("SET k v EX", "ERR syntax error")]
    [InlineData("SET k v NX XX", "ERR syntax error")]
    [InlineData("SET k v KEEPTTL EX 1", "ERR syntax error")]
    [InlineData("SETEX k 0 v", "ERR invalid expire time in 'setex' command")]
    [InlineData("PSETEX k -5 v", "ERR invalid expire time in 'psetex' command")]
    [InlineData("GETEX k EX", "ERR syntax error")]
    [InlineData("MSET a", "ERR wrong number of arguments for 'mset' command")]
    [InlineData("MSET a 1 b", "ERR wrong number of arguments for 'mset' command")]
    [InlineData("MSETNX a 1 b", "ERR wrong number of arguments for 'msetnx' command")]
    public void Wrong_arguments_are_named_and_change_nothing(string command, string error)
    {
        Assert.Equal("(error) " + error, _node.Line(command));
        Assert.Equal("(integer) 0", _node.Line("EXISTS k a b"));
        Assert.Empty(_node.Propagated);
    }

    [Fact]
    public void An_expired_key_is_gone_and_its_removal_stands_before_the_write_that_found_it()
    {
        _node.Line("SET k v PX 10");
        _ = _node.Propagated;
        _node.NowMs += 11;
        Assert.Equal("(integer) 1", _node.Line("SETNX k w"));
        Assert.Equal(["MULTI", "DEL k", "SETNX k w", "EXEC"], _node.Propagated);
    }

    [Fact]
    public void GETSET_is_propagated_as_SET_and_GETDEL_as_DEL()
    {
        _node.Line("SET k v EX 100");
        _ = _node.Propagated;
        Assert.Equal("\"v\"", _node.Line("GETSET k w"));
        Assert.Equal("(integer) -1", _node.Line("TTL k"));
        Assert.Equal("\"w\"", _node.Line("GETDEL k"));
        Assert.Equal("(nil)", _node.Line("GETDEL k"));
        Assert.Equal(["SET k w", "DEL k"], _node.Propagated);
    }

    [Fact]
    public void GETEX_propagates_only_what_it_does_to_the_expiry()
    {
        _node.Line("SET k v");
        _ = _node.Propagated;
        Assert.Equal("\"v\"", _node.Line("GETEX k"));
        Assert.Equal("\"v\"", _node.Line("GETEX k PERSIST"));
        Assert.Empty(_node.Propagated);
        _node.Line("GETEX k EX 10");
        _node.Line("GETEX k PERSIST");
        _node.Line("GETEX k PXAT 1");
        Assert.Equal([$"PEXPIREAT k {Now + 10_000}", "PERSIST k", "DEL k"], _node.Propagated);
        Assert.Equal("(nil)", _node.Line("GETEX k EX 10"));
    }

    [Fact]
    public void MSET_sets_all_and_MSETNX_all_or_none()
    {
        Assert.Equal("OK", _node.Line("MSET a 1 b 2 a 3"));
        Assert.Equal("[\"3\", \"2\", (nil)]", _node.Line("MGET a b c"));
        Assert.Equal("(integer) 0", _node.Line("MSETNX c 1 a 2"));
        Assert.Equal("(nil)", _node.Line("GET c"));
        Assert.Equal("(integer) 1", _node.Line("MSETNX c 1 d 2"));
        Assert.Equal(["MSET a 1 b 2 a 3", "MSETNX c 1 d 2"], _node.Propagated);
    }
}

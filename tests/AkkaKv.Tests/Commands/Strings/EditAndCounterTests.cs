using AkkaKv.Commands.Configuration;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Strings;

public sealed class EditAndCounterTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void APPEND_and_SETRANGE_grow_a_value_and_keep_its_expiry()
    {
        Assert.Equal("(integer) 2", _node.Line("APPEND k ab"));
        _node.Line("EXPIRE k 100");
        Assert.Equal("(integer) 4", _node.Line("APPEND k cd"));
        Assert.Equal("(integer) 6", _node.Line("SETRANGE k 5 x"));
        Assert.Equal("\"abcd\0x\"", _node.Line("GET k"));
        Assert.Equal("(integer) 100", _node.Line("TTL k"));
        Assert.Equal("\"raw\"", _node.Line("OBJECT ENCODING k"));
        Assert.Equal("(integer) 6", _node.Ask("SETRANGE", "k", "3", ""));
        Assert.Equal("(integer) 0", _node.Ask("SETRANGE", "missing", "3", ""));
        Assert.Equal("(integer) 0", _node.Line("EXISTS missing"));
    }

    [Theory]
    [InlineData("SETRANGE k 536870912 x", "ERR string exceeds maximum allowed size (proto-max-bulk-len)")]
    [InlineData("SETRANGE k 9223372036854775807 x", "ERR string exceeds maximum allowed size (proto-max-bulk-len)")]
    [InlineData("SETRANGE k -1 x", "ERR offset is out of range")]
    [InlineData("SETBIT k 4294967296 1", "ERR bit offset is not an integer or out of range")]
    [InlineData("SETBIT k -1 1", "ERR bit offset is not an integer or out of range")]
    [InlineData("SETBIT k 0 2", "ERR bit is not an integer or out of range")]
    [InlineData("BITFIELD k SET u8 4294967296 1", "ERR bit offset is not an integer or out of range")]
    public void A_value_that_could_not_be_sent_is_refused_before_memory_is_taken(string command, string error)
    {
        long before = _node.Store.UsedMemory;
        Assert.Equal("(error) " + error, _node.Line(command));
        Assert.Equal(before, _node.Store.UsedMemory);
    }

    [Fact]
    public void The_size_limit_is_the_configured_one()
    {
        using TestNode node = new(new ServerSettings { ProtoMaxBulkLength = 1024 * 1024 });
        node.Ask("SET", "k", new string('x', 1024 * 1024));
        Assert.Equal("(error) ERR string exceeds maximum allowed size (proto-max-bulk-len)", node.Line("APPEND k y"));
        Assert.Equal("(error) ERR bit offset is not an integer or out of range", node.Line("SETBIT k 8388608 1"));
        Assert.Equal("(integer) 0", node.Line("SETBIT k 8388607 0"));
    }

    [Fact]
    public void Counters_count_and_keep_their_expiry()
    {
        Assert.Equal("(integer) 1", _node.Line("INCR n"));
        _node.Line("EXPIRE n 100");
        Assert.Equal("(integer) 11", _node.Line("INCRBY n 10"));
        Assert.Equal("(integer) 10", _node.Line("DECR n"));
        Assert.Equal("(integer) -5", _node.Line("DECRBY n 15"));
        Assert.Equal("(integer) 100", _node.Line("TTL n"));
    }

    [Theory]
    [InlineData("9223372036854775807", "INCR n", "ERR increment or decrement would overflow")]
    [InlineData("-9223372036854775808", "DECR n", "ERR increment or decrement would overflow")]
    [InlineData("-1", "DECRBY n -9223372036854775808", "ERR decrement would overflow")]
    [InlineData("1", "INCRBY n 1.5", "ERR value is not an integer or out of range")]
    [InlineData("1", "INCRBY n 99999999999999999999", "ERR value is not an integer or out of range")]
    [InlineData("abc", "INCR n", "ERR value is not an integer or out of range")]
    [InlineData("01", "INCR n", "ERR value is not an integer or out of range")]
    [InlineData("abc", "INCRBYFLOAT n 1", "ERR value is not a valid float")]
    [InlineData("1", "INCRBYFLOAT n nan", "ERR value is not a valid float")]
    [InlineData("1", "INCRBYFLOAT n inf", "ERR increment would produce NaN or Infinity")]
    public void What_cannot_be_counted_stays_as_it_is(string value, string command, string error)
    {
        _node.Ask("SET", "n", value);
        _ = _node.Propagated;
        Assert.Equal("(error) " + error, _node.Line(command));
        Assert.Equal($"\"{value}\"", _node.Line("GET n"));
        Assert.Empty(_node.Propagated);
    }

    [Fact]
    public void INCRBYFLOAT_is_propagated_as_its_result()
    {
        _node.Line("SET f 3.0 EX 100");
        _ = _node.Propagated;
        Assert.Equal("\"4.1\"", _node.Line("INCRBYFLOAT f 1.1"));
        Assert.Equal("\"4\"", _node.Line("INCRBYFLOAT f -0.1"));
        Assert.Equal("\"embstr\"", _node.Line("OBJECT ENCODING f"));
        Assert.Equal(["SET f 4.1 KEEPTTL", "SET f 4 KEEPTTL"], _node.Propagated);
    }

    [Theory]
    [InlineData("GETRANGE k 0 -1", "\"hello\"")]
    [InlineData("GETRANGE k 1 2", "\"el\"")]
    [InlineData("GETRANGE k -3 -1", "\"llo\"")]
    [InlineData("GETRANGE k 4 2", "\"\"")]
    [InlineData("GETRANGE k -1 -3", "\"\"")]
    [InlineData("GETRANGE k 0 999", "\"hello\"")]
    [InlineData("SUBSTR k -999 1", "\"he\"")]
    [InlineData("GETRANGE missing 0 1", "\"\"")]
    [InlineData("STRLEN k", "(integer) 5")]
    [InlineData("STRLEN missing", "(integer) 0")]
    public void Parts_of_a_value_are_read_by_positions_from_either_end(string command, string reply)
    {
        _node.Line("SET k hello");
        Assert.Equal(reply, _node.Line(command));
    }

    [Fact]
    public void LCS_answers_the_text_its_length_or_its_runs()
    {
        _node.Line("MSET a ohmytext b mynewtext");
        Assert.Equal("\"mytext\"", _node.Line("LCS a b"));
        Assert.Equal("(integer) 6", _node.Line("LCS a b LEN"));
        Assert.Equal(
            "[\"matches\", [[[(integer) 4, (integer) 7], [(integer) 5, (integer) 8], (integer) 4]], \"len\", (integer) 6]",
            _node.Line("LCS a b IDX MINMATCHLEN 4 WITHMATCHLEN"));
        Assert.Equal("\"\"", _node.Line("LCS a missing"));
        Assert.Equal("(error) ERR If you want both the length and indexes, please just use IDX.", _node.Line("LCS a b IDX LEN"));
    }

    [Fact]
    public void LCS_refuses_strings_whose_table_would_be_too_large()
    {
        _node.Ask("SET", "a", new string('x', 20_000));
        _node.Ask("SET", "b", new string('y', 20_000));
        Assert.Equal("(error) ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len", _node.Line("LCS a b LEN"));
    }
}

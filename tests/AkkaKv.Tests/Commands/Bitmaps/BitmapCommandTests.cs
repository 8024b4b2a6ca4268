using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Bitmaps;

public sealed class BitmapCommandTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void SETBIT_answers_the_old_bit_and_propagates_only_what_changes_the_value()
    {
        Assert.Equal("(integer) 0", _node.Line("SETBIT k 7 1"));
        Assert.Equal("(integer) 1", _node.Line("SETBIT k 7 1"));
        Assert.Equal("(integer) 1", _node.Line("GETBIT k 7"));
        Assert.Equal("(integer) 0", _node.Line("GETBIT k 700"));
        Assert.Equal("(integer) 0", _node.Line("SETBIT k 15 0"));
        Assert.Equal("(integer) 2", _node.Line("STRLEN k"));
        Assert.Equal(["SETBIT k 7 1", "SETBIT k 15 0"], _node.Propagated);
    }

    [Theory]
    [InlineData("BITCOUNT k", "(integer) 26")]
    [InlineData("BITCOUNT k 0 0", "(integer) 4")]
    [InlineData("BITCOUNT k 1 1 BYTE", "(integer) 6")]
    [InlineData("BITCOUNT k 5 30 BIT", "(integer) 17")]
    [InlineData("BITCOUNT k -2 -3", "(integer) 0")]
    [InlineData("BITCOUNT missing", "(integer) 0")]
    [InlineData("BITCOUNT k 0", "(error) ERR syntax error")]
    [InlineData("BITCOUNT k 0 1 BITE", "(error) ERR syntax error")]
    [InlineData("BITCOUNT missing 0", "(integer) 0")]
    [InlineData("BITCOUNT k -2 -3 BITE", "(integer) 0")]
    public void BITCOUNT_counts_in_bytes_or_bits(string command, string reply)
    {
        _node.Line("SET k foobar");
        Assert.Equal(reply, _node.Line(command));
    }

    [Fact]
    public void BITPOS_without_an_end_finds_a_zero_behind_the_value()
    {
        _node.Ask("SET", "ones", "\xff\xff");
        _node.Ask("SET", "mixed", "\x00\xff\xf0");
        Assert.Equal("(integer) 16", _node.Line("BITPOS ones 0"));
        Assert.Equal("(integer) 16", _node.Line("BITPOS ones 0 1"));
        Assert.Equal("(integer) -1", _node.Line("BITPOS ones 0 0 -1"));
        Assert.Equal("(integer) 8", _node.Line("BITPOS mixed 1"));
        Assert.Equal("(integer) 20", _node.Line("BITPOS mixed 0 10 -1 BIT"));
        Assert.Equal("(integer) 0", _node.Line("BITPOS missing 0"));
        Assert.Equal("(integer) -1", _node.Line("BITPOS missing 1"));
        Assert.Equal("(error) ERR The bit argument must be 1 or 0.", _node.Line("BITPOS mixed 2"));
    }

    [Fact]
    public void BITOP_fills_short_sources_with_zeros_and_removes_the_destination_of_an_empty_result()
    {
        _node.Line("MSET a abc b a");
        Assert.Equal("(integer) 3", _node.Line("BITOP AND d a b"));
        Assert.Equal("\"a\0\0\"", _node.Line("GET d"));
        Assert.Equal("(integer) 3", _node.Line("BITOP XOR d a b"));
        Assert.Equal("\"\0bc\"", _node.Line("GET d"));
        Assert.Equal("(integer) 3", _node.Line("BITOP NOT d d"));
        Assert.Equal("(integer) 0", _node.Line("BITOP OR d missing missing"));
        Assert.Equal("(integer) 0", _node.Line("EXISTS d"));
        _ = _node.Propagated;
        Assert.Equal("(integer) 0", _node.Line("BITOP OR d missing"));
        Assert.Empty(_node.Propagated);
        Assert.Equal("(error) ERR BITOP NOT must be called with a single source key.", _node.Line("BITOP NOT d a b"));
        Assert.Equal("(error) ERR syntax error", _node.Line("BITOP NAND d a b"));
    }

    [Fact]
    public void BITFIELD_reads_writes_and_adds_with_the_overflow_rule_that_was_given_last()
    {
        Assert.Equal("[(integer) 1, (integer) 0]", _node.Line("BITFIELD k INCRBY i5 100 1 GET u4 0"));
        Assert.Equal(
            "[(integer) 0, (integer) 255, (integer) 255, (nil), (integer) 4]",
            _node.Line("BITFIELD n SET u8 0 255 GET u8 0 OVERFLOW SAT INCRBY u8 0 10 OVERFLOW FAIL INCRBY u8 0 1 OVERFLOW WRAP INCRBY u8 0 5"));
        Assert.Equal("[]", _node.Line("BITFIELD n"));
        Assert.Equal("[(integer) 4]", _node.Line("BITFIELD_RO n GET u8 #0"));
        Assert.Equal("(error) ERR BITFIELD_RO only supports the GET subcommand", _node.Line("BITFIELD_RO n SET u8 0 1"));
        Assert.Equal(
            "(error) ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.",
            _node.Line("BITFIELD n GET u64 0"));
        Assert.Equal("(error) ERR Invalid OVERFLOW type specified", _node.Line("BITFIELD n OVERFLOW NONE GET u8 0"));
    }

    [Fact]
    public void A_value_that_BITFIELD_made_longer_is_propagated_even_if_its_only_operation_failed()
    {
        Assert.Equal("[(nil)]", _node.Line("BITFIELD k OVERFLOW FAIL INCRBY u8 0 300"));
        Assert.Equal("(integer) 1", _node.Line("STRLEN k"));
        Assert.Equal(["BITFIELD k OVERFLOW FAIL INCRBY u8 0 300"], _node.Propagated);
        Assert.Equal("[(nil)]", _node.Line("BITFIELD k OVERFLOW FAIL INCRBY u8 0 300"));
        Assert.Empty(_node.Propagated);
    }
}

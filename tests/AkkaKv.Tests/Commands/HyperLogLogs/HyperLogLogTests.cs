using System.Text;
using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.HyperLogLogs;

public sealed class HyperLogLogTests : IDisposable
{
    private const string WrongValue = "(error) WRONGTYPE Key is not a valid HyperLogLog string value.";
    private const string Damaged = "(error) INVALIDOBJ Corrupted HLL object detected";

    private readonly TestNode _node = new();

    [Fact]
    public void The_estimate_is_near_the_number_of_different_elements()
    {
        for (int i = 0; i < 20_000; i++)
        {
            _node.Do("PFADD", "h", $"element:{i % 10_000}");
        }

        Assert.InRange(_node.Do("PFCOUNT", "h").Integer, 9_700, 10_300);
        Assert.Equal("dense", _node.Line("PFDEBUG ENCODING h"));
    }

    [Fact]
    public void Few_elements_are_counted_exactly_and_kept_sparse()
    {
        Assert.Equal("(integer) 1", _node.Line("PFADD h a b c"));
        Assert.Equal("(integer) 0", _node.Line("PFADD h a b c"));
        Assert.Equal("(integer) 3", _node.Line("PFCOUNT h"));
        Assert.Equal("sparse", _node.Line("PFDEBUG ENCODING h"));
        Assert.Equal("\"raw\"", _node.Line("OBJECT ENCODING h"));
        Assert.Equal("string", _node.Line("TYPE h"));
        Assert.StartsWith("\"Z:", _node.Line("PFDEBUG DECODE h"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_addition_to_a_new_key_without_elements_creates_an_empty_value()
    {
        Assert.Equal("(integer) 1", _node.Line("PFADD h"));
        Assert.Equal("(integer) 0", _node.Line("PFADD h"));
        Assert.Equal("HYLL\x01\0\0\0\0\0\0\0\0\0\0\x80\x7f\xff", Encoding.Latin1.GetString(_node.Do("GET", "h").Bytes));
        Assert.Equal("(integer) 0", _node.Line("PFCOUNT h"));
        Assert.Equal("\"Z:16384\"", _node.Line("PFDEBUG DECODE h"));
    }

    [Fact]
    public void Counting_keeps_the_estimate_in_the_value_and_tells_replicas()
    {
        _node.Line("PFADD h a b c");
        Assert.Equal(["PFADD h a b c"], _node.Propagated);

        Assert.Equal("(integer) 3", _node.Line("PFCOUNT h"));
        Assert.Equal("(integer) 3", _node.Line("PFCOUNT h"));

        Assert.Equal(["PFCOUNT h"], _node.Propagated);
        Assert.Equal(3, _node.Do("GET", "h").Bytes[8]);
    }

    [Fact]
    public void A_union_is_counted_without_a_change_and_merged_into_its_destination()
    {
        _node.Line("PFADD a 1 2 3");
        _node.Line("PFADD b 3 4 5");
        _ = _node.Propagated;

        Assert.Equal("(integer) 5", _node.Line("PFCOUNT a b missing"));
        Assert.Empty(_node.Propagated);
        Assert.Equal("OK", _node.Line("PFMERGE c a b missing"));
        Assert.Equal(["PFMERGE c a b missing"], _node.Propagated);
        Assert.Equal("(integer) 5", _node.Line("PFCOUNT c"));
    }

    [Fact]
    public void A_merge_with_a_dense_value_is_dense()
    {
        _node.Line("PFADD a 1 2 3");
        _node.Line("PFADD b 4");
        Assert.Equal("(integer) 1", _node.Line("PFDEBUG TODENSE b"));
        Assert.Equal("(integer) 0", _node.Line("PFDEBUG TODENSE b"));
        _node.Line("PFMERGE a b");

        Assert.Equal("dense", _node.Line("PFDEBUG ENCODING a"));
        Assert.Equal("(integer) 4", _node.Line("PFCOUNT a"));
        Assert.Equal("(error) ERR HLL encoding is not sparse", _node.Line("PFDEBUG DECODE a"));
    }

    [Fact]
    public void The_parameter_decides_when_a_value_becomes_dense()
    {
        _node.Line("CONFIG SET hll-sparse-max-bytes 30");
        _node.Line("PFADD h a b");
        Assert.Equal("sparse", _node.Line("PFDEBUG ENCODING h"));
        _node.Line("PFADD h c d e f g");
        Assert.Equal("dense", _node.Line("PFDEBUG ENCODING h"));
        Assert.Equal("(integer) 7", _node.Line("PFCOUNT h"));
    }

    [Fact]
    public void All_registers_are_shown()
    {
        _node.Line("PFADD h a b c");
        RespValue registers = _node.Do("PFDEBUG", "GETREG", "h");

        Assert.Equal(16384, registers.Items.Count);
        Assert.Equal(3, registers.Items.Count(register => register.Integer > 0));
        Assert.Equal(["PFADD h a b c", "PFDEBUG GETREG h"], _node.Propagated);
    }

    [Theory]
    [InlineData("PFADD s x")]
    [InlineData("PFCOUNT s")]
    [InlineData("PFCOUNT h s")]
    [InlineData("PFMERGE h s")]
    [InlineData("PFMERGE s h")]
    [InlineData("PFDEBUG ENCODING s")]
    public void A_string_that_is_none_is_refused(string line)
    {
        _node.Line("PFADD h a");
        foreach (string value in (string[])["", "abc", "5", "HYLL", "HYLL\x02\0\0\0\0\0\0\0\0\0\0\0\x7f\xff", "HYLL\0\0\0\0\0\0\0\0\0\0\0\0too short"])
        {
            _node.Do("SET", "s", value);
            Assert.Equal(WrongValue, _node.Line(line));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\x7f")]
    [InlineData("\x40\x00")]
    [InlineData("\x7f\xff\x7f\xff")]
    [InlineData("\x7f\xff\x00")]
    [InlineData("\x7f\xff\x84")]
    [InlineData("\xff\xff\xff")]
    public void Damaged_registers_are_refused_and_nothing_outside_is_read(string runs)
    {
        _node.Do("SET", "bad", "HYLL\x01\0\0\0\0\0\0\0\0\0\0\x80" + runs);
        _node.Line("PFADD good a");

        Assert.Equal(Damaged, _node.Line("PFCOUNT bad"));
        Assert.Equal(Damaged, _node.Line("PFCOUNT bad good"));
        Assert.Equal(Damaged, _node.Line("PFMERGE good bad"));
        Assert.Equal(Damaged, _node.Line("PFDEBUG TODENSE bad"));
        Assert.Equal("(integer) 1", _node.Line("PFCOUNT good"));
    }

    [Fact]
    public void Random_bytes_behind_the_header_harm_nothing()
    {
        Random random = new(1);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] runs = new byte[random.Next(40)];
            random.NextBytes(runs);
            _node.Do("SET", "bad", "HYLL\x01\0\0\0\0\0\0\0\0\0\0\x80" + Encoding.Latin1.GetString(runs));
            string added = _node.Do("PFADD", "bad", $"{i}", $"{-i}", "x", "y").ToString();
            Assert.True(added is Damaged or "(integer) 0" or "(integer) 1", added);
            _node.Line("PFDEBUG DECODE bad");
            _node.Line("PFMERGE target bad");
        }
    }

    [Fact]
    public void The_self_test_passes() => Assert.Equal("OK", _node.Line("PFSELFTEST"));

    public void Dispose() => _node.Dispose();
}

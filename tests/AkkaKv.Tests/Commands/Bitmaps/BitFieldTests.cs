using System.Text;
using AkkaKv.Commands.Commands.Bitmaps;

namespace AkkaKv.Tests.Commands.Bitmaps;

public class BitFieldTests
{
    [Theory]
    [InlineData("i1", true, 1)]
    [InlineData("i64", true, 64)]
    [InlineData("u63", false, 63)]
    public void Types_are_read(string text, bool signed, int bits)
    {
        Assert.True(BitFieldType.TryParse(Encoding.Latin1.GetBytes(text), out BitFieldType type));
        Assert.Equal(new BitFieldType(signed, bits), type);
    }

    [Theory]
    [InlineData("u64")]
    [InlineData("i65")]
    [InlineData("i0")]
    [InlineData("u-1")]
    [InlineData("i")]
    [InlineData("")]
    [InlineData("x8")]
    [InlineData("I8")]
    [InlineData("u08")]
    public void Other_types_are_refused(string text) => Assert.False(BitFieldType.TryParse(Encoding.Latin1.GetBytes(text), out _));

    [Theory]
    [InlineData(false, 8, 256, OverflowPolicy.Wrap, 0)]
    [InlineData(false, 8, 257, OverflowPolicy.Saturate, 255)]
    [InlineData(false, 8, -1, OverflowPolicy.Wrap, 255)]
    [InlineData(false, 8, -1, OverflowPolicy.Saturate, 0)]
    [InlineData(true, 8, 128, OverflowPolicy.Wrap, -128)]
    [InlineData(true, 8, 128, OverflowPolicy.Saturate, 127)]
    [InlineData(true, 8, -129, OverflowPolicy.Wrap, 127)]
    [InlineData(true, 8, -129, OverflowPolicy.Saturate, -128)]
    [InlineData(true, 1, 1, OverflowPolicy.Wrap, -1)]
    public void What_does_not_fit_wraps_or_saturates(bool signed, int bits, long exact, OverflowPolicy policy, long fitted)
    {
        Assert.False(new BitFieldType(signed, bits).TryFit(exact, policy, out long value));
        Assert.Equal(fitted, value);
    }

    [Fact]
    public void Sixty_four_bits_wrap_and_saturate_at_the_ends_of_long()
    {
        BitFieldType type = new(true, 64);
        Assert.True(type.TryFit(long.MinValue, OverflowPolicy.Fail, out long value));
        Assert.Equal(long.MinValue, value);
        Assert.False(type.TryFit((Int128)long.MaxValue + 1, OverflowPolicy.Wrap, out value));
        Assert.Equal(long.MinValue, value);
        Assert.False(type.TryFit((Int128)long.MinValue - 1, OverflowPolicy.Saturate, out value));
        Assert.Equal(long.MinValue, value);
    }

    [Fact]
    public void A_negative_argument_of_an_unsigned_type_saturates_upwards()
    {
        BitFieldType type = new(false, 8);
        Assert.False(type.TryFit(type.FromArgument(-1), OverflowPolicy.Saturate, out long value));
        Assert.Equal(255, value);
    }

    [Fact]
    public void What_is_written_at_any_offset_reads_back_and_leaves_its_neighbours_alone()
    {
        Random random = new(31);
        for (int round = 0; round < 500; round++)
        {
            byte[] value = new byte[24];
            random.NextBytes(value);
            byte[] before = [.. value];
            int bits = 1 + random.Next(64);
            long offset = random.Next(value.Length * 8 - bits + 1);
            ulong pattern = (ulong)random.NextInt64(long.MinValue, long.MaxValue) & (ulong.MaxValue >> (64 - bits));

            BitFieldAccess.Write(value, offset, bits, pattern);

            Assert.Equal(pattern, BitFieldAccess.Read(value, offset, bits));
            for (long bit = 0; bit < value.Length * 8; bit++)
            {
                if (bit < offset || bit >= offset + bits)
                {
                    Assert.Equal(BitFieldAccess.Read(before, bit, 1), BitFieldAccess.Read(value, bit, 1));
                }
            }
        }
    }

    [Fact]
    public void Bits_behind_the_end_read_as_zero() => Assert.Equal(0xFF00UL, BitFieldAccess.Read([0xFF], 0, 16));

    [Theory]
    [InlineData("7", 0, 100, true, 7)]
    [InlineData("#2", 8, 100, true, 16)]
    [InlineData("#2", 0, 100, false, 0)]
    [InlineData("-1", 0, 100, false, 0)]
    [InlineData("799", 0, 100, true, 799)]
    [InlineData("800", 0, 100, false, 0)]
    [InlineData("", 0, 100, false, 0)]
    [InlineData("#", 8, 100, false, 0)]
    public void Offsets_are_read_and_limited_by_the_longest_value(string text, int fieldBits, long sizeLimit, bool valid, long offset)
    {
        Assert.Equal(valid, BitOffset.TryParse(Encoding.Latin1.GetBytes(text), fieldBits, sizeLimit, out long parsed));
        if (valid)
        {
            Assert.Equal(offset, parsed);
        }
    }
}

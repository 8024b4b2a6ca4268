using System.Text;
using AkkaKv.Commands.Text;

namespace AkkaKv.Tests.Commands.Text;

/// <summary>The expected texts are what redis-server 7.0.15 on x86-64 answers.</summary>
public class ExtendedFloatTests
{
    [Theory]
    [InlineData("3.0", "1.1", "4.1")]
    [InlineData("10.50", "0.1", "10.6")]
    [InlineData("5.0e3", "2.0e2", "5200")]
    [InlineData("0.1", "0.2", "0.3")]
    [InlineData("1", "-1", "0")]
    [InlineData("-0", "-0", "0")]
    [InlineData("0", "-1e-30", "0")]
    [InlineData("17179869184", "1.5", "17179869185.5")]
    [InlineData("9223372036854775807", "1", "9223372036854775808")]
    [InlineData("18446744073709551615", "2", "18446744073709551616")]
    [InlineData("0.333333333333333333333", "0", "0.33333333333333333")]
    [InlineData("0x1.8p1", "0X.8P1", "4")]
    [InlineData("+.5", "5.", "5.5")]
    [InlineData("1e20", "0.1", "100000000000000000000")]
    public void Sums_are_those_of_an_80_bit_processor_written_without_exponent_and_trailing_zeros(string left, string right, string sum)
    {
        Assert.True(ExtendedFloatReader.TryParse(Encoding.Latin1.GetBytes(left), out ExtendedFloat a));
        Assert.True(ExtendedFloatReader.TryParse(Encoding.Latin1.GetBytes(right), out ExtendedFloat b));
        Assert.Equal(sum, Encoding.ASCII.GetString((a + b).ToHumanText()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("+")]
    [InlineData("--1")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("0x")]
    [InlineData("0x.p1")]
    [InlineData("nan")]
    [InlineData("infinit")]
    [InlineData("1e5000")]
    [InlineData("-1e999999999999999999999")]
    [InlineData("1e-5000")]
    [InlineData("1\0")]
    public void What_is_not_a_float_is_refused(string text) =>
        Assert.False(ExtendedFloatReader.TryParse(Encoding.Latin1.GetBytes(text), out _));

    [Theory]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    public void Infinity_is_read_so_that_the_command_can_refuse_it_by_its_own_message(string text)
    {
        Assert.True(ExtendedFloatReader.TryParse(Encoding.Latin1.GetBytes(text), out ExtendedFloat value));
        Assert.True(value.IsInfinite);
    }

    [Fact]
    public void A_sum_beyond_the_range_is_infinite()
    {
        Assert.True(ExtendedFloatReader.TryParse("1.18e4932"u8, out ExtendedFloat large));
        Assert.False(large.IsInfinite);
        Assert.True((large + large).IsInfinite);
    }

    [Fact]
    public void The_smallest_and_the_largest_numbers_are_read()
    {
        Assert.True(ExtendedFloatReader.TryParse("3.6451995318824746025e-4951"u8, out _));
        Assert.False(ExtendedFloatReader.TryParse("1e-4951"u8, out _));
        Assert.True(ExtendedFloatReader.TryParse("1.189731495357231765e4932"u8, out _));
        Assert.False(ExtendedFloatReader.TryParse("1.19e4932"u8, out _));
    }

    [Theory]
    [InlineData(long.MinValue, "-9223372036854775808")]
    [InlineData(0, "0")]
    [InlineData(1234567890123456789, "1234567890123456789")]
    public void Every_64_bit_integer_is_exact(long value, string text) =>
        Assert.Equal(text, Encoding.ASCII.GetString(ExtendedFloat.From(value).ToHumanText()));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0.0001", 0)]
    [InlineData("-0.5", -500)]
    [InlineData("1e-5", 1)]
    [InlineData("1e-4000", 1)]
    [InlineData("0.001", 1)]
    [InlineData("0.0010001", 2)]
    [InlineData("1.1", 1100)]
    [InlineData("0x10p-6", 250)]
    [InlineData("9223372036854775.807", 9223372036854775807)]
    public void Seconds_become_milliseconds_rounded_up(string seconds, long milliseconds)
    {
        Assert.True(ExtendedFloatReader.TryParse(Encoding.Latin1.GetBytes(seconds), out ExtendedFloat value));
        Assert.True(value.TryGetThousandfoldCeiling(out long ceiling));
        Assert.Equal(milliseconds, ceiling);
    }

    [Theory]
    [InlineData("9223372036854776")]
    [InlineData("1e300")]
    [InlineData("-1e300")]
    [InlineData("inf")]
    public void Seconds_too_many_for_64_bits_of_milliseconds_are_refused(string seconds)
    {
        Assert.True(ExtendedFloatReader.TryParse(Encoding.Latin1.GetBytes(seconds), out ExtendedFloat value));
        Assert.False(value.TryGetThousandfoldCeiling(out _));
    }
}

using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Protocol;

public sealed class DecimalNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("-1", -1)]
    [InlineData("1234567890123", 1234567890123)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void The_shortest_writing_of_a_number_is_read(string text, long expected)
    {
        Assert.True(DecimalNumber.TryParse(Encoding.Latin1.GetBytes(text), out long value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-0")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1.0")]
    [InlineData("0x1")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("18446744073709551616")]
    [InlineData("99999999999999999999")]
    [InlineData("100000000000000000000")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(DecimalNumber.TryParse(Encoding.Latin1.GetBytes(text), out _));
    }
}

using System.Text;
using AkkaKv.Commands.Commands.Keys;

namespace AkkaKv.Tests.Commands.Keys;

public class ScanCursorTests
{
    [Theory]
    [InlineData("0", 0UL)]
    [InlineData("", 0UL)]
    [InlineData("007", 7UL)]
    [InlineData("\0x", 0UL)]
    [InlineData("12\0x", 12UL)]
    [InlineData("+5", 5UL)]
    [InlineData("-1", ulong.MaxValue)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void Cursors_are_read_as_strtoul_does(string text, ulong expected)
    {
        Assert.True(ScanCursor.TryParse(Encoding.Latin1.GetBytes(text), out ulong cursor));
        Assert.Equal(expected, cursor);
    }

    [Theory]
    [InlineData(" 1")]
    [InlineData("1x")]
    [InlineData("-")]
    [InlineData("0x10")]
    [InlineData("18446744073709551616")]
    public void Other_texts_are_no_cursors(string text) => Assert.False(ScanCursor.TryParse(Encoding.Latin1.GetBytes(text), out _));
}

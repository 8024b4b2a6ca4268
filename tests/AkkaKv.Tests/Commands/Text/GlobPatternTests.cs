using System.Text;
using AkkaKv.Commands.Text;

namespace AkkaKv.Tests.Commands.Text;

public class GlobPatternTests
{
    [Theory]
    [InlineData("h?llo", "hello", true)]
    [InlineData("h?llo", "hllo", false)]
    [InlineData("h*llo", "heeeello", true)]
    [InlineData("h*llo", "hllo", true)]
    [InlineData("*", "anything", true)]
    [InlineData("*", "", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a", "", false)]
    [InlineData("a**", "a", true)]
    [InlineData("*a*b*c*", "xxaxxbxxcxx", true)]
    [InlineData("*a*b*c*", "xxaxxcxxbxx", false)]
    [InlineData("a*ab", "aab", true)]
    [InlineData("*ab", "aab", true)]
    [InlineData("h[ae]llo", "hallo", true)]
    [InlineData("h[ae]llo", "hillo", false)]
    [InlineData("h[^e]llo", "hallo", true)]
    [InlineData("h[^e]llo", "hello", false)]
    [InlineData("h[a-c]llo", "hbllo", true)]
    [InlineData("h[c-a]llo", "hbllo", true)]
    [InlineData("h[a-c]llo", "hdllo", false)]
    [InlineData("[a-]", "-", false)]
    [InlineData("[a-]", "^", true)]
    [InlineData("[a-]", "b", false)]
    [InlineData("[]", "]", false)]
    [InlineData("[]a", "a", false)]
    [InlineData("[^]a", "xa", true)]
    [InlineData("[abc", "b", true)]
    [InlineData("[abc", "d", false)]
    [InlineData("[a\\]b]", "]", true)]
    [InlineData("[\\", "\\", true)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "axb", false)]
    [InlineData("a\\", "a\\", true)]
    [InlineData("\\a", "a", true)]
    [InlineData("key:[0-9]*", "key:12", true)]
    [InlineData("key:[0-9]*", "key:x", false)]
    public void A_pattern_fits_as_in_Redis(string pattern, string text, bool fits) =>
        Assert.Equal(fits, GlobPattern.IsMatch(Encoding.Latin1.GetBytes(pattern), Encoding.Latin1.GetBytes(text)));

    [Theory]
    [InlineData("HELLO*", "hello world", true)]
    [InlineData("[A-C]x", "bX", true)]
    [InlineData("[B]x", "bx", true)]
    [InlineData("\\Ax", "ax", true)]
    [InlineData("[\\A]", "a", false)]
    public void Case_can_be_ignored(string pattern, string text, bool fits) =>
        Assert.Equal(fits, GlobPattern.IsMatch(Encoding.Latin1.GetBytes(pattern), Encoding.Latin1.GetBytes(text), ignoreCase: true));

    [Fact]
    public void Ranges_compare_signed_bytes()
    {
        Assert.True(GlobPattern.IsMatch([(byte)'[', 0x01, (byte)'-', 0xFF, (byte)']'], [0x00]));
        Assert.False(GlobPattern.IsMatch([(byte)'[', 0x01, (byte)'-', 0xFF, (byte)']'], [0x80]));
    }

    [Fact]
    public void A_hostile_pattern_takes_bounded_time()
    {
        byte[] pattern = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("a*", 500)) + "b");
        Assert.False(GlobPattern.IsMatch(pattern, Encoding.Latin1.GetBytes(new string('a', 5000))));
    }
}

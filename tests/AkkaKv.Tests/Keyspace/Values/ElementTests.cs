using System.Globalization;
using AkkaKv.Keyspace.Values;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Values;

public sealed class ElementTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("7", 7L)]
    [InlineData("-1", -1L)]
    [InlineData("999999999999999999", 999_999_999_999_999_999L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Canonical_decimals_are_integers_and_come_back_unchanged(string text, long value)
    {
        var element = Element.Canonical(Of(text));
        Assert.True(element.IsInteger);
        Assert.Equal(value, element.Integer);
        Assert.Equal(text.Length, element.Length);
        Assert.Equal(text, Text(element.AsBytes(new byte[Element.ScratchSize])));
        Assert.True(element.Equals(Of(text)));
        Assert.True(element.Equals(new Element(Of(text))));
        Assert.True(new Element(Of(text)).Equals(element));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-0")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1.0")]
    [InlineData("12a")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999")]
    [InlineData("18446744073709551617")]
    [InlineData("123456789012345678901")]
    public void Everything_else_stays_text(string text)
    {
        var element = Element.Canonical(Of(text));
        Assert.False(element.IsInteger);
        Assert.Equal(text, Text(element.Text));
        Assert.Equal(text.Length, element.Length);
        Assert.False(element.TryGetInteger(out _));
        Assert.True(element.Equals(Of(text)));
    }

    [Fact]
    public void The_length_of_a_number_is_that_of_its_text()
    {
        var random = new Random(7);
        var bounds = Enumerable.Range(0, 19).Select(digits => (long)Math.Pow(10, digits)).SelectMany(power => new[] { power - 1, power, power + 1 });
        foreach (var bound in bounds.Concat(Enumerable.Range(0, 2000).Select(_ => random.NextInt64() >> random.Next(64))).Append(long.MaxValue).Append(long.MinValue))
        {
            foreach (var value in new[] { bound, -bound })
                Assert.Equal(value.ToString(CultureInfo.InvariantCulture).Length, new Element(value).Length);
        }
    }

    [Fact]
    public void Elements_are_equal_when_their_bytes_are()
    {
        Assert.False(new Element(12).Equals(new Element(13)));
        Assert.False(new Element(12).Equals(Of("012")));
        Assert.False(new Element(Of("a")).Equals(new Element(Of("b"))));
        Assert.False(new Element(Of("x12")).Equals(new Element(12)));
        Assert.True(new Element(Of("ab")).Equals(new Element(Of("ab"))));
        Assert.True(new Element(Of("12")).TryGetInteger(out var integer));
        Assert.Equal(12, integer);
    }

    [Fact]
    public void Copying_writes_the_bytes_and_tells_their_number()
    {
        var target = new byte[8];
        Assert.Equal(3, new Element(-42).CopyTo(target));
        Assert.Equal("-42", Text(target.AsSpan(0, 3)));
        Assert.Equal(4, new Element(Of("text")).CopyTo(target));
        Assert.Equal("text", Text(target.AsSpan(0, 4)));
    }
}

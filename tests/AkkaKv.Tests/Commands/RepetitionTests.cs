using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands;

public sealed class RepetitionTests
{
    [Theory]
    [InlineData("SADD k a", "SRANDMEMBER k")]
    [InlineData("HSET k f v", "HRANDFIELD k")]
    [InlineData("ZADD k 1 a", "ZRANDMEMBER k")]
    public void Drawing_with_repetition_has_a_limit_that_is_checked_before_anything_is_written(string fill, string draw)
    {
        using var node = new TestNode();
        node.Line(fill);
        foreach (var count in new[] { "-16777217", "-4611686018427387904", "-9223372036854775807" })
            Assert.Equal("(error) ERR value is out of range, value must between -16777216 and 9223372036854775807", node.Line($"{draw} {count}"));
        Assert.Equal(3, node.Do([.. draw.Split(' '), "-3"]).Items!.Count);
    }
}

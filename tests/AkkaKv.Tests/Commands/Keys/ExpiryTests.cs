using System.Text;
using AkkaKv.Commands.Commands.Keys;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Commands.Keys;

public class ExpiryTests
{
    private const long Now = 1_700_000_000_000;

    [Theory]
    [InlineData(10, true, false, true, Now + 10_000)]
    [InlineData(10, false, false, true, Now + 10)]
    [InlineData(10, true, true, true, 10_000)]
    [InlineData(0, true, false, false, 0)]
    [InlineData(-1, false, true, false, 0)]
    [InlineData(long.MaxValue, true, true, false, 0)]
    [InlineData(long.MaxValue, false, false, false, 0)]
    [InlineData(long.MaxValue, false, true, true, long.MaxValue)]
    public void An_expiry_that_is_set_with_a_value_must_be_positive_and_fit(long number, bool seconds, bool absolute, bool valid, long at)
    {
        Assert.Equal(valid, ExpiryTime.TryPositive(number, seconds, absolute, Now, out long expireAtMs));
        Assert.True(!valid || at == expireAtMs);
    }

    [Theory]
    [InlineData(-10, true, false, true, Now - 10_000)]
    [InlineData(long.MinValue, false, false, true, long.MinValue + Now)]
    [InlineData(long.MinValue, true, false, false, 0)]
    [InlineData(long.MaxValue, false, false, false, 0)]
    [InlineData(long.MaxValue / 1000, true, true, true, long.MaxValue / 1000 * 1000)]
    public void An_expiry_that_is_set_on_a_key_may_lie_in_the_past(long number, bool seconds, bool absolute, bool valid, long at)
    {
        Assert.Equal(valid, ExpiryTime.TryAny(number, seconds, absolute, Now, out long expireAtMs));
        Assert.True(!valid || at == expireAtMs);
    }

    [Theory]
    [InlineData("NX", -1, 5, true)]
    [InlineData("NX", 3, 5, false)]
    [InlineData("XX", -1, 5, false)]
    [InlineData("XX", 3, 5, true)]
    [InlineData("GT", -1, 5, false)]
    [InlineData("GT", 5, 5, false)]
    [InlineData("GT", 4, 5, true)]
    [InlineData("LT", -1, 5, true)]
    [InlineData("LT", 5, 5, false)]
    [InlineData("lt", 6, 5, true)]
    [InlineData("XX GT", 4, 5, true)]
    [InlineData("XX LT", -1, 5, false)]
    public void Conditions_decide_by_the_present_expiry(string words, long present, long wanted, bool allowed)
    {
        Assert.Null(Parse(words, out ExpiryConditions conditions));
        Assert.Equal(allowed, conditions.Allows(present, wanted));
    }

    [Theory]
    [InlineData("NX XX", "ERR NX and XX, GT or LT options at the same time are not compatible")]
    [InlineData("GT NX", "ERR NX and XX, GT or LT options at the same time are not compatible")]
    [InlineData("GT LT", "ERR GT and LT options at the same time are not compatible")]
    [InlineData("NX Abc", "ERR Unsupported option Abc")]
    public void Conditions_that_exclude_each_other_are_errors(string words, string error) =>
        Assert.Equal(error, Parse(words, out _));

    private static string? Parse(string words, out ExpiryConditions conditions) => ExpiryCondition.Parse(
        new OwnedArguments(words.Split(' ').Select(Encoding.Latin1.GetBytes).ToArray()).View, 0, out conditions);
}

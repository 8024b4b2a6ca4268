using System.Text;
using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Commands.Strings;

public class StringOptionsTests
{
    [Theory]
    [InlineData("", StringFlags.None, 0)]
    [InlineData("nx", StringFlags.IfAbsent, 0)]
    [InlineData("XX GET", StringFlags.IfPresent | StringFlags.ReturnOld, 0)]
    [InlineData("NX get EX 10", StringFlags.IfAbsent | StringFlags.ReturnOld | StringFlags.Seconds, 6)]
    [InlineData("EX 10 EX 20", StringFlags.Seconds, 6)]
    [InlineData("PX EX", StringFlags.Milliseconds, 4)]
    [InlineData("exat 1", StringFlags.AtSeconds, 4)]
    [InlineData("PXAT 1 KeepTTL", null, 0)]
    [InlineData("KEEPTTL", StringFlags.KeepExpiry, 0)]
    [InlineData("KEEPTTL EX 1", null, 0)]
    [InlineData("EX 1 PX 1", null, 0)]
    [InlineData("EX", null, 0)]
    [InlineData("NX XX", null, 0)]
    [InlineData("PERSIST", null, 0)]
    [InlineData("bogus", null, 0)]
    public void Options_of_SET_are_read_or_refused(string words, StringFlags? flags, int expiryArgument)
    {
        bool valid = StringOptions.TryParseSet(Request("SET k v", words), out StringOptions options);
        Assert.Equal(flags.HasValue, valid);
        Assert.Equal(new StringOptions(flags ?? StringFlags.None, expiryArgument), options);
    }

    [Theory]
    [InlineData("", StringFlags.None, 0)]
    [InlineData("PERSIST", StringFlags.Persist, 0)]
    [InlineData("PERSIST EX 1", null, 0)]
    [InlineData("EX 1 PERSIST", null, 0)]
    [InlineData("PXAT 99", StringFlags.AtMilliseconds, 3)]
    [InlineData("GET", null, 0)]
    [InlineData("NX", null, 0)]
    [InlineData("KEEPTTL", null, 0)]
    public void Options_of_GETEX_are_read_or_refused(string words, StringFlags? flags, int expiryArgument)
    {
        bool valid = StringOptions.TryParseGetEx(Request("GETEX k", words), out StringOptions options);
        Assert.Equal(flags.HasValue, valid);
        Assert.Equal(new StringOptions(flags ?? StringFlags.None, expiryArgument), options);
    }

    private static Arguments Request(string start, string words) => new OwnedArguments(
        (start + " " + words).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.Latin1.GetBytes).ToArray()).View;
}

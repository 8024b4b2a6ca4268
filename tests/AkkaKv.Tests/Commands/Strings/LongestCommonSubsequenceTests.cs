using System.Text;
using AkkaKv.Commands.Commands.Strings;

namespace AkkaKv.Tests.Commands.Strings;

public class LongestCommonSubsequenceTests
{
    [Fact]
    public void The_example_of_the_manual_gives_its_text_and_runs()
    {
        byte[] first = "ohmytext"u8.ToArray();
        byte[] second = "mynewtext"u8.ToArray();
        LongestCommonSubsequence lcs = new(first, second);

        Assert.Equal(6, lcs.Length);
        Assert.Equal("mytext", Encoding.ASCII.GetString(lcs.Text(first, second)));
        Assert.Equal([new CommonRun(4, 7, 5, 8), new CommonRun(2, 3, 0, 1)], lcs.Runs(first, second, 0));
        Assert.Equal([new CommonRun(4, 7, 5, 8)], lcs.Runs(first, second, 4));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("abc", "")]
    [InlineData("", "abc")]
    [InlineData("abc", "xyz")]
    public void Nothing_in_common_is_empty(string first, string second)
    {
        byte[] a = Encoding.ASCII.GetBytes(first);
        byte[] b = Encoding.ASCII.GetBytes(second);
        LongestCommonSubsequence lcs = new(a, b);
        Assert.Equal(0, lcs.Length);
        Assert.Empty(lcs.Text(a, b));
        Assert.Empty(lcs.Runs(a, b, 0));
    }

    [Fact]
    public void The_runs_together_are_the_text()
    {
        Random random = new(41);
        for (int round = 0; round < 200; round++)
        {
            byte[] a = RandomText(random);
            byte[] b = RandomText(random);
            LongestCommonSubsequence lcs = new(a, b);
            List<CommonRun> runs = lcs.Runs(a, b, 0);
            byte[] joined = runs.AsEnumerable().Reverse().SelectMany(run => a[run.FirstStart..(run.FirstEnd + 1)]).ToArray();
            Assert.Equal(lcs.Text(a, b), joined);
            Assert.All(runs, run => Assert.Equal(a[run.FirstStart..(run.FirstEnd + 1)], b[run.SecondStart..(run.SecondEnd + 1)]));
        }
    }

    private static byte[] RandomText(Random random)
    {
        byte[] text = new byte[random.Next(30)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (byte)('a' + random.Next(3));
        }

        return text;
    }
}

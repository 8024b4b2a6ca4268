using System.Text;
using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Tests.Persistence;

public sealed class LzfTests
{
    [Fact]
    public void Literals_are_copied()
    {
        var output = new byte[3];
        Assert.True(Lzf.TryDecompress([2, (byte)'a', (byte)'b', (byte)'c'], output));
        Assert.Equal("abc"u8, output);
    }

    [Fact]
    public void A_copy_that_overlaps_its_own_output_repeats_it()
    {
        // "a", then nine bytes from one back, in the long form: 7 + 0 + 2.
        var output = new byte[10];
        Assert.True(Lzf.TryDecompress([0, (byte)'a', 0b1110_0000, 0, 0], output));
        Assert.Equal("aaaaaaaaaa", Encoding.ASCII.GetString(output));
    }

    [Theory]
    [InlineData(new byte[] { 5, 1 }, 6, "literals beyond the end of the input")]
    [InlineData(new byte[] { 0, 1, 0b0010_0000 }, 4, "a copy without its distance")]
    [InlineData(new byte[] { 0, 1, 0b1110_0000 }, 10, "a long copy without its length")]
    [InlineData(new byte[] { 0, 1, 0b0010_0000, 1 }, 4, "a distance before the beginning")]
    [InlineData(new byte[] { 1, 1, 2 }, 1, "more output than declared")]
    [InlineData(new byte[] { 1, 1, 2 }, 3, "less output than declared")]
    public void Damaged_input_is_refused(byte[] input, int length, string what) =>
        Assert.False(Lzf.TryDecompress(input, new byte[length]), what);

    [Fact]
    public void Garbage_never_reads_or_writes_outside_its_buffers()
    {
        var random = new Random(42);
        var output = new byte[300];
        for (var round = 0; round < 20_000; round++)
        {
            var input = new byte[random.Next(0, 60)];
            random.NextBytes(input);
            Lzf.TryDecompress(input, output.AsSpan(0, random.Next(0, output.Length)));
        }
    }
}

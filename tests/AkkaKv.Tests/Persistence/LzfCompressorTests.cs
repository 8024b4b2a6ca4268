using System.Text;
using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Tests.Persistence;

public sealed class LzfCompressorTests
{
    [Fact]
    public void What_is_compressed_decompresses_to_the_same()
    {
        var random = new Random(3);
        var compressor = new LzfCompressor();
        for (var round = 0; round < 3000; round++)
        {
            // From noise to long runs, and beyond the longest distance.
            var source = new byte[random.Next(1, round % 100 == 0 ? 40_000 : 600)];
            var letters = random.Next(1, 257);
            for (var at = 0; at < source.Length; at++)
                source[at] = at > 40 && random.Next(10) > 1 ? source[at - random.Next(1, 40)] : (byte)random.Next(letters);
            var compressed = new byte[source.Length * 2];
            var length = compressor.Compress(source, compressed);
            var output = new byte[source.Length];
            Assert.True(Lzf.TryDecompress(compressed.AsSpan(0, length), output));
            Assert.Equal(source, output);
        }
    }

    [Fact]
    public void What_repeats_becomes_short()
    {
        var source = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("compress me ", 500)));
        Assert.InRange(new LzfCompressor().Compress(source, new byte[source.Length]), 1, source.Length / 40);
    }

    [Fact]
    public void What_does_not_fit_gives_nothing_and_is_never_written_beyond_its_room()
    {
        var random = new Random(4);
        var source = new byte[200];
        random.NextBytes(source);
        var compressor = new LzfCompressor();
        for (var room = 0; room < 205; room++)
        {
            var guarded = new byte[room + 1];
            guarded[room] = 0x55;
            Assert.Equal(0, compressor.Compress(source, guarded.AsSpan(0, room)));
            Assert.Equal(0x55, guarded[room]);
        }
    }
}

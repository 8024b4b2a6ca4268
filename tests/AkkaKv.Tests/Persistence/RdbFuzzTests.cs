using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Tests.Persistence;

public sealed class RdbFuzzTests
{
    private static readonly byte[] Sample = RdbSamples.EveryRecord();

    [Fact]
    public void A_file_cut_at_any_byte_is_incomplete_and_nothing_else()
    {
        for (var length = 0; length < Sample.Length; length++)
        {
            var reader = new RdbReader(new RecordingSink());
            Assert.Equal(length, reader.Feed(Sample.AsSpan(0, length)));
            Assert.False(reader.IsFinished);
            Assert.Contains("ends before", Assert.Throws<RdbFormatException>(reader.Complete).Message);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_noticed()
    {
        for (var bit = 0; bit < (Sample.Length - sizeof(ulong)) * 8; bit++)
        {
            byte[] damaged = [.. Sample];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(IsRefused(damaged), $"bit {bit} flipped and nobody noticed");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutated_files_are_loaded_or_refused_but_never_crash_the_reader(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = Sample.AsSpan(0, 200).ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                damaged[random.Next(9, damaged.Length)] = (byte)random.Next(256);
            IsRefused(damaged);
        }
    }

    [Fact]
    public void Garbage_after_a_good_header_never_crashes_the_reader()
    {
        var random = new Random(7);
        for (var round = 0; round < 50_000; round++)
        {
            var garbage = new byte[random.Next(1, 64)];
            random.NextBytes(garbage);
            IsRefused([.. "REDIS0010"u8, .. garbage]);
        }
    }

    /// <summary>Any exception other than the one for damaged files fails the test.</summary>
    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            var reader = new RdbReader(new RecordingSink());
            var used = reader.Feed(bytes);
            reader.Complete();
            return used != bytes.Length;
        }
        catch (RdbFormatException)
        {
            return true;
        }
    }
}

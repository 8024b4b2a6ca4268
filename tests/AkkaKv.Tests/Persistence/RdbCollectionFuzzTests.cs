using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Tests.Persistence;

public sealed class RdbCollectionFuzzTests
{
    private static readonly byte[][] Samples =
        [.. RdbCollections.KnownToRedis70.Concat(RdbCollections.NewerThanRedis70).Select(value => RdbSamples.Framed(value.Bytes))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Mutated_collections_are_read_or_refused_but_never_crash_the_reader(int seed)
    {
        var random = new Random(seed);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 60_000; round++)
            Read(Mutated(Samples[round % Samples.Length], random));

        // What is declared takes no memory: about the size of the input, each time, for what the test itself makes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000L * 128 * 1024);
    }

    [Fact]
    public void A_collection_cut_at_any_byte_is_incomplete_and_nothing_else()
    {
        foreach (var sample in Samples)
        {
            for (var length = 0; length < sample.Length; length++)
            {
                var reader = new RdbReader(new RecordingSink());
                reader.Feed(sample.AsSpan(0, length));
                Assert.Contains("ends before", Assert.Throws<RdbFormatException>(reader.Complete).Message);
            }
        }
    }

    private static byte[] Mutated(byte[] sample, Random random)
    {
        var bytes = sample.ToArray();
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(9, bytes.Length);
            bytes[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(bytes[at] ^ (1 << random.Next(8))),
                _ => (byte)(bytes[at] + random.Next(-2, 3)),
            };
        }

        return random.Next(8) == 0 ? bytes[..random.Next(9, bytes.Length)] : bytes;
    }

    /// <summary>Any exception other than the one for damaged files fails the test. The sink reads all it is given, to the last byte.</summary>
    private static void Read(byte[] bytes)
    {
        try
        {
            var reader = new RdbReader(new RecordingSink());
            reader.Feed(bytes);
            reader.Complete();
        }
        catch (RdbFormatException)
        {
            // Refused, as it should be.
        }
    }
}

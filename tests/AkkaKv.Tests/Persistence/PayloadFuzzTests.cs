using AkkaKv.Keyspace;
using AkkaKv.Persistence;
using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Tests.Persistence;

/// <summary>Damaged values that are loaded into a store, and then read to the last byte.</summary>
public sealed class PayloadFuzzTests
{
    private static readonly byte[][] Payloads = CreatePayloads();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_damaged_payload_is_refused_without_a_trace_or_gives_a_value_that_can_be_used(int seed)
    {
        var random = new Random(seed);
        using var store = new Store();
        var empty = store.UsedMemory;
        var taken = 0;
        for (var round = 0; round < 60_000; round++)
        {
            var payload = Mutated(Payloads[random.Next(Payloads.Length)], random);
            if (!DumpPayload.TryLoad(payload, store[0], "key"u8))
            {
                Assert.Equal(0, store[0].Count);
                continue;
            }

            taken++;
            var entry = store[0].Find("key"u8);
            DataDigest.OfValue(entry);
            var again = DumpPayload.Create(entry, compress: true);
            Assert.True(DumpPayload.IsIntact(again.Span));
            store[0].Remove("key"u8);
        }

        while (store.ReclaimCount > 0)
            store.ReclaimSome(1_000_000);
        Assert.InRange(taken, 100, 60_000);
        Assert.InRange(store.UsedMemory, 0, empty + (1 << 20));
    }

    [Fact]
    public void A_payload_with_another_checksum_or_a_newer_version_is_not_intact()
    {
        foreach (var payload in Payloads)
        {
            Assert.True(DumpPayload.IsIntact(payload));
            for (var at = 0; at < payload.Length; at++)
            {
                byte[] damaged = [.. payload];
                damaged[at] ^= 1;
                Assert.False(DumpPayload.IsIntact(damaged));
            }
        }

        Assert.False(DumpPayload.IsIntact([]));
    }

    private static byte[][] CreatePayloads()
    {
        using var store = RandomStore.Create(11, 6);
        var payloads = new List<byte[]>();
        for (var index = 0; index < store.DatabaseCount; index++)
        {
            var cursor = 0UL;
            do
            {
                cursor = store[index].Scan(cursor, ref payloads, static (ref List<byte[]> all, Entry entry) =>
                {
                    foreach (var compress in new[] { true, false })
                    {
                        var payload = DumpPayload.Create(entry, compress);
                        if (payload.Length < 2000)
                            all.Add(payload.ToArray());
                    }
                });
            }
            while (cursor != 0);
        }

        return [.. payloads];
    }

    private static byte[] Mutated(byte[] payload, Random random)
    {
        byte[] bytes = [.. payload];
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(random.Next(2) == 0 ? Math.Min(12, bytes.Length - 10) : bytes.Length - 10);
            bytes[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(bytes[at] ^ (1 << random.Next(8))),
                _ => (byte)(bytes[at] + random.Next(-2, 3)),
            };
        }

        return bytes;
    }
}

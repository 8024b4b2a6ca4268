using AkkaKv.Keyspace;
using Xunit.Abstractions;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace;

/// <summary>Keys move together when most of their neighbours are gone, and nothing else about them changes.</summary>
public sealed class CompactionTests(ITestOutputHelper output)
{
    private static double Fragmentation(Store store) => (double)store.DescribeMemory().Active / store.DescribeMemory().Used;

    private static void Compact(Store store, int passes)
    {
        for (var pass = 0; pass < passes; pass++)
        {
            for (var budget = 100; !store[0].Compact(ref budget); budget = 100)
                Assert.InRange(budget, -200, 0);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(50)]
    public void After_most_keys_are_removed_those_that_stay_need_only_their_share_of_pages(int oneStaysOf)
    {
        using var store = new Store(1);
        var random = new Random(5);
        for (var i = 0; i < 200_000; i++)
            store[0].SetString(Numbered(i), new byte[random.Next(20, 200)], i % 4 == 0 ? i + 1 : Database.NoExpiry);
        var full = store.DescribeMemory().Active;
        for (var i = 0; i < 200_000; i++)
        {
            if (random.Next(oneStaysOf) != 0)
                store[0].Remove(Numbered(i));
        }

        var (sparse, before) = (store.DescribeMemory().Active, Fragmentation(store));
        Compact(store, 1);
        output.WriteLine($"one of {oneStaysOf} stays: active {full} full, {sparse} after removal (x{before:0.00}), {store.DescribeMemory().Active} compacted (x{Fragmentation(store):0.00}), {store[0].CompactionMoves} moved");

        // Each size may have a page that is not full.
        var sizes = store.DescribeBlockSizes().Count;
        Assert.InRange(store.DescribeMemory().Active, store.UsedMemory, (store.UsedMemory * 11 / 10) + (sizes * 64 * 1024));
        store.ReleaseIdleMemory();
        Assert.Equal(store.DescribeMemory().Active, store.DescribeMemory().Resident);
    }

    [Fact]
    public void Keys_values_expiries_and_clocks_stay_as_they_were()
    {
        using var store = new Store(1, 7, guarded: true);
        var random = new Random(6);
        for (var i = 0; i < 5000; i++)
            store[0].SetString(Numbered(i), Bytes(i, random.Next(100, 107)), i % 3 == 0 ? 100_000 + i : Database.NoExpiry).AccessClock = (uint)i;
        var lengths = Enumerable.Range(0, 5000).Select(i => store[0].Find(Numbered(i)).StringValue.Length).ToArray();
        for (var i = 0; i < 5000; i++)
        {
            if (i % 10 != 3)
                store[0].Remove(Numbered(i));
        }

        Compact(store, 3);
        Assert.True(store[0].CompactionMoves > 300);
        for (var i = 3; i < 5000; i += 10)
        {
            var entry = store[0].Find(Numbered(i));
            Assert.Equal(Bytes(i, lengths[i]), entry.StringValue.ToArray());
            Assert.Equal(i % 3 == 0 ? 100_000 + i : Database.NoExpiry, entry.ExpireAtMs);
            Assert.Equal((uint)i, entry.AccessClock);
        }

        var expired = 0;
        store[0].ExpireSome(200_000, int.MaxValue, ref expired, static (ref int count, Entry entry) => count++);
        Assert.Equal(store[0].ExpiringCount, expired);
        for (var i = 3; i < 5000; i += 10)
            Assert.True(store[0].Remove(Numbered(i)));
        Assert.Equal(0, store.UsedMemory);
    }

    [Fact]
    public void A_full_database_stays_where_it_is()
    {
        using var store = new Store(1);
        for (var i = 0; i < 20_000; i++)
            store[0].SetString(Numbered(i), new byte[50], Database.NoExpiry);
        Compact(store, 2);
        Assert.InRange(store[0].CompactionMoves, 0, 700);
    }

    [Fact]
    public void A_flush_in_the_middle_of_a_pass_begins_a_new_one()
    {
        using var store = new Store(1, 7, guarded: true);
        for (var i = 0; i < 5000; i++)
            store[0].SetString(Numbered(i), new byte[50], Database.NoExpiry);
        var budget = 100;
        Assert.False(store[0].Compact(ref budget));
        store.Clear();
        budget = 100;
        Assert.True(store[0].Compact(ref budget));
        Assert.Equal(0, store.UsedMemory);
    }

    private static byte[] Bytes(int seed, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * seed))];
}

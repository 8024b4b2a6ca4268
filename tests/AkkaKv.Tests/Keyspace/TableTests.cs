using System.Numerics;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Table;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace;

public sealed class TableTests : IDisposable
{
    private readonly Store _store = new(1, hashSeed: 31);
    private readonly Database _database;

    public TableTests()
    {
        _database = _store[0];
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void No_single_change_moves_more_than_a_few_buckets()
    {
        var table = _database.Contents.Table;
        var movedBefore = 0UL;
        var resizes = 0;
        for (var i = 0; i < 400_000; i++)
        {
            // Up to 200,000 keys, then down to none.
            if (i < 200_000)
                _database.SetString(Numbered(i), "v"u8, Database.NoExpiry);
            else
                _database.Remove(Numbered(i - 200_000));
            var moved = MovedBuckets(table);
            if (moved < movedBefore)
                resizes++;
            else
                Assert.InRange(moved - movedBefore, 0UL, 34UL);
            movedBefore = moved;
        }

        Assert.InRange(resizes, 10, 60);
        Assert.Equal(0, _store.UsedMemory);
    }

    [Fact]
    public void A_shrinking_table_gives_its_memory_back()
    {
        for (var i = 0; i < 200_000; i++)
            _database.SetString(Numbered(i), "v"u8, Database.NoExpiry);
        for (var i = 0; i < 199_000; i++)
            _database.Remove(Numbered(i));
        _database.ContinueResize(int.MaxValue);
        Assert.False(_database.IsResizing);
        Assert.InRange(BucketCount(_database.Contents.Table), 128, 1024);
        Assert.InRange(_store.UsedMemory, 0, 200_000);
    }

    [Fact]
    public void A_table_with_room_reserved_does_not_resize()
    {
        _database.Reserve(100_000);
        for (var i = 0; i < 100_000; i++)
        {
            _database.SetString(Numbered(i), "v"u8, Database.NoExpiry);
            Assert.False(_database.IsResizing);
        }

        _database.Reserve(10_000_000);
        Assert.Equal("v", Text(_database.Find(Numbered(77_777)).StringValue));
    }

    [Fact]
    public void Room_reserved_for_a_number_from_outside_takes_little_memory()
    {
        _database.Reserve(long.MaxValue);
        Assert.InRange(_store.UsedMemory, 1, 1024 * 1024);
        _database.SetString("key"u8, "v"u8, Database.NoExpiry);
        Assert.True(_database.Find("key"u8).Exists);
        Assert.True(_database.RandomEntry(5).Exists);
        Assert.True(_database.Remove("key"u8));
        Assert.Equal(0, _store.UsedMemory);
        _database.Reserve(-1);
        Assert.Equal(0, _store.UsedMemory);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(1000, 0)]
    [InlineData(1700, 0)]
    [InlineData(3400, 0)]
    [InlineData(20_000, 19_900)]
    [InlineData(100_000, 99_700)]
    public void A_random_key_is_each_about_equally_likely(int added, int removed)
    {
        for (var i = 0; i < added; i++)
            _database.SetString(Numbered(i), "v"u8, Database.NoExpiry);
        for (var i = 0; i < removed; i++)
            _database.Remove(Numbered(i));
        var keys = added - removed;
        var random = new Random(added);
        var counts = new Dictionary<string, int>();
        const int perKey = 100;
        for (var i = 0; i < keys * perKey; i++)
        {
            var key = Text(_database.RandomEntry((ulong)random.NextInt64()).Key);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(keys, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, perKey / 3, perKey * 2));
    }

    [Fact]
    public void Hashes_of_similar_keys_fill_buckets_and_tags_evenly()
    {
        const int keys = 1 << 18;
        const int buckets = 1 << 12;
        foreach (var format in new[] { "{0}", "key:{0:D12}", "user:{0}:session", "{0:x16}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a{0}" })
        {
            var hasher = new KeyHasher(5);
            var perBucket = new int[buckets];
            var perTag = new int[256];
            for (var i = 0; i < keys; i++)
            {
                var hash = hasher.Hash(Of(string.Format(null, format, i)));
                perBucket[hash & (buckets - 1)]++;
                perTag[Bucket.TagOf(hash)]++;
            }

            // Of an even hash the sum is distributed as chi-square with (cells - 1) degrees of freedom; six standard deviations are allowed.
            AssertEven(perBucket, keys);
            perTag[1] -= keys / 256;
            AssertEven(perTag[1..], keys * 255L / 256);
        }
    }

    [Fact]
    public void Every_bit_of_a_key_changes_about_half_of_the_hash()
    {
        var random = new Random(1);
        for (var length = 1; length <= 70; length++)
        {
            var key = new byte[length];
            var flips = 0.0;
            const int trials = 40;
            for (var trial = 0; trial < trials; trial++)
            {
                random.NextBytes(key);
                var hasher = new KeyHasher((ulong)trial);
                var hash = hasher.Hash(key);
                var bit = random.Next(length * 8);
                key[bit >> 3] ^= (byte)(1 << (bit & 7));
                flips += BitOperations.PopCount(hash ^ hasher.Hash(key));
            }

            Assert.InRange(flips / trials, 27, 37);
        }
    }

    [Fact]
    public void Keys_of_zeros_differ_by_their_length_and_seeds_give_other_hashes()
    {
        var hasher = new KeyHasher(1);
        var zeros = new byte[200];
        var hashes = Enumerable.Range(0, 200).Select(length => hasher.Hash(zeros.AsSpan(0, length))).ToHashSet();
        Assert.Equal(200, hashes.Count);
        Assert.NotEqual(hasher.Hash("key"u8), new KeyHasher(2).Hash("key"u8));
        Assert.Equal(hasher.Hash("key"u8), new KeyHasher(1).Hash("key"u8));
    }

    private static void AssertEven(int[] cells, long total)
    {
        var expected = (double)total / cells.Length;
        var chiSquare = cells.Sum(count => (count - expected) * (count - expected) / expected);
        var freedom = cells.Length - 1;
        Assert.InRange(chiSquare, 0, freedom + (6 * Math.Sqrt(2.0 * freedom)));
    }

    private static unsafe ulong MovedBuckets(HashTable table) => table.Root->MovedBuckets;

    private static unsafe long BucketCount(HashTable table) => table.Root->Main.BucketCount;
}

using AkkaKv.Keyspace;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace;

public sealed class ExpiryTests : IDisposable
{
    private readonly Store _store = new(1, hashSeed: 21, guarded: true);
    private readonly Database _database;

    public ExpiryTests()
    {
        _database = _store[0];
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Exactly_the_expired_keys_are_found_among_many_that_are_not()
    {
        for (var i = 0; i < 20_000; i++)
            _database.SetString(Numbered(i), "v"u8, i % 2 == 0 ? Database.NoExpiry : 1000 + (i * 7919 % 20_000));

        var expected = Enumerable.Range(0, 20_000).Where(i => i % 2 == 1 && 1000 + (i * 7919 % 20_000) < 5000).Select(i => Text(Numbered(i)));
        Assert.Equal(expected.Order(), Expired(5000, int.MaxValue).Order());
        Assert.Equal(10_000, _database.ExpiringCount);
    }

    [Fact]
    public void A_bounded_search_finds_all_in_several_calls_when_the_visitor_removes_them()
    {
        for (var i = 0; i < 5000; i++)
            _database.SetString(Numbered(i), "v"u8, 100 + i);

        var calls = 0;
        while (RemoveExpired(4000, 64) > 0)
            calls++;
        Assert.Equal((3900 + 63) / 64, calls);
        Assert.Equal(1100, _database.Count);
        Assert.Equal(1100, _database.ExpiringCount);
        Assert.Equal(4000, _database.NextExpireAtMs);
    }

    [Fact]
    public void Keys_that_the_visitor_leaves_are_visited_again()
    {
        for (var i = 0; i < 100; i++)
            _database.SetString(Numbered(i), "v"u8, 5);
        Assert.Equal(10, Expired(6, 10).Distinct().Count());
        Assert.Equal(100, Expired(6, 1000).Distinct().Count());
        Assert.Empty(Expired(5, 1000));
        Assert.Empty(Expired(6, 0));
        Assert.Empty(Expired(6, -1));
    }

    [Fact]
    public void Changing_and_clearing_expiries_keeps_the_order_and_the_count_exact()
    {
        var random = new Random(3);
        var model = new Dictionary<int, long>();
        for (var i = 0; i < 50_000; i++)
        {
            var number = random.Next(6000);
            long expireAtMs = random.Next(3) == 0 ? Database.NoExpiry : random.Next(1_000_000);
            if (random.Next(2) == 0)
                _database.SetString(Numbered(number), "v"u8, expireAtMs);
            else if (!_database.SetExpiry(Numbered(number), expireAtMs))
                continue;
            if (expireAtMs == Database.NoExpiry)
                model.Remove(number);
            else
                model[number] = expireAtMs;
            Assert.Equal(model.Count, _database.ExpiringCount);
        }

        foreach (var (number, expireAtMs) in model.OrderBy(pair => pair.Value))
        {
            Assert.Equal(expireAtMs, _database.NextExpireAtMs);
            if (number % 2 == 0)
                Assert.True(_database.Remove(Numbered(number)));
            else
                Assert.True(_database.SetExpiry(Numbered(number), Database.NoExpiry));
        }

        Assert.Equal(0, _database.ExpiringCount);
        Assert.Equal(0, _store[0].Contents.Expiry.Bytes);
    }

    [Fact]
    public void Expiries_before_the_epoch_are_expired()
    {
        _database.SetString("key"u8, "v"u8, -5);
        Assert.Single(Expired(0, 10));
        Assert.True(_database.Find("key"u8).IsExpired(-4));
    }

    [Fact]
    public void A_random_expiring_key_is_each_equally_likely()
    {
        for (var i = 0; i < 100; i++)
            _database.SetString(Numbered(i), "v"u8, i % 4 == 0 ? i + 1 : Database.NoExpiry);
        var random = new Random(5);
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 25_000; i++)
        {
            var key = Text(_database.RandomExpiringEntry((ulong)random.NextInt64() << 1).Key);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(25, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 800, 1200));
    }

    private List<string> Expired(long nowMs, int maxKeys)
    {
        var found = new List<string>();
        var count = _database.ExpireSome(nowMs, maxKeys, ref found, static (ref List<string> all, Entry entry) => all.Add(Text(entry.Key)));
        Assert.Equal(found.Count, count);
        return found;
    }

    private int RemoveExpired(long nowMs, int maxKeys)
    {
        var database = _database;
        return database.ExpireSome(nowMs, maxKeys, ref database, static (ref Database target, Entry entry) => target.Remove(entry.Key));
    }
}

using AkkaKv.Keyspace;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace;

public sealed class ScanTests : IDisposable
{
    private readonly Store _store = new(1, hashSeed: 11, guarded: true);
    private readonly Database _database;
    private readonly HashSet<string> _seen = [];
    private int _visits;

    public ScanTests()
    {
        _database = _store[0];
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void An_empty_database_is_scanned_in_one_step()
    {
        Assert.Equal(0UL, ScanOnce(0));
        Assert.Equal(0UL, ScanOnce(123456));
        Assert.Empty(_seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(50_000)]
    public void While_nothing_changes_every_key_is_visited_exactly_once(int count)
    {
        Add(0, count);
        while (_database.ContinueResize(100))
        {
        }

        var steps = ScanAll(() => { });
        Assert.Equal(count, _seen.Count);
        Assert.Equal(count, _visits);
        Assert.InRange(steps, 1, Math.Max(count, 1));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1500)]
    [InlineData(30_000)]
    public void In_the_middle_of_a_resize_every_key_is_visited_exactly_once(int atLeast)
    {
        var count = atLeast;
        Add(0, count);
        for (; !_database.IsResizing && count < atLeast * 3; count++)
            Add(count, count + 1);
        ScanAll(() => { });
        Assert.Equal(count, _seen.Count);
        Assert.Equal(count, _visits);
    }

    [Theory]
    [InlineData(10, 20_000)]
    [InlineData(500, 20_000)]
    [InlineData(5_000, 60_000)]
    public void While_the_table_grows_no_key_is_missed(int count, int added)
    {
        Add(0, count);
        var next = count;
        ScanAll(() =>
        {
            if (next < added)
                Add(next, next += 37);
        });
        AssertSeen(0, count);
    }

    [Theory]
    [InlineData(20_000, 10)]
    [InlineData(20_000, 700)]
    [InlineData(60_000, 1)]
    public void While_the_table_shrinks_no_key_is_missed(int count, int kept)
    {
        Add(0, count);
        var next = count;
        ScanAll(() =>
        {
            for (var i = 0; i < 61 && next > kept; i++)
                Assert.True(_database.Remove(Numbered(--next)));
        });
        AssertSeen(0, kept);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Whatever_changes_meanwhile_keys_that_stay_are_visited(int seed)
    {
        const int staying = 400;
        var random = new Random(seed);
        Add(0, staying);
        var first = staying;
        var last = staying;
        var growing = true;
        var steps = ScanAll(() =>
        {
            // Waves of other keys make the table grow and shrink several times during one scan; values of keys that stay change too.
            if (random.Next(40) == 0)
                growing = !growing;
            for (var i = random.Next(200); i > 0; i--)
            {
                if (growing && last - first < 30_000)
                    Add(last, ++last);
                else if (first < last)
                    Assert.True(_database.Remove(Numbered(first++)));
            }

            _database.SetString(Numbered(random.Next(staying)), new byte[random.Next(300)], random.Next(2) == 0 ? 5 : Database.NoExpiry);
        });
        AssertSeen(0, staying);
        Assert.InRange(steps, 1, 70_000);
    }

    [Fact]
    public void A_cursor_of_any_value_is_harmless()
    {
        Add(0, 5000);
        var random = new Random(9);
        for (var i = 0; i < 1000; i++)
            ScanOnce((ulong)random.NextInt64() * 2654435761);
    }

    private void Add(int from, int to)
    {
        for (var i = from; i < to; i++)
            _database.SetString(Numbered(i), "value"u8, Database.NoExpiry);
    }

    private int ScanAll(Action betweenSteps)
    {
        var steps = 0;
        var cursor = 0UL;
        do
        {
            cursor = ScanOnce(cursor);
            steps++;
            betweenSteps();
        }
        while (cursor != 0);
        return steps;
    }

    private ulong ScanOnce(ulong cursor)
    {
        var self = this;
        return _database.Scan(cursor, ref self, static (ref ScanTests test, Entry entry) =>
        {
            test._visits++;
            test._seen.Add(Text(entry.Key));
        });
    }

    private void AssertSeen(int from, int to)
    {
        for (var i = from; i < to; i++)
            Assert.Contains(Text(Numbered(i)), _seen);
    }
}

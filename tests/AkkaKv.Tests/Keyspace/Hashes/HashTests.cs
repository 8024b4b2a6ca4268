using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Hashes;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Hashes;

public sealed class HashTests
{
    [Theory]
    [InlineData(1, 10, 30_000)]
    [InlineData(2, 100, 30_000)]
    [InlineData(3, 1_000, 30_000)]
    [InlineData(4, 30_000, 60_000)]
    public void Random_operations_agree_with_plain_dictionaries(int seed, int fieldCount, int operations)
    {
        using var run = new ModelledHashes(seed, fieldCount);
        run.Store.Limits.HashMaxListpackEntries = seed * 16;
        for (var i = 0; i < operations; i++)
        {
            run.Step();
            if (i % (operations / 20) == 0)
                run.CheckAll();
        }

        run.CheckAll();
        run.RemoveAll();
    }

    [Fact]
    public void A_hash_becomes_a_table_with_one_field_or_byte_too_many_and_stays_one()
    {
        using var run = new ModelledHashes(1, 1);
        for (var i = 0; i < 512; i++)
        {
            run.Set(0, "many", $"f{i}", "v");
            Assert.True(run.Store[0].Find("many"u8).IsCompact);
        }

        run.Set(0, "many", "f0", "changed");
        Assert.True(run.Store[0].Find("many"u8).IsCompact);
        run.Set(0, "many", "one more", "v");
        Assert.False(run.Store[0].Find("many"u8).IsCompact);
        run.RemoveField(0, "many", "one more");
        Assert.False(run.Store[0].Find("many"u8).IsCompact);

        run.Set(0, "value", "f", new string('v', 64));
        Assert.True(run.Store[0].Find("value"u8).IsCompact);
        run.Set(0, "value", "f", new string('v', 65));
        Assert.False(run.Store[0].Find("value"u8).IsCompact);

        run.Set(0, "field", new string('f', 64), "v");
        Assert.True(run.Store[0].Find("field"u8).IsCompact);
        run.Set(0, "field", new string('g', 65), "v");
        Assert.False(run.Store[0].Find("field"u8).IsCompact);
        run.CheckAll();
        run.RemoveAll();
    }

    [Theory]
    [InlineData(20)]
    [InlineData(5_000)]
    public void Each_field_is_drawn_at_random_about_equally_often(int count)
    {
        using var store = new Store(1, 3);
        var editor = store[0].CreateHash("hash"u8);
        for (var i = 0; i < count; i++)
            editor.Set(Numbered(i), "v"u8);
        var draws = new Dictionary<string, int>();
        var random = new Random(5);
        for (var i = 0; i < count * 100; i++)
        {
            var name = ModelledHashes.Text(editor.View.Random((ulong)random.NextInt64(long.MinValue, long.MaxValue)).Name);
            draws[name] = draws.GetValueOrDefault(name) + 1;
        }

        Assert.Equal(count, draws.Count);
        Assert.All(draws.Values, drawn => Assert.InRange(drawn, 40, 180));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Scanning_misses_no_field_that_stays_whatever_changes_meanwhile(int seed)
    {
        using var store = new Store(1, (ulong)seed);
        var random = new Random(seed);
        var editor = store[0].CreateHash("hash"u8);
        for (var i = 0; i < 2_000; i++)
            editor.Set(Of($"stays{i}"), "v"u8);
        var seen = new HashSet<string>();
        var cursor = 0UL;
        do
        {
            cursor = editor.View.Scan(cursor, ref seen, static (ref HashSet<string> all, HashField field) => all.Add(ModelledHashes.Text(field.Name)));
            for (var i = 0; i < 20; i++)
            {
                var field = Of($"other{random.Next(10_000)}");
                if (seen.Count % 1000 < 700)
                    editor.Set(field, "x"u8);
                else
                    editor.Remove(field);
            }
        }
        while (cursor != 0);
        for (var i = 0; i < 2_000; i++)
            Assert.Contains($"stays{i}", seen);
    }

    [Fact]
    public void A_snapshot_gives_hashes_as_they_were()
    {
        using var run = new ModelledHashes(9, 3_000);
        for (var i = 0; i < 20_000; i++)
            run.Step();
        var expected = run.Models.Select(model => model.ToDictionary(pair => pair.Key, pair => new Dictionary<string, string>(pair.Value))).ToArray();
        var snapshot = run.Store.TryBeginSnapshot()!;
        for (var i = 0; i < 3_000; i++)
            run.Step();
        var state = (run.Store, expected);
        while (!snapshot.IsFinished)
        {
            snapshot.Continue(5, ref state, static (ref (Store Store, Dictionary<string, Dictionary<string, string>>[] Expected) it, int index, Entry entry) =>
            {
                var seen = new Dictionary<string, string>();
                foreach (var field in it.Store[index].ReadHash(entry))
                    seen.Add(ModelledHashes.Text(field.Name), ModelledHashes.Text(field.Value));
                Assert.True(it.Expected[index].Remove(Text(entry.Key), out var model));
                Assert.Equal(model.OrderBy(pair => pair.Key), seen.OrderBy(pair => pair.Key));
            });
            run.Step();
        }

        Assert.All(expected, model => Assert.Empty(model));
        Assert.Equal(0, run.Store.SnapshotMemory);
        run.CheckAll();
        run.RemoveAll();
    }

    [Fact]
    public void What_a_hash_takes_is_what_the_memory_shows()
    {
        using var store = new Store(1, 1);
        var editor = store[0].CreateHash("hash"u8);
        for (var i = 0; i < 20_000; i++)
        {
            editor.Set(Numbered(i), new byte[i % 300]);
            if (i % 1_000 == 999)
                Assert.InRange(store[0].Find("hash"u8).MemoryUsage, store.UsedMemory * 0.9, store.UsedMemory);
        }

        for (var i = 0; i < 19_000; i++)
            editor.Remove(Numbered(i));
        Assert.InRange(store[0].Find("hash"u8).MemoryUsage, store.UsedMemory * 0.9, store.UsedMemory);
    }

    [Fact]
    public void Reading_and_changing_allocates_nothing_managed()
    {
        using var store = new Store(1, 1);
        var fields = Enumerable.Range(0, 600).Select(i => Of($"field{i}")).ToArray();
        Assert.Equal(600 * (5 + 2), Exercise(store, fields));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = 0;
        for (var round = 0; round < 20; round++)
            sum += Exercise(store, fields);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(20 * 600 * (5 + 2), sum);
    }

    private static int Exercise(Store store, byte[][] fields)
    {
        var database = store[0];
        var editor = database.CreateHash("hash"u8);
        foreach (var field in fields)
            editor.Set(field, "12345"u8);
        var sum = 0;
        foreach (var field in database.ReadHash(database.Find("hash"u8)))
            sum += field.Value.Length;
        foreach (var field in fields)
            sum += (editor.View.Contains(field) ? 1 : 0) + (editor.Remove(field) ? 1 : 0);
        database.Remove("hash"u8);
        return sum;
    }
}

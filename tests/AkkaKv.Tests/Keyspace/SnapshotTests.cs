using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Snapshots;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace;

public sealed class SnapshotTests
{
    [Theory]
    [InlineData(1, 50, 20_000)]
    [InlineData(2, 500, 60_000)]
    [InlineData(3, 5_000, 120_000)]
    [InlineData(4, 20_000, 120_000)]
    public void Snapshots_that_walk_during_random_operations_give_the_moment_they_began(int seed, int keyCount, int operations)
    {
        using var model = new ModelledStore(seed, keyCount);
        var random = new Random(seed);
        List<ExpectedSnapshot> walking = [];
        var finished = 0;
        for (var i = 0; i < operations; i++)
        {
            model.Step(random.Next(3));
            if (walking.Count < 3 && random.Next(keyCount) == 0)
                walking.Add(new ExpectedSnapshot(model.Store, model.Models));
            if (walking.Count == 0 || random.Next(4) != 0)
                continue;
            var snapshot = walking[random.Next(walking.Count)];
            if (random.Next(2_000) == 0)
                snapshot.Abandon();
            if (!snapshot.Continue(random.Next(1, 4)))
                continue;
            walking.Remove(snapshot);
            finished++;
        }

        foreach (var snapshot in walking)
            snapshot.Finish();
        Assert.True(finished + walking.Count > 2);
        Assert.Equal(0, model.Store.SnapshotMemory);
        model.CheckAll();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_table_that_grows_and_shrinks_during_the_walk_hides_nothing_and_shows_nothing_twice(int steps)
    {
        using var store = Filled(20_000);
        var early = new ExpectedSnapshot(store);
        for (var i = 20_000; i < 200_000; i++)
        {
            store[0].SetString(Numbered(i), "new"u8, Database.NoExpiry);
            if (i % 60 == 0)
                early.Continue(steps);
        }

        var late = new ExpectedSnapshot(store);
        for (var i = 199_999; i >= 100; i--)
        {
            store[0].Remove(Numbered(i));
            if (i % 30 == 0)
                late.Continue(steps);
        }

        early.Finish();
        late.Finish();
        Assert.Equal(0, store.SnapshotMemory);
    }

    [Fact]
    public void A_flush_during_the_walk_leaves_the_snapshot_everything_until_it_is_done()
    {
        using var store = Filled(5_000);
        var snapshot = new ExpectedSnapshot(store);
        snapshot.Continue(100);
        var before = store.UsedMemory;
        store.ClearDetached().Dispose();
        store[0].SetString("later"u8, "x"u8, Database.NoExpiry);
        Assert.InRange(store.SnapshotMemory, before / 2, before);
        var second = new ExpectedSnapshot(store);
        store[0].Clear();
        snapshot.Finish();
        second.Finish();
        Assert.Equal(0, store.SnapshotMemory);
        Assert.Equal(0, store.UsedMemory);
    }

    [Fact]
    public void Databases_that_are_swapped_keep_the_numbers_that_they_had()
    {
        using var store = Filled(3_000);
        store[1].SetString("other"u8, "x"u8, 99);
        var snapshot = new ExpectedSnapshot(store);
        snapshot.Continue(5);
        store.Swap(0, 1);
        store[1].Remove(Numbered(2_999));
        store[0].SetString("other"u8, "changed"u8, Database.NoExpiry);
        snapshot.Continue(100);
        store.Swap(1, 2);
        snapshot.Finish();
    }

    [Fact]
    public void Keys_that_are_renamed_moved_or_get_an_expiry_appear_as_they_were()
    {
        using var store = Filled(2_000);
        var snapshot = new ExpectedSnapshot(store);
        for (var i = 0; i < 2_000; i++)
        {
            switch (i % 4)
            {
                case 0:
                    store[0].Rename(Numbered(i), Numbered(i + 1));
                    break;
                case 2:
                    store[0].MoveTo(Numbered(i), store[2]);
                    break;
                case 3:
                    store[0].SetExpiry(Numbered(i), 12_345);
                    store[0].ResizeString(Numbered(i), 3)[0] = (byte)'!';
                    break;
            }

            if (i % 20 == 0)
                snapshot.Continue(1);
        }

        snapshot.Finish();
    }

    [Fact]
    public void The_contents_of_another_store_do_not_disturb_a_snapshot()
    {
        using var store = Filled(2_000);
        using var other = Filled(10);
        var snapshot = new ExpectedSnapshot(store);
        store.Adopt(other);
        store[0].SetString(Numbered(5), "changed"u8, Database.NoExpiry);
        snapshot.Finish();
        Assert.Equal(0, store.SnapshotMemory);
        Assert.Equal(10, store[0].Count);
    }

    [Fact]
    public void An_abandoned_snapshot_keeps_nothing_and_makes_room_for_another_when_it_is_done()
    {
        using var store = Filled(2_000);
        var all = Enumerable.Range(0, StoreSnapshot.CountMax).Select(_ => store.TryBeginSnapshot()!).ToList();
        Assert.Null(store.TryBeginSnapshot());
        store[0].SetString(Numbered(1), "changed"u8, Database.NoExpiry);
        var kept = store.SnapshotMemory;
        all[0].Abandon();
        Assert.InRange(store.SnapshotMemory, 1, kept - 1);
        Assert.Null(store.TryBeginSnapshot());
        all[0].Dispose();
        var next = new ExpectedSnapshot(store);
        foreach (var snapshot in all)
            snapshot.Dispose();
        next.Finish();
        Assert.Equal(0, store.SnapshotMemory);
    }

    [Fact]
    public void A_disposed_store_ends_its_snapshots()
    {
        var store = Filled(100);
        var snapshot = store.TryBeginSnapshot()!;
        store[0].Remove(Numbered(1));
        store.Dispose();
        Assert.True(snapshot.IsFinished);
        snapshot.Dispose();
    }

    [Fact]
    public void Changes_allocate_nothing_managed_and_with_a_snapshot_only_for_its_pages()
    {
        using var store = Filled(5_000, guarded: false);

        // The runtime itself may allocate now and then, so the best of some rounds counts.
        Assert.Equal(0, Enumerable.Range(0, 10).Select(_ => Allocated(Change)).Min());
        using var snapshot = store.TryBeginSnapshot()!;
        Assert.InRange(Allocated(Change), 0, 2_000);
        Assert.Equal(0, Enumerable.Range(0, 10).Select(_ => Allocated(Change)).Min());

        void Change()
        {
            Span<byte> key = stackalloc byte[16];
            for (var i = 0; i < 2_000; i++)
            {
                System.Text.Encoding.ASCII.GetBytes("key:000000000000", key);
                System.Buffers.Text.Utf8Formatter.TryFormat(i, key[4..], out _, new System.Buffers.StandardFormat('D', 12));
                store[0].SetString(key, "changed"u8, i % 2 == 0 ? 100 : Database.NoExpiry);
            }
        }
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Store Filled(int keyCount, bool guarded = true)
    {
        var store = new Store(3, 1, guarded);
        for (var i = 0; i < keyCount; i++)
            store[0].SetString(Numbered(i), Of($"value {i}"), i % 3 == 0 ? 1_000_000 + i : Database.NoExpiry);
        return store;
    }

    /// <summary>A snapshot beside a plain copy of what it must give; each visited key is struck off.</summary>
    private sealed class ExpectedSnapshot
    {
        private readonly StoreSnapshot _snapshot;
        private readonly Dictionary<string, ModelledValue>[] _left;
        private bool _isAbandoned;

        public ExpectedSnapshot(Store store, Dictionary<string, ModelledValue>[] models)
        {
            _left = [.. models.Select(model => new Dictionary<string, ModelledValue>(model))];
            _snapshot = store.TryBeginSnapshot()!;
            for (var index = 0; index < _left.Length; index++)
            {
                Assert.Equal(_left[index].Count, _snapshot.KeyCount(index));
                Assert.Equal(_left[index].Values.Count(value => value.ExpireAtMs != Database.NoExpiry), _snapshot.ExpiringCount(index));
            }
        }

        public ExpectedSnapshot(Store store)
            : this(store, Read(store))
        {
        }

        public void Abandon()
        {
            _snapshot.Abandon();
            _isAbandoned = true;
        }

        public bool Continue(int steps)
        {
            var self = this;
            if (!_snapshot.Continue(steps, ref self, static (ref ExpectedSnapshot it, int database, Entry entry) => it.Strike(database, entry)))
                return false;
            Assert.True(_isAbandoned || _left.All(left => left.Count == 0));
            _snapshot.Dispose();
            return true;
        }

        public void Finish()
        {
            while (!Continue(50))
            {
                // Goes on to the end.
            }
        }

        private void Strike(int database, Entry entry)
        {
            Assert.False(_isAbandoned);
            Assert.True(_left[database].Remove(Text(entry.Key), out var expected), "a key that was not there, or twice");
            Assert.Equal(expected, new ModelledValue(Text(entry.StringValue), entry.ExpireAtMs));
        }

        private static Dictionary<string, ModelledValue>[] Read(Store store)
        {
            var all = new Dictionary<string, ModelledValue>[store.DatabaseCount];
            for (var index = 0; index < all.Length; index++)
            {
                all[index] = [];
                for (var cursor = store[index].Scan(0, ref all[index], Add); cursor != 0;)
                    cursor = store[index].Scan(cursor, ref all[index], Add);
            }

            return all;
        }

        private static void Add(ref Dictionary<string, ModelledValue> all, Entry entry) =>
            all[Text(entry.Key)] = new ModelledValue(Text(entry.StringValue), entry.ExpireAtMs);
    }
}

using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Snapshots;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Sets;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Values;

public sealed class SetTests : IDisposable
{
    private readonly Store _store = new(1, 1, guarded: true);

    private Database Database => _store[0];

    [Theory]
    [InlineData(1, 40, 512, 6_000)]
    [InlineData(2, 300, 512, 6_000)]
    [InlineData(3, 3_000, 512, 6_000)]
    [InlineData(4, 3_000, 20, 6_000)]
    [InlineData(5, 200, 0, 6_000)]
    public void Random_operations_agree_with_plain_sets(int seed, int memberCount, long maxIntsetEntries, int operations)
    {
        using var run = new ModelledSets(seed, memberCount, maxIntsetEntries);
        for (var i = 0; i < operations; i++)
            run.Step();
        run.CheckAll();
        run.Drain();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void A_snapshot_that_walks_during_random_operations_gives_the_moment_it_began(int seed, bool inParts)
    {
        using var run = new ModelledSets(seed, 500, 512);
        for (var i = 0; i < 60; i++)
        {
            for (var steps = 0; steps < 40; steps++)
                run.Step();
            using var snapshot = run.Store.TryBeginSnapshot(inParts)!;
            var state = (Run: run, Left: run.Copy());
            while (!snapshot.Continue(1, ref state, Strike, StrikePart))
                run.Step();
            Assert.All(state.Left, left => Assert.Empty(left));
        }
    }

    [Fact]
    public void A_set_is_one_of_integers_until_it_has_too_many_or_another_member()
    {
        var set = Database.CreateSet("a"u8);
        for (var i = 0; i < 512; i++)
            set.Add(Of($"{i}"));
        Assert.True(set.View.IsIntset);
        set.Add("512"u8);
        Assert.False(set.View.IsIntset);
        Assert.False(set.View.IsCompact);

        var small = Database.CreateSet("b"u8);
        small.Add("1"u8);
        Assert.True(small.View.IsIntset);
        small.Add("01"u8);
        Assert.False(small.View.IsIntset);
        Assert.True(small.View.IsCompact);
        small.Remove("01"u8);
        Assert.False(small.View.IsIntset);
        Assert.True(small.View.Contains("1"u8));
    }

    [Theory]
    [InlineData(128, 64, true)]
    [InlineData(129, 64, false)]
    [InlineData(2, 65, false)]
    public void A_small_set_of_short_members_is_compact(int count, int length, bool isCompact)
    {
        var set = Database.CreateSet("a"u8);
        for (var i = 0; i < count; i++)
            set.Add(Of($"{i}".PadLeft(length, 'x')));
        Assert.Equal(isCompact, set.View.IsCompact);
        Assert.Equal(count, set.View.Count);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1_000)]
    public void Each_member_is_drawn_about_equally_often(int count)
    {
        var set = Database.CreateSet("a"u8);
        for (var i = 0; i < count; i++)
            set.Add(Of($"m{i}"));
        var random = new Random(1);
        var drawn = new Dictionary<string, int>();
        for (var i = 0; i < count * 500; i++)
        {
            var member = Text(set.View.Random((ulong)random.NextInt64(long.MinValue, long.MaxValue)).Text);
            drawn[member] = drawn.GetValueOrDefault(member) + 1;
        }

        Assert.Equal(count, drawn.Count);
        Assert.All(drawn.Values, times => Assert.InRange(times, 350, 650));
    }

    [Fact]
    public void A_large_set_that_is_removed_is_freed_little_by_little()
    {
        var set = Database.CreateSet("a"u8);
        for (var i = 0; i < 10_000; i++)
            set.Add(Of($"m{i}"));
        var full = Database.UsedMemory;
        Database.Remove("a"u8);
        Assert.Equal(0, Database.Count);
        Assert.InRange(Database.UsedMemory, full / 2, full);
        for (var budget = 100_000; budget > 0;)
        {
            if (Database.Contents.Reclaimer.FreeSome(ref budget))
                break;
        }

        Assert.Equal(0, Database.UsedMemory);
    }

    [Fact]
    public void A_built_set_that_is_not_stored_leaves_nothing_behind()
    {
        using (var result = Database.BuildSet())
        {
            for (var i = 0; i < 50; i++)
                result.Editor.Add(Of($"m{i}"));
        }

        Assert.Equal(0, Database.UsedMemory);
    }

    public void Dispose() => _store.Dispose();

    private static void Strike(ref (ModelledSets Run, Dictionary<string, SortedSet<string>>[] Left) state, int database, Entry entry)
    {
        Assert.True(state.Left[database].Remove(Text(entry.Key), out var expected), "a key that was not there, or twice");
        Assert.Equal(expected, state.Run.Members(database, entry), StringComparer.Ordinal);
    }

    private static void StrikePart(ref (ModelledSets Run, Dictionary<string, SortedSet<string>>[] Left) state, int database, in SnapshotPart part)
    {
        var key = Text(part.Key.Key);
        var left = state.Left[database][key];
        switch (part.Kind)
        {
            case SnapshotPartKind.Start:
                Assert.Equal(left.Count, part.Count);
                break;
            case SnapshotPartKind.Element:
                Assert.True(left.Remove(Text(part.Element.Key)), "a member that was not there, or twice");
                break;
            default:
                Assert.Empty(left);
                state.Left[database].Remove(key);
                break;
        }
    }
}

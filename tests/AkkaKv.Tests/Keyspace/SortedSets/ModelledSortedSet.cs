using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Tests.Keyspace.SortedSets;

/// <summary>A key with a sorted set on guarded memory beside a plain dictionary, and operations that change both.</summary>
internal sealed class ModelledSortedSet : IDisposable
{
    private readonly Dictionary<string, double> _scores = [];

    public ModelledSortedSet(int packedEntries)
    {
        Store.Limits.ZsetMaxListpackEntries = packedEntries;
    }

    public Store Store { get; } = new(2, 1, guarded: true);

    public static byte[] Key => "zset"u8.ToArray();

    public int Count => _scores.Count;

    private Database Database => Store[0];

    // A character of a name is a byte.
    private List<(double Score, string Member)> Ordered => [.. _scores
        .Select(pair => (Score: pair.Value, Member: pair.Key))
        .OrderBy(element => element.Score).ThenBy(element => element.Member, StringComparer.Ordinal)];

    public void Set(byte[] member, double score)
    {
        var entry = Database.Find(Key);
        var editor = entry.Exists ? Database.EditSortedSet(entry) : Database.CreateSortedSet(Key);
        editor.Set(member, score);
        _scores[Name(member)] = score;
    }

    public void Remove(byte[] member)
    {
        var entry = Database.Find(Key);
        if (!entry.Exists)
            return;
        var editor = Database.EditSortedSet(entry);
        Assert.Equal(_scores.Remove(Name(member)), editor.Remove(member));
        RemoveIfEmpty(editor.View.Count);
    }

    public void RemoveRange(Random random)
    {
        var entry = Database.Find(Key);
        if (!entry.Exists)
            return;
        var ordered = Ordered;
        var first = random.Next(ordered.Count);
        var count = random.Next(ordered.Count - first + 1);
        var editor = Database.EditSortedSet(entry);
        editor.Remove(new RankRange(first, count));
        foreach (var (_, member) in ordered.GetRange(first, count))
            _scores.Remove(member);
        RemoveIfEmpty(editor.View.Count);
    }

    /// <summary>Compares everything that can be asked.</summary>
    public void Check(Random random, byte[] missing)
    {
        var entry = Database.Find(Key);
        Assert.Equal(_scores.Count > 0, entry.Exists);
        if (!entry.Exists)
            return;
        var view = Database.ReadSortedSet(entry);
        var ordered = Ordered;
        Assert.Equal(ordered, Elements(view.GetEnumerator()));
        ordered.Reverse();
        Assert.Equal(ordered, Elements(view.Walk(ordered.Count - 1, long.MaxValue, downwards: true)));
        ordered.Reverse();
        var rank = random.Next(ordered.Count);
        Assert.Equal(rank, view.RankOf(Bytes(ordered[rank].Member)));
        Assert.True(view.TryGetScore(Bytes(ordered[rank].Member), out var score));
        Assert.Equal(ordered[rank].Score, score);
        if (!_scores.ContainsKey(Name(missing)))
        {
            Assert.Equal(-1, view.RankOf(missing));
            Assert.False(view.TryGetScore(missing, out _));
        }

        var range = new ScoreRange(random.Next(-20, 20), random.Next(-20, 20), random.Next(2) == 0, random.Next(2) == 0);
        var inRange = ordered.Where(element => !range.IsBefore(element.Score) && !range.IsBehind(element.Score)).ToList();
        var found = view.InRange(range);
        Assert.Equal(inRange.Count, found.Count);
        Assert.Equal(inRange, Elements(view.Walk(found.First, found.Count, downwards: false)));
    }

    /// <summary>Copies, moves and renames the key, and takes a snapshot of it while it changes.</summary>
    public void CheckCopies(Random random)
    {
        if (Count == 0)
            return;
        var before = Ordered;
        using (var snapshot = Store.TryBeginSnapshot()!)
        {
            Set([1, 2, 3], 5);
            Remove(Bytes(before[random.Next(before.Count)].Member));
            var seen = new List<(double, string)>();
            while (!snapshot.Continue(1, ref seen, (ref List<(double, string)> list, int _, Entry entry) => list.AddRange(Elements(Database.ReadSortedSet(entry).GetEnumerator()))))
            {
                // Until all is seen.
            }

            Assert.Equal(before, seen);
        }

        var now = Ordered;
        Assert.True(Database.CopyTo(Key, Database, "copy"u8));
        Assert.True(Database.Rename("copy"u8, "renamed"u8));
        Assert.True(Database.MoveTo("renamed"u8, Store[1]));
        Assert.Equal(now, Elements(Store[1].ReadSortedSet(Store[1].Find("renamed"u8)).GetEnumerator()));
        Assert.True(Store[1].Find("renamed"u8).MemoryUsage > Count * 8);
        Assert.True(Store[1].Remove("renamed"u8));
        while (Store.ReclaimSome(100))
        {
            // A little at a time.
        }

        Assert.Equal(0, Store[1].UsedMemory);
    }

    public void Dispose()
    {
        Database.Remove(Key);
        while (Store.ReclaimSome(1000))
        {
            // A little at a time.
        }

        Assert.Equal(0, Store.UsedMemory);
        Store.Dispose();
    }

    private static string Name(ReadOnlySpan<byte> member) => System.Text.Encoding.Latin1.GetString(member);

    private static byte[] Bytes(string name) => System.Text.Encoding.Latin1.GetBytes(name);

    private static List<(double Score, string Member)> Elements(SortedSetWalk walk)
    {
        var elements = new List<(double, string)>();
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        while (walk.MoveNext())
            elements.Add((walk.Score, Name(walk.Member.AsBytes(scratch))));
        return elements;
    }

    private void RemoveIfEmpty(long count)
    {
        Assert.Equal(_scores.Count, count);
        if (count == 0)
            Assert.True(Database.Remove(Key));
    }
}

using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Tests.Keyspace.Streams;

public sealed unsafe class IdTreeTests
{
    [Theory]
    [InlineData(1, 30, 20_000)]
    [InlineData(2, 2_000, 40_000)]
    [InlineData(3, 50_000, 100_000)]
    public void Random_changes_agree_with_a_sorted_dictionary(int seed, int idCount, int operations)
    {
        using var heap = new NativeHeap(guarded: true);
        var root = default(IdTreeRoot);
        var tree = new IdTree(&root, heap);
        var model = new SortedDictionary<StreamId, nint>();
        var random = new Random(seed);
        for (var i = 0; i < operations; i++)
        {
            var id = new StreamId((ulong)random.Next(idCount) / 10, (ulong)random.Next(10));
            var removes = (i / (operations / 6)) % 2 == 0 ? 3 : 7;
            if (random.Next(10) < removes)
            {
                Assert.Equal(model.Remove(id), tree.Remove(id));
            }
            else if (model.TryAdd(id, i))
            {
                tree.Insert(id, (byte*)i);
            }

            if (i % (operations / 10) == 0)
                Check(tree, model, random, idCount);
        }

        Check(tree, model, random, idCount);
        foreach (var id in model.Keys.ToArray())
            Assert.True(tree.Remove(id));
        Assert.Equal(0, heap.UsedBytes);
    }

    [Fact]
    public void Ids_in_order_fill_the_nodes()
    {
        using var heap = new NativeHeap(guarded: true);
        var root = default(IdTreeRoot);
        var tree = new IdTree(&root, heap);
        for (var i = 1; i <= 100_000; i++)
            tree.Insert(new StreamId((ulong)i, 0), (byte*)i);
        Assert.InRange(heap.UsedBytes, 100_000 * 24, 100_000 * 28);
        for (var i = 1; i <= 99_990; i++)
            Assert.True(tree.Remove(new StreamId((ulong)i, 0)));
        Assert.Equal(99_991ul, tree.First.Id.Ms);
        Assert.InRange(heap.UsedBytes, 0, 5_000);
    }

    private static void Check(IdTree tree, SortedDictionary<StreamId, nint> model, Random random, int idCount)
    {
        Assert.Equal(model.Count, tree.Count);
        var forwards = new List<StreamId>();
        for (var place = tree.First; place.Exists; place = place.Next)
        {
            forwards.Add(place.Id);
            Assert.Equal(model[place.Id], (nint)place.Value);
        }

        Assert.Equal(model.Keys, forwards);
        var backwards = new List<StreamId>();
        for (var place = tree.Last; place.Exists; place = place.Previous)
            backwards.Add(place.Id);
        Assert.Equal(model.Keys.Reverse(), backwards);
        for (var i = 0; i < 200; i++)
        {
            var id = new StreamId((ulong)random.Next(idCount) / 10, (ulong)random.Next(10));
            Assert.Equal(model.ContainsKey(id), tree.Find(id).Exists);
            var index = forwards.BinarySearch(id);
            var next = index < 0 ? ~index : index;
            var seek = tree.Seek(id);
            Assert.Equal(next < forwards.Count, seek.Exists);
            Assert.True(!seek.Exists || seek.Id == forwards[next]);
            var previous = index < 0 ? next - 1 : index;
            var back = tree.SeekBack(id);
            Assert.Equal(previous >= 0, back.Exists);
            Assert.True(!back.Exists || back.Id == forwards[previous]);
        }
    }
}

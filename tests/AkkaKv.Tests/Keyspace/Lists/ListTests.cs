using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Keyspace.Values.Packed;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Lists;

public sealed class ListTests
{
    [Theory]
    [InlineData(1, -2, 20, 10_000)]
    [InlineData(2, -2, 2_000, 15_000)]
    [InlineData(3, -1, 1_000, 10_000)]
    [InlineData(4, -5, 3_000, 10_000)]
    [InlineData(5, 1, 50, 5_000)]
    [InlineData(6, 5, 500, 10_000)]
    [InlineData(7, 128, 2_000, 10_000)]
    public void Random_operations_agree_with_plain_lists(int seed, int limit, int length, int operations)
    {
        using var run = new ModelledLists(seed, length);
        run.Store.Limits.ListMaxListpackSize = limit;
        for (var i = 0; i < operations; i++)
        {
            run.Step();
            if (i % (operations / 20) == 0)
                run.CheckAll();
        }

        run.CheckAll();
        run.RemoveAll();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_list_that_is_filled_and_drained_a_hundred_times_takes_no_more_memory_than_once(bool pushesFirst, bool popsFirst)
    {
        using var store = new Store(1, 7, guarded: true);
        var editor = store[0].CreateList("queue"u8);
        var most = 0L;
        for (var round = 0; round < 100; round++)
        {
            for (var i = 0; i < 2_000; i++)
            {
                if (pushesFirst)
                    editor.PushFirst(Numbered(i));
                else
                    editor.PushLast(Numbered(i));
            }

            most = round == 0 ? store.UsedMemory : most;
            Assert.True(store.UsedMemory <= most * 1.1);
            for (var i = 0; i < 1_999; i++)
            {
                if (popsFirst)
                    editor.RemoveFirst(1);
                else
                    editor.RemoveLast(1);
            }

            Assert.Equal(1, editor.View.Count);
            if (popsFirst)
                editor.RemoveFirst(1);
            else
                editor.RemoveLast(1);
        }

        Assert.True(store[0].Remove("queue"u8));
        Assert.Equal(0, store.UsedMemory);
    }

    [Fact]
    public void A_queue_of_steady_length_stays_in_its_node()
    {
        using var store = new Store(1, 7, guarded: true);
        var editor = store[0].CreateList("queue"u8);
        for (var i = 0; i < 200; i++)
            editor.PushFirst(Numbered(i));
        for (var i = 0; i < 50_000; i++)
        {
            editor.PushFirst(Numbered(i));
            editor.RemoveLast(1);
            Assert.True(Nodes(editor.View) <= 2);
        }

        Assert.Equal(200, editor.View.Count);
        Assert.True(store.UsedMemory < 64 * 1024);
    }

    [Theory]
    [InlineData(-1, 4096)]
    [InlineData(-2, 8192)]
    [InlineData(-3, 16384)]
    [InlineData(-4, 32768)]
    [InlineData(-5, 65536)]
    public void A_node_holds_the_bytes_that_list_max_listpack_size_allows(int setting, int bytes)
    {
        using var store = new Store(1);
        store.Limits.ListMaxListpackSize = setting;
        var editor = store[0].CreateList("list"u8);
        for (var i = 0; i < 20_000; i++)
            editor.PushLast(Of($"element number {i}"));
        var largest = 0;
        for (var piece = editor.View.Pieces; piece.MoveNext();)
            largest = Math.Max(largest, piece.Entries.Length);
        Assert.InRange(largest, bytes * 0.98, bytes);
        Assert.InRange(Nodes(editor.View), 1, 20_000 * 22 / bytes * 1.1 + 4);
    }

    [Fact]
    public void A_node_holds_as_many_elements_as_a_positive_list_max_listpack_size_says()
    {
        using var store = new Store(1);
        store.Limits.ListMaxListpackSize = 10;
        var editor = store[0].CreateList("list"u8);
        for (var i = 0; i < 95; i++)
            editor.PushLast(Numbered(i));
        Assert.Equal(10, Nodes(editor.View));
    }

    [Fact]
    public void A_listpack_from_outside_becomes_a_list_whatever_its_size()
    {
        foreach (var count in (int[])[1, 20, 300, 3_000, 70_000])
        {
            using var store = new Store(1, 3, guarded: true);
            var buffer = new byte[2_000_000];
            Listpack.Initialize(buffer);
            for (var i = 0; i < count; i++)
                Listpack.Append(buffer, Numbered(i));
            var editor = store[0].CreateList("list"u8);
            editor.Append(buffer.AsSpan(0, Listpack.TotalBytes(buffer)));
            editor.Append(buffer.AsSpan(0, Listpack.TotalBytes(buffer)));
            Assert.Equal(count * 2, editor.View.Count);
            var number = 0;
            foreach (var element in editor.View)
                Assert.True(element.Equals(Numbered(number++ % count)));
        }
    }

    [Fact]
    public void A_snapshot_sees_a_list_as_it_was()
    {
        using var store = new Store(1, 3, guarded: true);
        var editor = store[0].CreateList("list"u8);
        for (var i = 0; i < 5_000; i++)
            editor.PushLast(Numbered(i));
        var snapshot = store.TryBeginSnapshot()!;
        editor.RemoveFirst(4_000);
        editor.PushFirst("new"u8);
        var seen = new List<long>();
        while (!snapshot.Continue(1, ref seen, (ref List<long> counts, int _, Entry entry) => counts.Add(store[0].ReadList(entry).Count)))
        {
        }

        Assert.Equal([5_000], seen);
        Assert.Equal(1_001, editor.View.Count);
    }

    private static int Nodes(ListView view)
    {
        var count = 0;
        for (var piece = view.Pieces; piece.MoveNext();)
            count++;
        return count;
    }
}

using AkkaKv.Keyspace;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace;

public sealed class StoreTests
{
    [Fact]
    public void A_store_has_sixteen_empty_databases_that_take_no_memory()
    {
        using var store = new Store();
        Assert.Equal(16, store.DatabaseCount);
        Assert.Equal(0, store.UsedMemory);
        Assert.Equal(0, store.ReservedMemory);
        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(i, store[i].Index);
            Assert.Equal(0, store[i].Count);
        }
    }

    [Fact]
    public void Swapping_exchanges_contents_for_those_who_hold_the_databases()
    {
        using var store = new Store(4);
        var (first, second) = (store[0], store[3]);
        first.SetString("a"u8, "1"u8, 10);
        second.SetString("b"u8, "2"u8, Database.NoExpiry);
        store.Swap(0, 3);
        Assert.Equal("2", Text(first.Find("b"u8).StringValue));
        Assert.Equal("1", Text(second.Find("a"u8).StringValue));
        Assert.Equal(0, first.ExpiringCount);
        Assert.Equal(1, second.ExpiringCount);
        Assert.Equal(0, first.Index);
        store.Swap(3, 3);
        Assert.Equal("1", Text(second.Find("a"u8).StringValue));
    }

    [Fact]
    public void Adopting_takes_the_other_stores_keys_and_leaves_it_empty()
    {
        using var store = new Store(2, hashSeed: 1);
        using var other = new Store(2, hashSeed: 2);
        var database = store[0];
        for (var i = 0; i < 3000; i++)
        {
            store[i & 1].SetString(Numbered(i), "old"u8, 5);
            other[0].SetString(Numbered(i + 1000), "new"u8, Database.NoExpiry);
        }

        var used = other.UsedMemory;
        store.Adopt(other);
        Assert.Equal(used, store.UsedMemory);
        Assert.Equal(0, other.UsedMemory);
        Assert.Equal(0, other[0].Count);
        Assert.Equal(3000, database.Count);
        Assert.Equal(0, store[1].Count);
        Assert.Equal("new", Text(database.Find(Numbered(3999)).StringValue));
        Assert.False(database.Find(Numbered(999)).Exists);

        // Both go on with the hash secrets that their keys were stored with.
        other[0].SetString("again"u8, "v"u8, 9);
        database.SetString("again"u8, "v"u8, 9);
        Assert.True(other[0].MoveTo("again"u8, store[1]));
        Assert.True(store[1].Find("again"u8).Exists);
        store.Clear();
        Assert.Equal(0, store.UsedMemory);
    }

    [Fact]
    public void A_store_of_another_size_is_not_adopted()
    {
        using var store = new Store(2);
        using var other = new Store(3);
        Assert.Throws<ArgumentException>(() => store.Adopt(other));
        Assert.Throws<ArgumentException>(() => store.Adopt(store));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Store(0));
    }

    [Fact]
    public void Clearing_detached_empties_at_once_and_frees_on_another_thread()
    {
        using var store = new Store(2);
        for (var i = 0; i < 50_000; i++)
            store[1].SetString(Numbered(i), new byte[i % 100 == 0 ? 20_000 : 20], i);
        var used = store.UsedMemory;

        var detached = store[1].ClearDetached();
        Assert.Equal(0, store[1].Count);
        Assert.Equal(0, store[1].ExpiringCount);
        Assert.Equal(0, store.UsedMemory);
        Assert.Equal(used, detached.Bytes);
        Assert.Equal(50_000, detached.Keys);

        store[1].SetString("new"u8, "v"u8, Database.NoExpiry);
        var thread = new Thread(detached.Dispose);
        thread.Start();
        thread.Join();
        Assert.Equal(0, detached.Bytes);
        Assert.Equal("v", Text(store[1].Find("new"u8).StringValue));

        var rest = store.ClearDetached();
        Assert.Equal(1, rest.Keys);
        rest.Dispose();
        rest.Dispose();
        Assert.Equal(0, store.ReservedMemory);
    }

    [Fact]
    public void Dispose_frees_everything_and_may_be_called_twice()
    {
        var store = new Store(2);
        for (var i = 0; i < 10_000; i++)
            store[0].SetString(Numbered(i), new byte[i % 10_000], i);
        store.Dispose();
        Assert.Equal(0, store.UsedMemory);
        Assert.Equal(0, store.ReservedMemory);
        store.Dispose();
    }
}

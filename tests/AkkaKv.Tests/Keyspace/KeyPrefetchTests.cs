using System.Text;
using AkkaKv.Keyspace;

namespace AkkaKv.Tests.Keyspace;

public sealed class KeyPrefetchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000)]
    public void Looking_ahead_at_present_and_absent_keys_changes_nothing_also_while_the_table_grows(int keys)
    {
        using var store = new Store(1);
        var database = store[0];
        var prefetch = new KeyPrefetch();
        for (var i = 0; i < keys; i++)
        {
            database.SetString(Key(i), Key(i), Database.NoExpiry);
            Assert.True(prefetch.TryAdd(database, Key(i)));
            Assert.True(prefetch.TryAdd(database, Key(-i - 1)));
            prefetch.Load(database);
        }

        Assert.Equal(keys, database.Count);
        for (var i = 0; i < keys; i++)
            Assert.True(database.Find(Key(i)).StringValue.SequenceEqual(Key(i)));
    }

    [Fact]
    public void It_takes_a_bounded_number_of_keys_until_they_are_loaded()
    {
        using var store = new Store(1);
        var prefetch = new KeyPrefetch();
        for (var i = 0; i < KeyPrefetch.KeysMax; i++)
            Assert.True(prefetch.TryAdd(store[0], Key(i)));
        Assert.False(prefetch.TryAdd(store[0], Key(0)));
        prefetch.Load(store[0]);
        Assert.True(prefetch.TryAdd(store[0], Key(0)));
    }

    private static byte[] Key(int number) => Encoding.ASCII.GetBytes($"key:{number}");
}

using System.Buffers;
using System.Text;
using AkkaKv.Keyspace;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Persistence;

public sealed class StoreRdbTests
{
    private static readonly RdbPreamble Preamble = new(
        RdbPreamble.CompatibleVersion, 1_700_000_000, 12345, new RdbReplicationFacts(3, new string('a', 40), 420));

    [Fact]
    public void A_store_that_is_dumped_and_loaded_is_the_same()
    {
        using var store = Filled(5000);
        using var loaded = new Store();
        var loader = Load(Dump(store, long.MaxValue), loaded);
        Assert.Equal((3, 0L), (loader.StreamDatabase, loader.ExpiredCount));
        Same(store, loaded);
    }

    [Fact]
    public void Slices_of_any_size_give_the_same_bytes()
    {
        using var store = Filled(500);
        var whole = Dump(store, long.MaxValue);
        foreach (var slice in new[] { 1, 100, 4096 })
            Assert.Equal(whole, Dump(store, slice));
    }

    [Fact]
    public void The_preamble_tells_what_redis_tells()
    {
        using var store = new Store();
        var sink = RdbSamples.Read(Dump(store, long.MaxValue));
        Assert.Equal(
            [
                "aux redis-ver=7.0.15", "aux redis-bits=64", "aux ctime=1700000000", "aux used-mem=12345", "aux repl-stream-db=3",
                $"aux repl-id={new string('a', 40)}", "aux repl-offset=420", "aux aof-base=0",
            ],
            sink.Records);
    }

    [Fact]
    public void A_master_leaves_out_what_has_expired_and_a_replica_keeps_it()
    {
        using var store = new Store();
        store[0].SetString("old"u8, "x"u8, 1000);
        store[0].SetString("young"u8, "x"u8, 3000);
        var bytes = Dump(store, long.MaxValue);
        using var master = new Store();
        var reader = new StoreLoader(master, dropExpiredAtMs: 2000);
        new RdbReader(reader).Feed(bytes);
        Assert.Equal((1L, 1L), (master[0].Count, reader.ExpiredCount));
        using var replica = new Store();
        Load(bytes, replica);
        Assert.Equal(2, replica[0].Count);
        Assert.Equal(1000, replica[0].Find("old"u8).ExpireAtMs);
    }

    [Fact]
    public void A_database_that_this_server_does_not_have_is_refused_with_the_offset()
    {
        using var store = Filled(10);
        using var small = new Store(2);
        var error = Assert.Throws<RdbFormatException>(() => Load(Dump(store, long.MaxValue), small));
        Assert.Matches("RDB: a replication stream in a database that this server does not have at offset \\d+", error.Message);
        byte[] foreign = RdbSamples.Framed([254, 9]);
        Assert.Equal("RDB: database 9, but this server has 2 at offset 9", Assert.Throws<RdbFormatException>(() => Load(foreign, small)).Message);
    }

    [Fact]
    public void A_key_that_occurs_twice_is_refused()
    {
        using var store = new Store();
        byte[] twice = RdbSamples.Framed([0, 1, (byte)'k', 1, (byte)'a', 0, 1, (byte)'k', 1, (byte)'b']);
        Assert.Contains("occurs twice", Assert.Throws<RdbFormatException>(() => Load(twice, store)).Message);
    }

    [Fact]
    public void A_hint_about_the_number_of_keys_takes_little_memory()
    {
        using var store = new Store();
        byte[] lie = RdbSamples.Framed([251, 0x81, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0]);
        Load(lie, store);
        Assert.InRange(store.UsedMemory, 0, 64 * 1024 * 1024);
    }

    private static Store Filled(int keyCount)
    {
        var store = new Store();
        for (var index = 0; index < keyCount; index++)
        {
            var database = store[index % 3 * 7];
            database.SetString(Bytes($"key:{index}"), Bytes(index % 2 == 0 ? $"{index - 200}" : new string('v', index % 300)), index % 5 == 0 ? 1_900_000_000_000 + index : Database.NoExpiry);
        }

        store[0].SetString("long"u8, new byte[100_000], Database.NoExpiry);
        return store;
    }

    private static byte[] Dump(Store store, long slice)
    {
        using var snapshot = store.TryBeginSnapshot()!;
        var output = new OutputBuffer();
        var dump = new StoreDump(snapshot, output, Preamble);
        var bytes = new ArrayBufferWriter<byte>();
        while (!dump.Continue(slice == long.MaxValue ? 1L << 40 : slice))
        {
            bytes.Write(output.ToArray());
            output.Clear();
        }

        bytes.Write(output.ToArray());
        output.Clear();
        Assert.Equal(dump.Written, bytes.WrittenCount);
        return bytes.WrittenSpan.ToArray();
    }

    private static StoreLoader Load(byte[] bytes, Store store)
    {
        var loader = new StoreLoader(store);
        var reader = new RdbReader(loader);
        Assert.Equal(bytes.Length, reader.Feed(bytes));
        reader.Complete();
        return loader;
    }

    private static void Same(Store expected, Store actual)
    {
        for (var index = 0; index < expected.DatabaseCount; index++)
        {
            Assert.Equal(expected[index].Count, actual[index].Count);
            Assert.Equal(expected[index].ExpiringCount, actual[index].ExpiringCount);
            var other = actual[index];
            var cursor = 0UL;
            do
                cursor = expected[index].Scan(cursor, ref other, Compare);
            while (cursor != 0);
        }
    }

    private static void Compare(ref Database other, Entry entry)
    {
        var found = other.Find(entry.Key);
        Assert.True(found.Exists);
        Assert.True(entry.StringValue.SequenceEqual(found.StringValue));
        Assert.Equal(entry.ExpireAtMs, found.ExpireAtMs);
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}

using System.Buffers;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Persistence;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Protocol;
using AkkaKv.Tests.Support;

namespace AkkaKv.Tests.Persistence;

/// <summary>Values of every type through an RDB, among ourselves and with a real Redis. Digests are equal exactly if the data are.</summary>
public sealed class StoreTypesRdbTests
{
    private static readonly RdbPreamble Preamble = new(RdbPreamble.CompatibleVersion, 1_700_000_000, 12345, Replication: null);

    [Theory]
    [InlineData(1, true, true)]
    [InlineData(2, false, true)]
    [InlineData(3, true, false)]
    public void A_store_of_every_type_is_the_same_after_a_dump_and_a_load(int seed, bool inParts, bool compress)
    {
        using var store = RandomStore.Create(seed, 60);
        using var loaded = new Store();
        Load(Dump(store, 4096, inParts, compress), loaded);
        Same(store, loaded);
        Assert.NotEqual(new string('0', 40), DataDigest.Of(loaded));
    }

    [Fact]
    public void A_large_list_that_changes_while_it_is_written_node_by_node_is_written_as_it_was()
    {
        using var store = new Store();
        var list = store[0].CreateList("list"u8);
        for (var i = 0; i < 50_000; i++)
            list.PushLast(System.Text.Encoding.ASCII.GetBytes($"element {i}"));
        var expected = DataDigest.Of(store);
        var output = new OutputBuffer();
        var dump = new StoreDump(store.TryBeginSnapshot(inParts: true)!, output, Preamble, RdbFormat.Stream);
        for (var i = 0; !dump.Continue(1); i++)
        {
            store[0].EditList(store[0].Find("list"u8)).Set(i * 37, "changed"u8);
            store[0].EditList(store[0].Find("list"u8)).RemoveLast(20);
            store[0].EditList(store[0].Find("list"u8)).PushFirst("new"u8);
        }

        using var loaded = new Store();
        Load(output.ToArray(), loaded);
        Assert.Equal(expected, DataDigest.Of(loaded));
        Assert.NotEqual(expected, DataDigest.Of(store));
    }

    [Fact]
    public void Other_limits_than_those_of_the_writer_give_the_same_data()
    {
        using var store = RandomStore.Create(4, 60);
        using var small = new Store();
        small.Limits.HashMaxListpackEntries = small.Limits.ZsetMaxListpackEntries = small.Limits.SetMaxIntsetEntries = 3;
        small.Limits.ListMaxListpackSize = 5;
        Load(Dump(store, long.MaxValue, inParts: false, compress: true), small);
        Same(store, small);
        using var back = new Store();
        Load(Dump(small, 100, inParts: true, compress: false), back);
        Same(store, back);
    }

    [Fact]
    public void A_digest_tells_every_difference()
    {
        using var store = RandomStore.Create(5, 3);
        var seen = new HashSet<string> { DataDigest.Of(store) };
        store[0].SetExpiry("list:0"u8, 1_800_000_000_000);
        store[0].SetExpiry("list:0"u8, Database.NoExpiry);
        seen.Add(DataDigest.Of(store));
        foreach (var key in new[] { "string:0", "list:0", "set:0", "integers:0", "hash:0", "zset:0", "stream:0" })
        {
            Assert.NotEqual(new string('0', 40), DataDigest.OfValue(store[0].Find(System.Text.Encoding.ASCII.GetBytes(key))));
            store[0].Remove(System.Text.Encoding.ASCII.GetBytes(key));
            Assert.True(seen.Add(DataDigest.Of(store)), key);
        }

        Assert.Equal(new string('0', 40), DataDigest.OfValue(store[0].Find("nothing"u8)));
    }

    [Fact]
    public void A_member_or_field_that_occurs_twice_is_refused()
    {
        foreach (var (record, what) in new[]
        {
            (RdbBytes.Key(2, "k", [2], RdbBytes.Texts("a", "a")), "member of a set"),
            (RdbBytes.Key(20, "k", RdbBytes.Text(RdbBytes.Listpack("a", "a"))), "member of a set"),
            (RdbBytes.Key(4, "k", [2], RdbBytes.Texts("a", "b", "a", "c")), "field of a hash"),
            (RdbBytes.Key(16, "k", RdbBytes.Text(RdbBytes.Listpack("1", "b", "1", "c"))), "field of a hash"),
            (RdbBytes.Key(13, "k", RdbBytes.Text(RdbBytes.Ziplist("a", "b", "a", "c"))), "field of a hash"),
            (RdbBytes.Key(17, "k", RdbBytes.Text(RdbBytes.Listpack("a", "1", "a", "2"))), "member of a sorted set"),
            (RdbBytes.Key(12, "k", RdbBytes.Text(RdbBytes.Ziplist("a", "1", "a", "2"))), "member of a sorted set"),
        })
        {
            using var store = new Store();
            var error = Assert.Throws<RdbFormatException>(() => Load(RdbSamples.Framed(record), store));
            Assert.Contains($"a {what} that occurs twice", error.Message);
        }
    }

    [Theory]
    [InlineData("a group of a stream that occurs twice", new byte[] { 2, 1, (byte)'g', 0, 0, 0, 0, 0, 1, (byte)'g', 0, 0, 0, 0, 0 })]
    [InlineData("with a pending entry that the group does not have", new byte[] { 1, 1, (byte)'g', 0, 0, 0, 0, 1, 1, (byte)'c', 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 })]
    [InlineData("with a pending entry that no consumer has", new byte[] { 1, 1, (byte)'g', 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 })]
    public void A_stream_whose_groups_do_not_fit_together_is_refused(string expected, byte[] groups)
    {
        using var store = new Store();
        byte[] record = [.. RdbBytes.Key(19, "k", [0, 0, 5, 1, 0, 0, 5, 1, 1]), .. groups];
        Assert.Contains(expected, Assert.Throws<RdbFormatException>(() => Load(RdbSamples.Framed(record), store)).Message);
    }

    [Fact]
    public void The_groups_of_a_stream_are_the_same_after_a_dump_and_a_load()
    {
        using var store = RandomStore.Create(9, 40);
        using var loaded = new Store();
        Load(Dump(store, 4096, inParts: true, compress: true), loaded);
        for (var number = 0; number < 40; number++)
        {
            var key = System.Text.Encoding.ASCII.GetBytes($"stream:{number}");
            var database = number % 3 * 7;
            Assert.Equal(
                DumpPayload.Create(store[database].Find(key), compress: false).ToArray(), DumpPayload.Create(loaded[database].Find(key), compress: false).ToArray());
        }
    }

    [Fact]
    public void A_compact_sorted_set_that_is_out_of_order_is_put_in_order()
    {
        using var store = new Store();
        Load(RdbSamples.Framed(RdbBytes.Key(17, "k", RdbBytes.Text(RdbBytes.Listpack("b", "2", "a", "1")))), store);
        using var expected = new Store();
        Load(RdbSamples.Framed(RdbBytes.Key(12, "k", RdbBytes.Text(RdbBytes.Ziplist("a", "1", "b", "2")))), expected);
        Assert.Equal(DataDigest.Of(expected), DataDigest.Of(store));
    }

    [RequiresProgram("redis-server")]
    public void Redis_loads_our_file_of_every_type_and_has_the_same_digest()
    {
        foreach (var compress in new[] { true, false })
        {
            var folder = Directory.CreateTempSubdirectory("akkakv-rdb-").FullName;
            using var store = RandomStore.Create(compress ? 6 : 7, 60);
            var path = Path.Combine(folder, "dump.rdb");
            File.WriteAllBytes(path, Dump(store, 4096, inParts: true, compress));
            var (exitCode, output) = RedisServer.RunToEnd("redis-check-rdb", path);
            Assert.True(exitCode == 0, output);
            using var redis = RedisServer.Start(folder, "--enable-debug-command", "yes");
            Assert.Equal(DataDigest.Of(store), redis.Cli("DEBUG", "DIGEST"));
        }
    }

    [RequiresProgram("redis-server")]
    public void We_load_redis_file_of_every_type_and_have_the_same_digest()
    {
        // Redis makes the file out of ours, with limits that force other forms, in its own way of compressing.
        foreach (var limit in new[] { "2", "100000" })
        {
            var folder = Directory.CreateTempSubdirectory("akkakv-rdb-").FullName;
            using var store = RandomStore.Create(8, 60);
            File.WriteAllBytes(Path.Combine(folder, "dump.rdb"), Dump(store, 4096, inParts: true, compress: true));
            using var redis = RedisServer.Start(
                folder, "--enable-debug-command", "yes", "--hash-max-listpack-entries", limit, "--hash-max-listpack-value", limit, "--zset-max-listpack-entries", limit, "--zset-max-listpack-value", limit,
                "--set-max-intset-entries", limit, "--list-max-listpack-size", limit == "2" ? "1" : "-5", "--list-compress-depth", "1");
            Assert.Equal("OK", redis.Cli("DEBUG", "RELOAD"));
            using var loaded = new Store();
            Load(File.ReadAllBytes(Path.Combine(folder, "dump.rdb")), loaded);
            Assert.Equal(redis.Cli("DEBUG", "DIGEST"), DataDigest.Of(loaded));
            Same(store, loaded);
        }
    }

    /// <summary>Compares value by value, so that a failure names the key, and then as a whole.</summary>
    private static void Same(Store expected, Store actual)
    {
        for (var index = 0; index < expected.DatabaseCount; index++)
        {
            var names = new List<byte[]>();
            var cursor = 0UL;
            do
                cursor = expected[index].Scan(cursor, ref names, static (ref List<byte[]> all, Entry entry) => all.Add(entry.Key.ToArray()));
            while (cursor != 0);
            foreach (var name in names)
            {
                var text = System.Text.Encoding.ASCII.GetString(name);
                Assert.Equal($"{text} {DataDigest.OfValue(expected[index].Find(name))}", $"{text} {DataDigest.OfValue(actual[index].Find(name))}");
            }
        }

        Assert.Equal(DataDigest.Of(expected), DataDigest.Of(actual));
    }

    private static byte[] Dump(Store store, long slice, bool inParts, bool compress)
    {
        using var snapshot = store.TryBeginSnapshot(inParts)!;
        var output = new OutputBuffer();
        var dump = new StoreDump(snapshot, output, Preamble, new RdbFormat(compress, Checksum: true));
        var bytes = new ArrayBufferWriter<byte>();
        bool isFinished;
        do
        {
            isFinished = dump.Continue(slice == long.MaxValue ? 1L << 40 : slice);
            bytes.Write(output.ToArray());
            output.Clear();
        }
        while (!isFinished);
        Assert.Equal(dump.Written, bytes.WrittenCount);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Load(byte[] bytes, Store store)
    {
        var reader = new RdbReader(new StoreLoader(store));
        Assert.Equal(bytes.Length, reader.Feed(bytes));
        reader.Complete();
    }
}

using AkkaKv.Persistence.Rdb;
using static AkkaKv.Tests.Persistence.RdbBytes;

namespace AkkaKv.Tests.Persistence;

public sealed class RdbCollectionTests
{
    [Fact]
    public void Every_encoding_is_read()
    {
        var sink = RdbSamples.Read(RdbCollections.Everything());
        foreach (var (_, key, expected) in RdbCollections.KnownToRedis70.Concat(RdbCollections.NewerThanRedis70))
            Assert.Equal($"{key} {expected}", $"{key} {sink.Collections[key]}");
        Assert.Equal(RdbCollections.KnownToRedis70.Count + RdbCollections.NewerThanRedis70.Count, sink.Collections.Count);
    }

    [Fact]
    public void Listpacks_and_intsets_are_handed_over_whole()
    {
        var calls = RdbSamples.Read(RdbCollections.Everything()).Calls;
        Assert.Equal("I", calls["intset 16"]);
        Assert.Equal("M", calls["set listpack"]);
        Assert.Equal("F", calls["hash listpack"]);
        Assert.Equal("Z", calls["zset listpack"]);
        Assert.Equal("EeE", calls["quicklist 2"]);
        Assert.Equal("eee", calls["quicklist"]);
        Assert.Equal("nsgpco", calls["stream"]);
    }

    [Fact]
    public void Every_split_of_the_bytes_gives_the_same_values()
    {
        var bytes = RdbCollections.Everything();
        var expected = RdbSamples.Read(bytes).Records;
        for (var split = 1; split < bytes.Length; split++)
        {
            var sink = new RecordingSink();
            var reader = new RdbReader(sink);
            reader.Feed(bytes.AsSpan(0, split));
            reader.Feed(bytes.AsSpan(split));
            Assert.True(reader.IsFinished);
            Assert.Equal(expected, sink.Records);
        }
    }

    [Fact]
    public void Bytes_that_arrive_one_by_one_give_the_same_values()
    {
        var bytes = RdbCollections.Everything();
        var sink = new RecordingSink();
        var reader = new RdbReader(sink);
        foreach (var value in bytes)
            reader.Feed([value]);
        Assert.True(reader.IsFinished);
        Assert.Equal(RdbSamples.Read(bytes).Records, sink.Records);
    }

    [Fact]
    public void Expiry_and_access_facts_belong_to_the_collection_behind_them()
    {
        byte[] records = [252, .. Int64(5000), 248, 3, .. Key(2, "s", Length(1), Text("m")), .. Key(2, "t", Length(1), Text("m"))];
        Assert.Equal(["set 1|s|5000 m", "set 1|t| m"], RdbSamples.Read(RdbSamples.Framed(records)).Records);
    }

    [Fact]
    public void Collections_without_elements_are_left_out()
    {
        byte[] records =
        [
            .. Key(1, "a", [0]), .. Key(2, "b", [0]), .. Key(4, "c", [0]), .. Key(5, "d", [0]), .. Key(13, "e", Text(Ziplist())), .. Key(16, "f", Text(Listpack())),
            .. Key(0, "g", Text("v")),
        ];
        var sink = new RecordingSink();
        var reader = new RdbReader(sink);
        reader.Feed(RdbSamples.Framed(records));
        Assert.Equal((6L, 7L), (reader.EmptyKeyCount, reader.KeyCount));
        Assert.Equal(["string g=v expire -1 idle -1 frequency -1"], sink.Records);
    }

    [Fact]
    public void A_stream_may_be_empty()
    {
        var sink = RdbSamples.Read(RdbSamples.Framed(Key(19, "s", [0, 0, 5, 1, 0, 0, 5, 1, 1, 0])));
        Assert.Equal("stream: length 0 last 5-1 first 0-0 deleted 5-1 added 1", sink.Collections["s"]);
    }

    [Fact]
    public void Functions_slots_and_data_of_modules_are_told_or_passed_over()
    {
        // The number of a module's type: nine characters of six bits, ten bits of version.
        byte[] module = [247, 0x81, 0x7c, 0x8e, 0x5d, 0x35, 0xdb, 0x5b, 0x04, 0x01, 2, 1, 1, 5, 2, 7, 3, 1, 2, 3, 4, 4, 1, 2, 3, 4, 5, 6, 7, 8, 5, .. Text("data"), 0];
        byte[] records = [.. module, 244, 7, 60, 0, 245, .. Text("#!lua name=l"), .. Key(0, "k", Text("v"))];
        var sink = RdbSamples.Read(RdbSamples.Framed(records));
        Assert.Equal(3, sink.Records.Count);
        Assert.Matches("^module [A-Za-z0-9_-]{9}$", sink.Records[0]);
        Assert.Equal(["functions #!lua name=l", "string k=v expire -1 idle -1 frequency -1"], sink.Records.Skip(1));
    }

    [Fact]
    public void A_collection_of_any_size_takes_no_memory_of_its_own()
    {
        var element = Text(new string('e', 50));
        var reader = new RdbReader(new CountingSink());
        reader.Feed([.. "REDIS0010"u8, 1, .. Text("k"), 0x80, 0x7f, 0xff, 0xff, 0xff]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 100_000; count++)
            reader.Feed(element);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }
}

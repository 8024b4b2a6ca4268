using static AkkaKv.Tests.Persistence.RdbBytes;

namespace AkkaKv.Tests.Persistence;

/// <summary>Every encoding of collections, by hand, with what must be read from it. All but the last three groups are also read by Redis 7.0.</summary>
internal static class RdbCollections
{
    private static readonly string Long = new('x', 300);

    /// <summary>Forms that Redis 7.0 reads: the key's bytes, and type and elements as the recording sink notes them.</summary>
    public static IReadOnlyList<(byte[] Bytes, string Key, string Expected)> KnownToRedis70 =>
    [
        (Key(1, "list", Length(3), Texts("a", "b", "-7")), "list", "list: a, b, -7"),
        (Key(2, "set", Length(2), Texts("one", "two")), "set", "set 2: one, two"),
        (Key(3, "zset text", Length(4), Text("a"), [3, .. "1.5"u8], Text("b"), [254], Text("c"), [255], Text("d"), [5, .. "1e300"u8]),
            "zset text", "zset 4: a=1.5, b=Infinity, c=-Infinity, d=1E+300"),
        (Key(4, "hash", Length(2), Texts("f", "v", "g", Long)), "hash", $"hash 2: f=v, g={Long}"),
        (Key(5, "zset binary", Length(2), Text("a"), Int64(BitConverter.DoubleToInt64Bits(-0.25)), Text("b"), Int64(BitConverter.DoubleToInt64Bits(1e15))),
            "zset binary", "zset 2: a=-0.25, b=1000000000000000"),
        (Key(9, "zipmap", Text(Zipmap(2, "field", "value", "long", Long, Long, "short"))), "zipmap", $"hash 3: field=value, long={Long}, {Long}=short"),
        (Key(10, "list ziplist", Text(Ziplist("text", "0", "12", "13", "-128", "300", "-32768", "8000000", "2000000000", "-9000000000", Long, "", "007"))),
            "list ziplist", $"list: text, 0, 12, 13, -128, 300, -32768, 8000000, 2000000000, -9000000000, {Long}, , 007"),
        (Key(11, "intset 16", Text(Intset(2, -300, 0, 7))), "intset 16", "set 3: -300, 0, 7"),
        (Key(11, "intset 32", Text(Intset(4, -70000, 2000000000))), "intset 32", "set 2: -70000, 2000000000"),
        (Key(11, "intset 64", Text(Intset(8, long.MinValue, 1, long.MaxValue))), "intset 64", $"set 3: {long.MinValue}, 1, {long.MaxValue}"),
        (Key(12, "zset ziplist", Text(Ziplist("a", "-1", "b", "2.5", "c", "inf"))), "zset ziplist", "zset 3: a=-1, b=2.5, c=Infinity"),
        (Key(13, "hash ziplist", Text(Ziplist("f", "1", "2", "v"))), "hash ziplist", "hash 2: f=1, 2=v"),
        (Key(14, "quicklist", Length(3), Text(Ziplist("a", "1")), Text(Ziplist()), Text(Ziplist(Long))), "quicklist", $"list: a, 1, {Long}"),
        (Key(16, "hash listpack", Text(Listpack("f", "1", "g", Long))), "hash listpack", $"hash 2: f=1, g={Long}"),
        (Key(17, "zset listpack", Text(Listpack("a", "-1", "b", "2.5", "c", "inf"))), "zset listpack", "zset 3: a=-1, b=2.5, c=Infinity"),
        (Key(18, "quicklist 2", Length(3), [2], Text(Listpack("a", "1")), [1], Text("plain"), [2], Text(Listpack(Long))),
            "quicklist 2", $"list: a, 1, plain, {Long}"),
        (Key(15, "stream", Stream(1)), "stream",
            "stream: node 1000-0 has 2, length 2 last 1000-5 first unknown deleted unknown added , group g last 1000-2 read , "
            + "pending 1000-2 at 1600000000000 times 3, consumer c seen 1600000000001 active , owns 1000-2"),
        (Key(19, "stream 2", Stream(2)), "stream 2",
            "stream: node 1000-0 has 2, length 2 last 1000-5 first 1000-0 deleted 1000-3 added 7, group g last 1000-2 read -1, "
            + "pending 1000-2 at 1600000000000 times 3, consumer c seen 1600000000001 active , owns 1000-2"),
    ];

    /// <summary>Forms of Redis 7.2 and 7.4.</summary>
    public static IReadOnlyList<(byte[] Bytes, string Key, string Expected)> NewerThanRedis70 =>
    [
        (Key(20, "set listpack", Text(Listpack("one", "2"))), "set listpack", "set 2: one, 2"),
        (Key(21, "stream 3", Stream(3)), "stream 3",
            "stream: node 1000-0 has 2, length 2 last 1000-5 first 1000-0 deleted 1000-3 added 7, group g last 1000-2 read -1, "
            + "pending 1000-2 at 1600000000000 times 3, consumer c seen 1600000000001 active 1600000000002, owns 1000-2"),
        (Key(24, "hash metadata", Int64(1_700_000_000_000), Length(2), [0], Texts("f", "v"), [0], Texts("g", "w")), "hash metadata", "hash 2: f=v, g=w"),
        (Key(25, "hash listpack expiry", Int64(0), Text(Listpack("f", "v", "0", "7", "w", "0"))), "hash listpack expiry", "hash 2: f=v, 7=w"),
    ];

    public static byte[] Everything() =>
        RdbSamples.Framed([.. KnownToRedis70.SelectMany(value => value.Bytes), .. NewerThanRedis70.SelectMany(value => value.Bytes)]);

    /// <summary>A stream with two entries and a deleted one, a group, a pending entry and a consumer, as versions 1 to 3 of the form have it.</summary>
    private static byte[] Stream(int version)
    {
        var listpack = Listpack(
            "2", "1", "1", "name", "0",
            "2", "0", "0", "value", "4",
            "3", "0", "1", "gone", "4",
            "0", "0", "2", "2", "a", "1", "b", "2", "8");
        byte[] counters = version == 1 ? [] : [.. Length(1000), 0, .. Length(1000), 3, 7];
        byte[] read = version == 1 ? [] : [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        byte[] active = version < 3 ? [] : Int64(1_600_000_000_002);
        return
        [
            1, .. Text(StreamId(1000, 0)), .. Text(listpack), 2, .. Length(1000), 5, .. counters,
            1, .. Text("g"), .. Length(1000), 2, .. read,
            1, .. StreamId(1000, 2), .. Int64(1_600_000_000_000), 3,
            1, .. Text("c"), .. Int64(1_600_000_000_001), .. active, 1, .. StreamId(1000, 2),
        ];
    }
}

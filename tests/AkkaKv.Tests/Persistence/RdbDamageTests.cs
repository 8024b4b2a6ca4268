using AkkaKv.Persistence.Rdb;
using static AkkaKv.Tests.Persistence.RdbBytes;

namespace AkkaKv.Tests.Persistence;

public sealed class RdbDamageTests
{
    public static TheoryData<string, byte[]> Damaged => new()
    {
        { "a damaged ziplist", Key(10, "k", Text(With(Ziplist("a", "b"), 0, 1))) },
        { "a damaged ziplist", Key(10, "k", Text(With(Ziplist("a", "b"), 4, 10))) },
        { "a damaged ziplist", Key(10, "k", Text(With(Ziplist("a", "b"), 8, 3))) },
        { "a damaged ziplist", Key(10, "k", Text(With(Ziplist("a", "b"), 11, 40))) },
        { "a damaged ziplist", Key(10, "k", Text(With(Ziplist("a", "b"), 13, 9))) },
        { "a damaged ziplist", Key(10, "k", Text(With(Ziplist("a"), 11, 0xC1))) },
        { "a damaged ziplist", Key(10, "k", Text([1, 2, 3])) },
        { "half a pair", Key(13, "k", Text(Ziplist("a"))) },
        { "not a number", Key(12, "k", Text(Ziplist("a", "nan"))) },
        { "not a number", Key(17, "k", Text(Listpack("a", "1x"))) },
        { "not a number", Key(3, "k", [1], Text("m"), [253]) },
        { "not a number", Key(5, "k", [1], Text("m"), Int64(BitConverter.DoubleToInt64Bits(double.NaN))) },
        { "half a pair", Key(17, "k", Text(Listpack("a"))) },
        { "half a pair", Key(16, "k", Text(Listpack("a", "b", "c"))) },
        { "a damaged listpack", Key(16, "k", Text(With(Listpack("a", "b"), 0, 200))) },
        { "a damaged zipmap", Key(9, "k", Text(With(Zipmap(0, "f", "v"), 1, 200))) },
        { "a damaged zipmap", Key(9, "k", Text(With(Zipmap(0, "f", "v"), 0, 7))) },
        { "a damaged intset", Key(11, "k", Text(Intset(2, 7, 7))) },
        { "a damaged intset", Key(11, "k", Text(Intset(2, 7, -7))) },
        { "a damaged intset", Key(11, "k", Text(Intset(2))) },
        { "a damaged intset", Key(11, "k", Text(With(Intset(2, 7, 8), 0, 3))) },
        { "a damaged intset", Key(11, "k", Text(With(Intset(2, 7, 8), 4, 3))) },
        { "of the unknown kind 3", Key(18, "k", [1, 3], Text(Listpack("a"))) },
        { "a field that expires at 1700000000004", Key(24, "k", Int64(1_700_000_000_000), [1, 5], Texts("f", "v")) },
        { "fields that expire", Key(25, "k", Int64(1), Text(Listpack("f", "v", "9"))) },
        { "an incomplete field", Key(25, "k", Int64(1), Text(Listpack("f", "v"))) },
        { "a damaged node", Key(19, "k", [1], Text(StreamId(1, 1)), Text(Listpack("1", "0", "0", "0"))) },
        { "a damaged node", Key(19, "k", [1], Text(StreamId(1, 1)), Text(Listpack("1", "0", "9", "0"))) },
        { "a damaged node", Key(19, "k", [1], Text(StreamId(1, 1)), Text(Listpack("1", "0", "0", "0", "0", "0", "0", "-1", "4"))) },
        { "a damaged node", Key(19, "k", [1], Text(StreamId(1, 1)), Text(Listpack("1", "0", "0", "0", "0", "0", "0", "9000000000", "4"))) },
        { "an empty node", Key(19, "k", [1], Text(StreamId(1, 1)), Text(Listpack())) },
        { "a node whose id is not one", Key(19, "k", [1], Text("short"), Text(Listpack())) },
        { "the module type", Key(7, "k", [0x81, 1, 2, 3, 4, 5, 6, 7, 8]) },
        { "value type 6 (module, old form) cannot be loaded", Key(6, "k", [1]) },
        { "value type 99 (unknown) cannot be loaded", Key(99, "k", [1]) },
        { "only previews", [246, 1, 1] },
        { "a part of the unknown kind 9", [247, 1, 2, 1, 9] },
        { "a string encoding where a length must be", Key(1, "k", [0xC0, 1]) },
        { "an unknown form of length", Key(1, "k", [0x82, 1]) },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void What_is_damaged_is_named_with_its_offset(string expected, byte[] record)
    {
        var error = Assert.Throws<RdbFormatException>(() => RdbSamples.Read(RdbSamples.Framed(record)));
        Assert.Contains(expected, error.Message);
        Assert.InRange(error.Offset, 9, 9 + record.Length);
    }

    [Fact]
    public void A_damaged_element_has_the_offset_of_the_element()
    {
        byte[] record = Key(18, "k", [3, 2], Text(Listpack("a")), [2], Text(Listpack("b")), [2], Text("rubbish"));
        var error = Assert.Throws<RdbFormatException>(() => RdbSamples.Read(RdbSamples.Framed(record)));
        Assert.Equal((37, "RDB: a damaged listpack at offset 37"), (error.Offset, error.Message));
    }

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        return bytes;
    }
}

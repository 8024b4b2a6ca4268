using System.Text;
using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Tests.Persistence;

public sealed class RdbFormatTests
{
    private static readonly byte[] Sample = RdbSamples.EveryRecord();

    [Fact]
    public void What_is_written_is_read_back()
    {
        var sink = RdbSamples.Read(Sample);
        Assert.Equal(
            [
                "aux redis-ver=7.0.15", "aux redis-bits=64", "select 0", "resize 20000 1",
                "string text=value expire -1 idle -1 frequency -1",
                "string int8=-128 expire -1 idle -1 frequency -1",
                "string int16=32767 expire -1 idle -1 frequency -1",
                "string int32=-2147483648 expire -1 idle -1 frequency -1",
                "string too wide=2147483648 expire -1 idle -1 frequency -1",
                "string not canonical=007 expire -1 idle -1 frequency -1",
                "string expiring=soon expire 1900000000123 idle -1 frequency -1",
                "string empty= expire -1 idle -1 frequency -1",
            ],
            sink.Records.Take(12));
        Assert.Equal(300, sink.Strings[(0, "fourteen bits")].Value.Length);
        Assert.Equal((5000, 1L), (sink.Strings[(0, "long")].Value.Length, sink.Strings[(0, "long")].ExpireAtMs));
        Assert.Equal("the key is an integer"u8.ToArray(), sink.Strings[(15, "42")].Value);
    }

    [Fact]
    public void Every_split_of_the_bytes_gives_the_same_records()
    {
        var expected = RdbSamples.Read(Sample).Records;
        for (var split = 1; split < Sample.Length; split++)
        {
            var sink = new RecordingSink();
            var reader = new RdbReader(sink);
            Assert.Equal(split, reader.Feed(Sample.AsSpan(0, split)));
            Assert.Equal(Sample.Length - split, reader.Feed(Sample.AsSpan(split)));
            Assert.True(reader.IsFinished);
            Assert.Equal(expected, sink.Records);
        }
    }

    [Fact]
    public void Bytes_that_arrive_one_by_one_give_the_same_records()
    {
        var sink = new RecordingSink();
        var reader = new RdbReader(sink);
        foreach (var value in Sample)
            Assert.Equal(1, reader.Feed([value]));
        Assert.True(reader.IsFinished);
        Assert.Equal(RdbSamples.Read(Sample).Records, sink.Records);
    }

    [Fact]
    public void Bytes_after_the_end_are_left_to_the_caller()
    {
        var reader = new RdbReader(new RecordingSink());
        byte[] followed = [.. Sample, .. "*1\r\n$4\r\nPING\r\n"u8];
        Assert.Equal(Sample.Length, reader.Feed(followed));
        Assert.Equal(0, reader.Feed("more"u8));
    }

    [Fact]
    public void Expiry_in_seconds_idle_time_and_frequency_belong_to_the_next_key_only()
    {
        byte[] records = [253, 10, 0, 0, 0, 248, 7, 249, 200, 0, 1, (byte)'a', 1, (byte)'b', 0, 1, (byte)'c', 1, (byte)'d'];
        var sink = RdbSamples.Read(RdbSamples.Framed(records));
        Assert.Equal(
            ["string a=b expire 10000 idle 7 frequency 200", "string c=d expire -1 idle -1 frequency -1"], sink.Records);
    }

    [Fact]
    public void A_compressed_value_is_decompressed()
    {
        byte[] records = [0, 1, (byte)'k', 0xc3, 5, 10, 0, (byte)'a', 0b1110_0000, 0, 0];
        Assert.Equal("aaaaaaaaaa", Encoding.ASCII.GetString(RdbSamples.Read(RdbSamples.Framed(records)).Strings[(0, "k")].Value));
    }

    [Fact]
    public void A_value_type_that_cannot_be_loaded_is_named_with_its_offset()
    {
        var error = Assert.Throws<RdbFormatException>(() => RdbSamples.Read(RdbSamples.Framed([0, 1, (byte)'a', 1, (byte)'b', 8, 1, (byte)'l'])));
        Assert.Equal("RDB: value type 8 (unassigned) cannot be loaded at offset 14", error.Message);
    }

    [Fact]
    public void A_wrong_checksum_is_refused_unless_checksums_are_off()
    {
        byte[] damaged = [.. Sample];
        damaged[^1] ^= 1;
        Assert.Contains("wrong checksum", Assert.Throws<RdbFormatException>(() => RdbSamples.Read(damaged)).Message);
        Assert.NotEmpty(RdbSamples.Read(damaged, new RdbLimits(VerifyChecksum: false)).Records);
    }

    [Theory]
    [InlineData("REDIX0010", "wrong signature")]
    [InlineData("REDIS00x0", "wrong signature")]
    [InlineData("REDIS0099", "format version 99 cannot be handled")]
    [InlineData("REDIS0000", "format version 0 cannot be handled")]
    public void A_foreign_header_is_refused(string header, string expected) =>
        Assert.Contains(expected, Assert.Throws<RdbFormatException>(() => RdbSamples.Read(Encoding.ASCII.GetBytes(header))).Message);

    [Fact]
    public void A_declared_length_beyond_the_limit_is_refused_before_its_bytes_come()
    {
        byte[] start = [.. "REDIS0010"u8, 0, 1, (byte)'k', 0x80, 0x7f, 0xff, 0xff, 0xff];
        Assert.Contains("a string of 2147483647 bytes", Assert.Throws<RdbFormatException>(() => new RdbReader(new RecordingSink()).Feed(start)).Message);
        byte[] wide = [.. "REDIS0010"u8, 0, 0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        Assert.Throws<RdbFormatException>(() => new RdbReader(new RecordingSink()).Feed(wide));
    }

    [Fact]
    public void A_compressed_string_that_claims_too_much_is_refused_before_memory_is_taken()
    {
        byte[] start = [.. "REDIS0010"u8, 0, 1, (byte)'k', 0xc3, 3, 0x80, 0x10, 0, 0, 0];
        Assert.Contains("claims to hold", Assert.Throws<RdbFormatException>(() => new RdbReader(new RecordingSink()).Feed(start)).Message);
    }

    [Fact]
    public void A_declared_length_takes_no_memory_until_its_bytes_come()
    {
        var reader = new RdbReader(new RecordingSink());
        byte[] start = [.. "REDIS0010"u8, 0, 1, (byte)'k', 0x80, 0x1f, 0xff, 0xff, 0xff, 1, 2, 3];
        var before = GC.GetAllocatedBytesForCurrentThread();
        reader.Feed(start);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
        Assert.Throws<RdbFormatException>(reader.Complete);
    }
}

using System.Buffers;
using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Tests.Persistence;

/// <summary>RDB bytes for the tests.</summary>
internal static class RdbSamples
{
    /// <summary>One record of every kind that the writer has, and every form of string and length.</summary>
    public static byte[] EveryRecord()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new RdbWriter(output);
        writer.Header();
        writer.Aux("redis-ver"u8, "7.0.15"u8);
        writer.Aux("redis-bits"u8, 64);
        writer.SelectDatabase(0);
        writer.ResizeDatabase(20000, 1);
        writer.String("text"u8, "value"u8, RdbKeyFacts.None);
        writer.String("int8"u8, "-128"u8, RdbKeyFacts.None);
        writer.String("int16"u8, "32767"u8, RdbKeyFacts.None);
        writer.String("int32"u8, "-2147483648"u8, RdbKeyFacts.None);
        writer.String("too wide"u8, "2147483648"u8, RdbKeyFacts.None);
        writer.String("not canonical"u8, "007"u8, RdbKeyFacts.None);
        writer.String("expiring"u8, "soon"u8, 1_900_000_000_123);
        writer.String("empty"u8, ""u8, RdbKeyFacts.None);
        writer.String("fourteen bits"u8, new byte[300], RdbKeyFacts.None);
        writer.String("long"u8, new byte[5000], 1);
        writer.SelectDatabase(15);
        writer.String("42"u8, "the key is an integer"u8, RdbKeyFacts.None);
        writer.End();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The given bytes between a version 10 header and an end without checksum.</summary>
    public static byte[] Framed(ReadOnlySpan<byte> records) => [.. "REDIS0010"u8, .. records, 255, 0, 0, 0, 0, 0, 0, 0, 0];

    public static RecordingSink Read(ReadOnlySpan<byte> bytes, RdbLimits? limits = null)
    {
        var sink = new RecordingSink();
        var reader = new RdbReader(sink, limits);
        Assert.Equal(bytes.Length, reader.Feed(bytes));
        reader.Complete();
        return sink;
    }
}

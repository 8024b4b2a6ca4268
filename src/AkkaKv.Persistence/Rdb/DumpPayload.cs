using System.Buffers;
using System.Buffers.Binary;
using AkkaKv.Keyspace;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// A value by itself, as DUMP gives it and RESTORE takes it: value type, value, format version (16 bits, little-endian), checksum of all that (64 bits).
/// </summary>
public static class DumpPayload
{
    private const int FooterSize = sizeof(ushort) + sizeof(ulong);

    /// <summary>Redis 7.4.</summary>
    private const int NewestVersion = 12;

    /// <summary>Writes the value of an entry.</summary>
    public static ReadOnlyMemory<byte> Create(Entry entry, bool compress)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var output = new RdbOutput(buffer, checksum: true, compress);
        output.Byte(ValueWriter.TypeOf(entry));
        new ValueWriter(output).Write(entry);
        output.Bytes([RdbWriter.FormatVersion, 0]);
        var checksum = output.Checksum;
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.GetSpan(sizeof(ulong)), checksum);
        buffer.Advance(sizeof(ulong));
        return buffer.WrittenMemory;
    }

    /// <summary>The bytes that the value of an entry takes in a file, without its type.</summary>
    public static long SizeOf(Entry entry, bool compress)
    {
        var output = new RdbOutput(new ArrayBufferWriter<byte>(), checksum: false, compress);
        new ValueWriter(output).Write(entry);
        return output.Written;
    }

    /// <summary>Whether a payload has a version that can be read, and the checksum of its content.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < FooterSize)
            return false;
        var footer = payload[^FooterSize..];
        return BinaryPrimitives.ReadUInt16LittleEndian(footer) <= NewestVersion
            && BinaryPrimitives.ReadUInt64LittleEndian(footer[sizeof(ushort)..]) == Crc64.Append(0, payload[..^sizeof(ulong)]);
    }

    /// <summary>
    /// Adds a key, which must not be there, with the value of a payload that is intact. False if the value is damaged, empty, or of a kind that cannot be loaded: then
    /// nothing was added.
    /// </summary>
    public static bool TryLoad(ReadOnlySpan<byte> payload, Database database, ReadOnlySpan<byte> key)
    {
        var cursor = new RdbCursor(payload[..^FooterSize]);
        var reader = new RdbValueReader(new ValueLoader(database), RdbLimits.Default);
        try
        {
            if (cursor.TryByte(out var type) && reader.TryBegin(type, key, RdbKeyFacts.Plain, ref cursor) && TryRest(reader, ref cursor)
                && cursor.Position == payload.Length - FooterSize && database.Find(key).Exists)
                return true;
        }
        catch (RdbRefusedException)
        {
            // As good as damaged: whoever restores it is told so.
        }

        database.Remove(key);
        return false;
    }

    private static bool TryRest(RdbValueReader reader, ref RdbCursor cursor)
    {
        while (reader.IsInside)
        {
            if (!reader.TryContinue(ref cursor))
                return false;
        }

        return true;
    }
}

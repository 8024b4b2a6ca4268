using System.Buffers.Binary;
using System.Buffers.Text;

namespace AkkaKv.Persistence.Rdb.Packed;

/// <summary>
/// Reads the ziplist, the packed form of small lists, hashes and sorted sets before Redis 7:
/// <code>
/// total bytes (u32), offset of the last entry (u32), number of entries (u16, 65535: more than fit), entries, 0xFF
/// entry: length of the one before (1 byte, or 0xFE and u32), encoding, content
/// </code>
/// Little-endian, except for the lengths of strings. Bytes from outside are checked once by <see cref="Check"/>; the rest relies on it.
/// </summary>
internal static class Ziplist
{
    /// <summary>Where the first entry is.</summary>
    public const int HeadSize = 10;

    /// <summary>Bytes that the text of an integer can take.</summary>
    public const int ScratchSize = 20;

    private const byte End = 0xFF;
    private const byte LongPrevious = 0xFE;
    private const ushort CountUnknown = ushort.MaxValue;

    /// <summary>Checks every byte of a ziplist and returns how many entries it has, or -1 if it is damaged.</summary>
    public static int Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadSize + 1 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != (uint)bytes.Length || bytes[^1] != End)
            return -1;
        var last = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        var count = 0;
        var at = HeadSize;
        var previous = 0;
        var lastSeen = HeadSize;
        while (at < bytes.Length - 1)
        {
            if (!TryCheckEntry(bytes[at..^1], previous, out var length))
                return -1;
            lastSeen = at;
            previous = length;
            at += length;
            count++;
        }

        var declared = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        return at == bytes.Length - 1 && last == (uint)lastSeen && (declared == CountUnknown || declared == count) ? count : -1;
    }

    /// <summary>
    /// The entry at <paramref name="at"/>, which moves on to the next. An integer comes as text in <paramref name="scratch"/>, of <see cref="ScratchSize"/>.
    /// </summary>
    public static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> ziplist, ref int at, Span<byte> scratch)
    {
        var entry = ziplist[(at + PreviousSize(ziplist[at]))..];
        var (head, length) = Shape(entry);
        at += PreviousSize(ziplist[at]) + head + length;
        if (entry[0] < 0b1100_0000)
            return entry.Slice(head, length);
        Utf8Formatter.TryFormat(Integer(entry), scratch, out var written);
        return scratch[..written];
    }

    private static int PreviousSize(byte first) => first < LongPrevious ? 1 : 5;

    /// <summary>Whether a whole entry is there, which knows the length of the one before it.</summary>
    private static bool TryCheckEntry(ReadOnlySpan<byte> rest, int previous, out int length)
    {
        length = 0;
        var skip = PreviousSize(rest[0]);
        if (rest[0] == End || rest.Length <= skip)
            return false;
        var declared = skip == 1 ? rest[0] : BinaryPrimitives.ReadUInt32LittleEndian(rest[1..]);
        if (declared != (uint)previous || !IsWhole(rest[skip..], out var size))
            return false;
        length = skip + size;
        return true;
    }

    private static bool IsWhole(ReadOnlySpan<byte> entry, out int size)
    {
        size = 0;
        var headSize = entry[0] switch
        {
            < 0b0100_0000 => 1,
            < 0b1000_0000 => 2,
            0x80 => 5,
            0xC0 or 0xD0 or 0xE0 or (>= 0xF0 and <= 0xFE) => 1,
            _ => 0,
        };
        if (headSize == 0 || entry.Length < headSize)
            return false;
        var (head, length) = Shape(entry);
        if (length < 0 || length > entry.Length - head)
            return false;
        size = head + length;
        return true;
    }

    /// <summary>Bytes of the encoding and of the content behind it.</summary>
    private static (int Head, int Length) Shape(ReadOnlySpan<byte> entry) => entry[0] switch
    {
        < 0b0100_0000 => (1, entry[0]),
        < 0b1000_0000 => (2, ((entry[0] & 0x3F) << 8) | entry[1]),
        < 0b1100_0000 => (5, BinaryPrimitives.ReadInt32BigEndian(entry[1..])),
        0xC0 => (1, 2),
        0xD0 => (1, 4),
        0xE0 => (1, 8),
        0xF0 => (1, 3),
        0xFE => (1, 1),
        _ => (1, 0),
    };

    private static long Integer(ReadOnlySpan<byte> entry) => entry[0] switch
    {
        0xC0 => BinaryPrimitives.ReadInt16LittleEndian(entry[1..]),
        0xD0 => BinaryPrimitives.ReadInt32LittleEndian(entry[1..]),
        0xE0 => BinaryPrimitives.ReadInt64LittleEndian(entry[1..]),
        0xF0 => entry[1] | (entry[2] << 8) | ((sbyte)entry[3] << 16),
        0xFE => (sbyte)entry[1],
        _ => (entry[0] & 0xF) - 1,
    };
}

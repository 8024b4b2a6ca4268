using System.Buffers.Binary;

namespace AkkaKv.Persistence.Rdb.Packed;

/// <summary>
/// Reads the zipmap, the packed form of small hashes before Redis 2.6:
/// <code>
/// number of pairs (1 byte, 254 and more: unknown), then for each pair: length, field, length, unused bytes (1 byte), value, unused; then 0xFF
/// length: 1 byte, or 0xFE and u32
/// </code>
/// Bytes from outside are checked once by <see cref="Check"/>; the rest relies on it.
/// </summary>
internal static class Zipmap
{
    /// <summary>Where the first field is.</summary>
    public const int HeadSize = 1;

    private const byte End = 0xFF;
    private const byte LongLength = 0xFE;

    /// <summary>Checks every byte of a zipmap and returns how many pairs it has, or -1 if it is damaged.</summary>
    public static int Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || bytes[^1] != End)
            return -1;
        var count = 0;
        var at = HeadSize;
        while (at < bytes.Length - 1)
        {
            if (!TrySkip(bytes, ref at, isValue: false) || !TrySkip(bytes, ref at, isValue: true))
                return -1;
            count++;
        }

        return at == bytes.Length - 1 && (bytes[0] >= LongLength || bytes[0] == count) ? count : -1;
    }

    /// <summary>The pair at <paramref name="at"/>, which moves on to the next.</summary>
    public static void Next(ReadOnlySpan<byte> zipmap, ref int at, out ReadOnlySpan<byte> field, out ReadOnlySpan<byte> value)
    {
        var length = Length(zipmap[at..], out var size);
        field = zipmap.Slice(at + size, (int)length);
        at += size + (int)length;
        length = Length(zipmap[at..], out size);
        var unused = zipmap[at + size];
        value = zipmap.Slice(at + size + 1, (int)length);
        at += size + 1 + (int)length + unused;
    }

    private static bool TrySkip(ReadOnlySpan<byte> bytes, ref int at, bool isValue)
    {
        // The last byte is the end mark, and no part of a pair.
        var rest = bytes[at..^1];
        if (rest.IsEmpty || rest[0] == End || (rest[0] == LongLength && rest.Length < 5))
            return false;
        long length = Length(rest, out var size);
        length += size;
        if (isValue)
            length += 1 + (size < rest.Length ? rest[size] : 0);
        if (length > rest.Length)
            return false;
        at += (int)length;
        return true;
    }

    private static uint Length(ReadOnlySpan<byte> bytes, out int size)
    {
        size = bytes[0] < LongLength ? 1 : 5;
        return size == 1 ? bytes[0] : BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]);
    }
}

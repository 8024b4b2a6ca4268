using System.Buffers.Binary;

namespace AkkaKv.Persistence.Rdb.Packed;

/// <summary>
/// Checks an intset from outside: bytes per integer (u32: 2, 4 or 8), number of integers (u32), integers, little-endian, ascending and distinct.
/// </summary>
internal static class IntsetCheck
{
    private const int HeadSize = 8;

    /// <summary>Checks every byte of an intset and returns how many integers it has, or -1 if it is damaged. An intset is never empty.</summary>
    public static int Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= HeadSize)
            return -1;
        var width = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        long count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (width is not (2 or 4 or 8) || count * width != bytes.Length - HeadSize)
            return -1;
        var previous = long.MinValue;
        for (var index = 0; index < (int)count; index++)
        {
            var value = At(bytes, (int)width, index);
            if (index > 0 && value <= previous)
                return -1;
            previous = value;
        }

        return (int)count;
    }

    private static long At(ReadOnlySpan<byte> bytes, int width, int index)
    {
        var place = bytes[(HeadSize + (index * width))..];
        return width switch
        {
            2 => BinaryPrimitives.ReadInt16LittleEndian(place),
            4 => BinaryPrimitives.ReadInt32LittleEndian(place),
            _ => BinaryPrimitives.ReadInt64LittleEndian(place),
        };
    }
}

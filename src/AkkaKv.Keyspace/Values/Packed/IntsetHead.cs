using System.Buffers.Binary;

namespace AkkaKv.Keyspace.Values.Packed;

/// <summary>
/// The first eight bytes of an intset: how many bytes each integer takes (2, 4 or 8), and how many there are; both 32 bits, little-endian.
/// </summary>
internal static class IntsetHead
{
    public const int Size = 8;

    public static int Width(ReadOnlySpan<byte> set) => (int)BinaryPrimitives.ReadUInt32LittleEndian(set);

    public static int Count(ReadOnlySpan<byte> set) => (int)BinaryPrimitives.ReadUInt32LittleEndian(set[sizeof(uint)..]);

    public static void Write(Span<byte> set, int width, int count)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(set, (uint)width);
        BinaryPrimitives.WriteUInt32LittleEndian(set[sizeof(uint)..], (uint)count);
    }
}

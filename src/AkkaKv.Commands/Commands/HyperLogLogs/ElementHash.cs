using System.Buffers.Binary;
using System.Numerics;

namespace AkkaKv.Commands.Commands.HyperLogLogs;

/// <summary>
/// Which register an element belongs to, and the value that it asks for: the place of the lowest set bit in the rest of its hash. The hash is MurmurHash64A
/// (Austin Appleby, public domain) with Redis's seed; values of two servers can be merged only if it is the same.
/// </summary>
internal static class ElementHash
{
    private const ulong Seed = 0xadc83b19;
    private const ulong Multiplier = 0xc6a4a7935bd1e995;
    private const int Shift = 47;

    /// <summary>The register of an element and the least value that it must have, 1 to 51.</summary>
    public static (int Register, byte Value) Of(ReadOnlySpan<byte> element)
    {
        ulong hash = Murmur(element);
        ulong pattern = (hash >> HyperLogLogFormat.IndexBits) | (1UL << HyperLogLogFormat.PatternBits);
        return ((int)(hash & (HyperLogLogFormat.RegisterCount - 1)), (byte)(BitOperations.TrailingZeroCount(pattern) + 1));
    }

    private static ulong Murmur(ReadOnlySpan<byte> element)
    {
        ulong hash = Seed ^ ((ulong)element.Length * Multiplier);
        for (; element.Length >= sizeof(ulong); element = element[sizeof(ulong)..])
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(element) * Multiplier;
            hash = (hash ^ ((word ^ (word >> Shift)) * Multiplier)) * Multiplier;
        }

        if (!element.IsEmpty)
        {
            ulong rest = 0;
            for (int i = element.Length - 1; i >= 0; i--)
            {
                rest = (rest << 8) | element[i];
            }

            hash = (hash ^ rest) * Multiplier;
        }

        hash = (hash ^ (hash >> Shift)) * Multiplier;
        return hash ^ (hash >> Shift);
    }
}

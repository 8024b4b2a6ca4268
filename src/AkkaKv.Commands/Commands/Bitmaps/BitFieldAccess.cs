namespace AkkaKv.Commands.Commands.Bitmaps;

/// <summary>Reads and writes up to 64 bits at any bit offset, highest bit first. Bits behind the end of the value read as zero.</summary>
public static class BitFieldAccess
{
    /// <summary>The <paramref name="bits"/> bits (1 to 64) at <paramref name="offset"/>, right-aligned.</summary>
    public static ulong Read(ReadOnlySpan<byte> value, long offset, int bits)
    {
        UInt128 window = ReadWindow(value, offset >> 3);
        int below = WindowBits - (int)(offset & 7) - bits;
        return (ulong)(window >> below) & (ulong.MaxValue >> (64 - bits));
    }

    /// <summary>Writes the low <paramref name="bits"/> bits of <paramref name="pattern"/>; they must lie inside the value.</summary>
    public static void Write(Span<byte> value, long offset, int bits, ulong pattern)
    {
        int below = WindowBits - (int)(offset & 7) - bits;
        UInt128 mask = (UInt128)(ulong.MaxValue >> (64 - bits)) << below;
        UInt128 window = (ReadWindow(value, offset >> 3) & ~mask) | (((UInt128)pattern << below) & mask);
        int first = (int)(offset >> 3);
        int last = (int)((offset + bits - 1) >> 3);
        for (int i = first; i <= last; i++)
        {
            value[i] = (byte)(window >> (WindowBits - 8 * (i - first + 1)));
        }
    }

    // A field of 64 bits that does not start at a byte's first bit touches nine bytes.
    private const int WindowBytes = 9;
    private const int WindowBits = WindowBytes * 8;

    private static UInt128 ReadWindow(ReadOnlySpan<byte> value, long firstByte)
    {
        UInt128 window = 0;
        for (long i = firstByte; i < firstByte + WindowBytes; i++)
        {
            window = (window << 8) | (i < value.Length ? value[(int)i] : (byte)0);
        }

        return window;
    }
}

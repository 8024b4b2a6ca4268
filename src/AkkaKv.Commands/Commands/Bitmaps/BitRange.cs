using System.Numerics;
using System.Runtime.InteropServices;

namespace AkkaKv.Commands.Commands.Bitmaps;

/// <summary>
/// Counting and finding bits in a run of a value. Bit 0 is the highest bit of the first byte (Redis's numbering). Both ends of a run
/// are included.
/// </summary>
public static class BitRange
{
    /// <summary>How many bits are set from <paramref name="first"/> to <paramref name="last"/>; 0 when the run is empty.</summary>
    public static long Count(ReadOnlySpan<byte> value, long first, long last)
    {
        if (first > last)
        {
            return 0;
        }

        int firstByte = (int)(first >> 3);
        int lastByte = (int)(last >> 3);
        int headMask = 0xFF >> (int)(first & 7);
        int tailMask = 0xFF << (7 - (int)(last & 7));
        if (firstByte == lastByte)
        {
            return BitOperations.PopCount((uint)(value[firstByte] & headMask & tailMask));
        }

        return BitOperations.PopCount((uint)(value[firstByte] & headMask))
            + CountAll(value[(firstByte + 1)..lastByte])
            + BitOperations.PopCount((uint)(value[lastByte] & tailMask & 0xFF));
    }

    /// <summary>How many bits are set in all of <paramref name="value"/>. Four counters keep the processor's units busy.</summary>
    public static long CountAll(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(value);
        long a = 0, b = 0, c = 0, d = 0;
        int i = 0;
        for (; i <= words.Length - 4; i += 4)
        {
            a += BitOperations.PopCount(words[i]);
            b += BitOperations.PopCount(words[i + 1]);
            c += BitOperations.PopCount(words[i + 2]);
            d += BitOperations.PopCount(words[i + 3]);
        }

        for (; i < words.Length; i++)
        {
            a += BitOperations.PopCount(words[i]);
        }

        for (int tail = words.Length * sizeof(ulong); tail < value.Length; tail++)
        {
            a += BitOperations.PopCount((uint)value[tail]);
        }

        return a + b + c + d;
    }

    /// <summary>The first bit equal to <paramref name="bit"/> from <paramref name="first"/> to <paramref name="last"/>, or -1.</summary>
    public static long Find(ReadOnlySpan<byte> value, bool bit, long first, long last)
    {
        if (first > last)
        {
            return -1;
        }

        int firstByte = (int)(first >> 3);
        int lastByte = (int)(last >> 3);
        byte uninteresting = bit ? (byte)0 : (byte)0xFF;

        // Looking for a zero is looking for a one in the inverted byte; bits before the run must not be found.
        int head = (value[firstByte] ^ uninteresting) & (0xFF >> (int)(first & 7));
        long found;
        if (head != 0)
        {
            found = firstByte * 8L + LeadingZeros(head);
        }
        else
        {
            int skipped = value[(firstByte + 1)..(lastByte + 1)].IndexOfAnyExcept(uninteresting);
            if (skipped < 0)
            {
                return -1;
            }

            int at = firstByte + 1 + skipped;
            found = at * 8L + LeadingZeros(value[at] ^ uninteresting);
        }

        return found <= last ? found : -1;
    }

    private static int LeadingZeros(int oneByte) => BitOperations.LeadingZeroCount((uint)oneByte) - 24;
}

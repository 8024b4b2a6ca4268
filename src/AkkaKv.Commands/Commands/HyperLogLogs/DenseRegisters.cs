namespace AkkaKv.Commands.Commands.HyperLogLogs;

/// <summary>The dense form: six bits for every register, the lowest bits of a byte first. The functions work on the bytes behind the header.</summary>
internal static class DenseRegisters
{
    /// <summary>Bytes of all registers.</summary>
    public const int Size = HyperLogLogFormat.RegisterCount * BitsEach / 8;

    private const int BitsEach = 6;
    private const int Mask = (1 << BitsEach) - 1;

    /// <summary>The value of a register.</summary>
    public static byte Get(ReadOnlySpan<byte> registers, int register)
    {
        int bit = register * BitsEach;
        int low = registers[bit >> 3];
        int high = (bit >> 3) + 1 < registers.Length ? registers[(bit >> 3) + 1] : 0;
        return (byte)(((low | (high << 8)) >> (bit & 7)) & Mask);
    }

    /// <summary>Writes a register.</summary>
    public static void Set(Span<byte> registers, int register, byte value)
    {
        int bit = register * BitsEach;
        int shift = bit & 7;
        ref byte low = ref registers[bit >> 3];
        low = (byte)((low & ~(Mask << shift)) | (value << shift));
        if (shift > 8 - BitsEach)
        {
            ref byte high = ref registers[(bit >> 3) + 1];
            high = (byte)((high & ~(Mask >> (8 - shift))) | (value >> (8 - shift)));
        }
    }

    /// <summary>Raises a register to at least <paramref name="value"/>; false if it was so already.</summary>
    public static bool Raise(Span<byte> registers, int register, byte value)
    {
        if (Get(registers, register) >= value)
        {
            return false;
        }

        Set(registers, register, value);
        return true;
    }

    /// <summary>Raises each of <paramref name="maxima"/>, one byte for a register, to at least that register.</summary>
    public static void MergeInto(ReadOnlySpan<byte> registers, Span<byte> maxima)
    {
        for (int i = 0; i < HyperLogLogFormat.RegisterCount; i++)
        {
            maxima[i] = Math.Max(maxima[i], Get(registers, i));
        }
    }

    /// <summary>Counts how many registers have each value.</summary>
    public static void CountValues(ReadOnlySpan<byte> registers, Span<int> histogram)
    {
        for (int i = 0; i < HyperLogLogFormat.RegisterCount; i++)
        {
            histogram[Get(registers, i)]++;
        }
    }
}

namespace AkkaKv.Commands.Commands.HyperLogLogs;

/// <summary>
/// One run of equal registers in the sparse form.
/// <code>
/// 00xxxxxx           ZERO:  x+1 registers (1 to 64) of value 0
/// 01xxxxxx yyyyyyyy  XZERO: xy+1 registers (1 to 16384) of value 0
/// 1vvvvvxx           VAL:   x+1 registers (1 to 4) of value v+1 (1 to 32)
/// </code>
/// </summary>
/// <param name="Size">Bytes that the run takes: 1 or 2.</param>
/// <param name="Length">Number of registers.</param>
/// <param name="Value">Their value.</param>
internal readonly record struct SparseRun(int Size, int Length, byte Value)
{
    /// <summary>Highest value that a run can hold.</summary>
    public const int MaxValue = 32;

    /// <summary>Longest run of registers above 0.</summary>
    public const int MaxValueLength = 4;

    private const int MaxShortZeros = 64;
    private const byte ValueFlag = 0x80;
    private const byte LongZerosFlag = 0x40;

    /// <summary>Reads the run at a place. A long run that is cut off counts as if a zero byte followed.</summary>
    public static SparseRun Read(ReadOnlySpan<byte> bytes, int at)
    {
        byte first = bytes[at];
        if ((first & ValueFlag) != 0)
        {
            return new SparseRun(1, (first & 3) + 1, (byte)(((first >> 2) & 31) + 1));
        }

        if ((first & LongZerosFlag) == 0)
        {
            return new SparseRun(1, first + 1, 0);
        }

        int second = at + 1 < bytes.Length ? bytes[at + 1] : 0;
        return new SparseRun(2, (((first & 63) << 8) | second) + 1, 0);
    }

    /// <summary>Writes <paramref name="length"/> registers of value 0 and returns how many bytes that took; nothing for none.</summary>
    public static int WriteZeros(Span<byte> bytes, int length)
    {
        if (length == 0)
        {
            return 0;
        }

        if (length <= MaxShortZeros)
        {
            bytes[0] = (byte)(length - 1);
            return 1;
        }

        bytes[0] = (byte)(((length - 1) >> 8) | LongZerosFlag);
        bytes[1] = (byte)(length - 1);
        return 2;
    }

    /// <summary>Writes <paramref name="length"/> registers of a value above 0, at most 4, and returns how many bytes that took; nothing for none.</summary>
    public static int WriteValue(Span<byte> bytes, int value, int length)
    {
        if (length == 0)
        {
            return 0;
        }

        bytes[0] = (byte)(((value - 1) << 2) | (length - 1) | ValueFlag);
        return 1;
    }
}

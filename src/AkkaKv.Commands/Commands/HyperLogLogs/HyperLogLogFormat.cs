using System.Buffers.Binary;

namespace AkkaKv.Commands.Commands.HyperLogLogs;

/// <summary>
/// The frame of a HyperLogLog in a string value, which is Redis's own, so that values may travel between both: the word HYLL, one byte for the form of the
/// registers, three unused ones, eight for the last estimate (little-endian; its highest bit says that it no longer holds), then the registers.
/// </summary>
internal static class HyperLogLogFormat
{
    /// <summary>Number of registers: a hash gives 14 bits to choose one.</summary>
    public const int RegisterCount = 1 << IndexBits;

    /// <summary>Bits of a hash that choose the register.</summary>
    public const int IndexBits = 14;

    /// <summary>Bits of a hash in which the first one is looked for; so a register's highest value is one more.</summary>
    public const int PatternBits = 64 - IndexBits;

    /// <summary>Bytes before the registers.</summary>
    public const int HeaderSize = 16;

    /// <summary>Length of a value in the dense form.</summary>
    public const int DenseSize = HeaderSize + DenseRegisters.Size;

    private const int FormPlace = 4;
    private const int EstimatePlace = 8;
    private const byte StaleFlag = 0x80;
    private const byte Dense = 0;
    private const byte Sparse = 1;

    private static ReadOnlySpan<byte> Magic => "HYLL"u8;

    /// <summary>Whether a value has such a frame; the registers may be damaged nonetheless.</summary>
    public static bool IsValid(ReadOnlySpan<byte> value) =>
        value.Length >= HeaderSize && value.StartsWith(Magic) && value[FormPlace] <= Sparse && (value[FormPlace] != Dense || value.Length == DenseSize);

    /// <summary>Whether the registers are in the dense form.</summary>
    public static bool IsDense(ReadOnlySpan<byte> value) => value[FormPlace] == Dense;

    /// <summary>Writes the header of a value without elements, whose estimate is known to be 0.</summary>
    public static void WriteSparseHeader(Span<byte> value)
    {
        value[..HeaderSize].Clear();
        Magic.CopyTo(value);
        value[FormPlace] = Sparse;
    }

    /// <summary>Says that the registers are now in the dense form.</summary>
    public static void MarkDense(Span<byte> value) => value[FormPlace] = Dense;

    /// <summary>The last estimate, if no register has changed since.</summary>
    public static bool TryReadEstimate(ReadOnlySpan<byte> value, out long estimate)
    {
        estimate = BinaryPrimitives.ReadInt64LittleEndian(value[EstimatePlace..]);
        return (value[HeaderSize - 1] & StaleFlag) == 0;
    }

    /// <summary>Keeps an estimate.</summary>
    public static void WriteEstimate(Span<byte> value, long estimate) => BinaryPrimitives.WriteInt64LittleEndian(value[EstimatePlace..], estimate);

    /// <summary>The kept estimate no longer holds.</summary>
    public static void MarkStale(Span<byte> value) => value[HeaderSize - 1] |= StaleFlag;
}

using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Bitmaps;

/// <summary>What BITFIELD does when a result does not fit its type.</summary>
public enum OverflowPolicy
{
    /// <summary>Keep the low bits (the default).</summary>
    Wrap,

    /// <summary>Keep the nearest value of the type.</summary>
    Saturate,

    /// <summary>Write nothing and answer null.</summary>
    Fail,
}

/// <summary>An integer type of BITFIELD: i1 to i64, u1 to u63. Sixty-four unsigned bits do not fit a RESP integer.</summary>
/// <param name="Signed">Whether the highest bit is the sign (two's complement).</param>
/// <param name="Bits">The width, 1 to 64.</param>
public readonly record struct BitFieldType(bool Signed, int Bits)
{
    private Int128 Highest => Signed ? (Int128.One << (Bits - 1)) - 1 : (Int128.One << Bits) - 1;

    private Int128 Lowest => Signed ? -(Int128.One << (Bits - 1)) : 0;

    /// <summary>Reads "i16", "u8".</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out BitFieldType type)
    {
        type = default;
        if (text.Length < 2 || text[0] is not ((byte)'i' or (byte)'u') || !DecimalNumber.TryParse(text[1..], out long bits))
        {
            return false;
        }

        bool signed = text[0] == 'i';
        if (bits < 1 || bits > (signed ? 64 : 63))
        {
            return false;
        }

        type = new BitFieldType(signed, (int)bits);
        return true;
    }

    /// <summary>The number that <paramref name="pattern"/> (the field's bits, right-aligned) stands for.</summary>
    public long FromPattern(ulong pattern) => Signed ? (long)(pattern << (64 - Bits)) >> (64 - Bits) : (long)pattern;

    /// <summary>The value of SET's argument before it is fitted: an unsigned type takes a negative number as its 64-bit pattern.</summary>
    public Int128 FromArgument(long argument) => Signed ? argument : (Int128)(ulong)argument;

    /// <summary>
    /// Fits <paramref name="exact"/> into the type. True when it fits as it is; otherwise <paramref name="value"/> is what the policy
    /// makes of it, and for <see cref="OverflowPolicy.Fail"/> nothing to write.
    /// </summary>
    public bool TryFit(Int128 exact, OverflowPolicy policy, out long value)
    {
        if (exact >= Lowest && exact <= Highest)
        {
            value = (long)exact;
            return true;
        }

        value = policy == OverflowPolicy.Saturate
            ? (long)(exact > Highest ? Highest : Lowest)
            : FromPattern((ulong)exact & (ulong.MaxValue >> (64 - Bits)));
        return false;
    }
}

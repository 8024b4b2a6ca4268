using System.Numerics;

namespace AkkaKv.Commands.Text;

/// <summary>
/// The 80-bit floating point number that Redis calculates INCRBYFLOAT with (C's long double on x86: 64 bits of mantissa, 15 of
/// exponent). A double would answer 3.0 + 1.1 differently, and the result is stored and replicated as text, so it must be the same.
/// Exact arithmetic on big integers, rounded once to the nearest, ties to even, as the processor does.
/// </summary>
public readonly struct ExtendedFloat
{
    /// <summary>Redis reads no number written with more bytes than this.</summary>
    public const int MaxTextLength = 5 * 1024 - 1;

    private const int MantissaBits = 64;
    private const int MinExponent = -16445;
    private const int MaxExponent = 16320;

    private readonly ulong _mantissa;
    private readonly int _exponent;
    private readonly bool _negative;

    private ExtendedFloat(bool negative, ulong mantissa, int exponent, bool isInfinite = false)
    {
        _negative = negative;
        _mantissa = mantissa;
        _exponent = exponent;
        IsInfinite = isInfinite;
    }

    /// <summary>The value is an infinity: "inf" was read, or a sum left the range.</summary>
    public bool IsInfinite { get; }

    internal bool IsZero => _mantissa == 0 && !IsInfinite;

    internal bool IsNegative => _negative;

    /// <summary>The number nearest to <paramref name="value"/>; exact.</summary>
    public static ExtendedFloat From(long value) => Round(value < 0, BigInteger.Abs(value), 0, false);

    internal static ExtendedFloat Infinity(bool negative) => new(negative, 0, 0, isInfinite: true);

    /// <summary>The number nearest to numerator/denominator; the numerator is not negative, the denominator positive.</summary>
    internal static ExtendedFloat Divide(bool negative, BigInteger numerator, BigInteger denominator)
    {
        // Two bits more than the mantissa keep the half visible; whatever lies below them only matters as "not zero".
        long shift = MantissaBits + 2 - (numerator.GetBitLength() - denominator.GetBitLength());
        BigInteger quotient = shift >= 0
            ? BigInteger.DivRem(numerator << (int)shift, denominator, out BigInteger remainder)
            : BigInteger.DivRem(numerator, denominator << (int)-shift, out remainder);
        return Round(negative, quotient, (int)-shift, !remainder.IsZero);
    }

    /// <summary>The number nearest to magnitude * 2^exponent, where <paramref name="more"/> says that a little more was cut off.</summary>
    internal static ExtendedFloat Round(bool negative, BigInteger magnitude, int exponent, bool more)
    {
        if (magnitude.IsZero)
        {
            return new ExtendedFloat(negative, 0, 0);
        }

        int surplus = Math.Max((int)magnitude.GetBitLength() - MantissaBits, MinExponent - exponent);
        if (surplus > 0)
        {
            magnitude = RoundedShift(magnitude, surplus, more);
            exponent += surplus;
        }

        int bits = (int)magnitude.GetBitLength();
        if (bits > MantissaBits)
        {
            magnitude >>= 1;
            exponent++;
        }

        // The top bit of a normal number is set; numbers too small for that keep the smallest exponent.
        int room = Math.Min(MantissaBits - bits, exponent - MinExponent);
        if (room > 0)
        {
            magnitude <<= room;
            exponent -= room;
        }

        return exponent > MaxExponent ? Infinity(negative) : new ExtendedFloat(negative, (ulong)magnitude, exponent);
    }

    /// <summary>The rounded sum; infinite when it leaves the range. Adding infinities is the caller's to refuse.</summary>
    public static ExtendedFloat operator +(ExtendedFloat left, ExtendedFloat right)
    {
        if (left.IsInfinite || right.IsInfinite)
        {
            return left.IsInfinite ? left : right;
        }

        if (left._mantissa == 0 || right._mantissa == 0)
        {
            return left._mantissa != 0 ? left
                : right._mantissa != 0 ? right
                : new ExtendedFloat(left._negative && right._negative, 0, 0);
        }

        int exponent = Math.Min(left._exponent, right._exponent);
        BigInteger sum = left.Scaled(exponent) + right.Scaled(exponent);
        return Round(sum.Sign < 0, BigInteger.Abs(sum), exponent, false);
    }

    /// <summary>
    /// Writes the number as Redis shows it to people: up to 17 digits after the point, no exponent, no zeros at the end, never "-0".
    /// </summary>
    /// <exception cref="InvalidOperationException">The number is infinite.</exception>
    public byte[] ToHumanText()
    {
        if (IsInfinite)
        {
            throw new InvalidOperationException("An infinite value has no decimal form.");
        }

        const int Decimals = 17;
        BigInteger scaled = _mantissa * BigInteger.Pow(10, Decimals);
        scaled = _exponent >= 0 ? scaled << _exponent : RoundedShift(scaled, -_exponent, false);
        string digits = scaled.ToString().PadLeft(Decimals + 1, '0');
        string whole = digits[..^Decimals];
        string fraction = digits[^Decimals..].TrimEnd('0');
        string text = fraction.Length == 0 ? whole : whole + "." + fraction;
        return System.Text.Encoding.ASCII.GetBytes(_negative && text != "0" ? "-" + text : text);
    }

    /// <summary>A thousand times the number, rounded as a product is, then up to an integer; false when 64 bits do not hold that.</summary>
    public bool TryGetThousandfoldCeiling(out long value)
    {
        ExtendedFloat product = Round(_negative, new BigInteger(_mantissa) * 1000, _exponent, false);
        value = 0;
        if (IsInfinite || product.IsInfinite || (product._mantissa != 0 && product._exponent >= 0))
        {
            return false;
        }

        int shift = -product._exponent;
        ulong whole = shift < MantissaBits ? product._mantissa >> shift : 0;
        bool hasFraction = shift < MantissaBits ? whole << shift != product._mantissa : product._mantissa != 0;
        value = _negative ? -(long)whole : (long)(whole + (hasFraction ? 1UL : 0));
        return _negative || value >= 0;
    }

    private BigInteger Scaled(int exponent)
    {
        BigInteger value = new BigInteger(_mantissa) << (_exponent - exponent);
        return _negative ? -value : value;
    }

    /// <summary>magnitude / 2^shift to the nearest integer, ties to even unless more than the half was there.</summary>
    private static BigInteger RoundedShift(BigInteger magnitude, int shift, bool more)
    {
        BigInteger kept = magnitude >> shift;
        BigInteger cut = magnitude - (kept << shift);
        int comparedToHalf = cut.CompareTo(BigInteger.One << (shift - 1));
        bool up = comparedToHalf > 0 || (comparedToHalf == 0 && (more || !kept.IsEven));
        return up ? kept + 1 : kept;
    }
}

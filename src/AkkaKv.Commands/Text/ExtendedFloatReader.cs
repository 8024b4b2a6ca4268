using System.Globalization;
using System.Numerics;
using System.Text;

namespace AkkaKv.Commands.Text;

/// <summary>
/// Reads the text of an <see cref="ExtendedFloat"/> as Redis does with C's strtold: decimal with optional point and exponent,
/// hexadecimal with a binary exponent (0x1.8p3), "inf" and "infinity" in any case. Not a number, blanks, anything left over, and
/// values that overflow or vanish to zero are refused.
/// </summary>
public static class ExtendedFloatReader
{
    /// <summary>Reads the whole <paramref name="text"/>; false when Redis would say "value is not a valid float".</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ExtendedFloat value)
    {
        value = default;
        if (text.IsEmpty || text.Length > ExtendedFloat.MaxTextLength)
        {
            return false;
        }

        bool negative = text[0] == '-';
        ReadOnlySpan<byte> number = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (Ascii.EqualsIgnoreCase(number, "inf"u8) || Ascii.EqualsIgnoreCase(number, "infinity"u8))
        {
            value = ExtendedFloat.Infinity(negative);
            return true;
        }

        bool hexadecimal = number.Length > 2 && number[0] == '0' && (number[1] | 0x20) == 'x';
        if (hexadecimal)
        {
            number = number[2..];
        }

        if (!TryReadDigits(number, hexadecimal, out BigInteger digits, out int fractionDigits, out int consumed)
            || !TryReadExponent(number[consumed..], hexadecimal ? (byte)'p' : (byte)'e', out int exponent))
        {
            return false;
        }

        if (digits.IsZero)
        {
            value = ExtendedFloat.Round(negative, BigInteger.Zero, 0, false);
            return true;
        }

        return hexadecimal
            ? TryScaleBinary(negative, digits, exponent - 4L * fractionDigits, out value)
            : TryScaleDecimal(negative, digits, exponent - (long)fractionDigits, out value);
    }

    private static bool TryReadDigits(
        ReadOnlySpan<byte> text, bool hexadecimal, out BigInteger digits, out int fractionDigits, out int consumed)
    {
        StringBuilder collected = new(hexadecimal ? "0" : "");
        int point = -1;
        consumed = 0;
        for (; consumed < text.Length; consumed++)
        {
            char character = (char)text[consumed];
            if (character == '.' && point < 0)
            {
                point = consumed;
            }
            else if (hexadecimal ? char.IsAsciiHexDigit(character) : char.IsAsciiDigit(character))
            {
                collected.Append(character);
            }
            else
            {
                break;
            }
        }

        fractionDigits = point < 0 ? 0 : consumed - point - 1;
        digits = BigInteger.Zero;
        int count = consumed - (point < 0 ? 0 : 1);
        if (count == 0)
        {
            return false;
        }

        NumberStyles style = hexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        digits = BigInteger.Parse(collected.ToString(), style, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Reads "e-12" or nothing. Exponents beyond all range are cut, they overflow or vanish all the same.</summary>
    private static bool TryReadExponent(ReadOnlySpan<byte> text, byte letter, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if ((text[0] | 0x20) != letter)
        {
            return false;
        }

        text = text[1..];
        bool negative = !text.IsEmpty && text[0] == '-';
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        if (text.IsEmpty)
        {
            return false;
        }

        foreach (byte digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            exponent = Math.Min(exponent * 10 + (digit - '0'), 10_000_000);
        }

        exponent = negative ? -exponent : exponent;
        return true;
    }

    private static bool TryScaleDecimal(bool negative, BigInteger digits, long exponent, out ExtendedFloat value)
    {
        // The range ends near 1e+4932 and 1e-4951: what is clearly outside is not worth calculating.
        double magnitude = BigInteger.Log10(digits) + exponent;
        if (magnitude is > 4940 or < -4960)
        {
            value = default;
            return false;
        }

        value = exponent >= 0
            ? ExtendedFloat.Divide(negative, digits * BigInteger.Pow(10, (int)exponent), BigInteger.One)
            : ExtendedFloat.Divide(negative, digits, BigInteger.Pow(10, (int)-exponent));
        return !value.IsInfinite && !value.IsZero;
    }

    private static bool TryScaleBinary(bool negative, BigInteger digits, long exponent, out ExtendedFloat value)
    {
        if (digits.GetBitLength() + exponent is > 17000 or < -17000)
        {
            value = default;
            return false;
        }

        value = ExtendedFloat.Round(negative, digits, (int)exponent, false);
        return !value.IsInfinite && !value.IsZero;
    }
}

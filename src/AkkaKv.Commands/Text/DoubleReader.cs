using System.Globalization;
using System.Text;

namespace AkkaKv.Commands.Text;

/// <summary>
/// Reads a double as C's strtod does: decimal with optional point and exponent, hexadecimal with a binary exponent (0x1.8p3), "inf", "infinity" and "nan" in any case.
/// </summary>
public static class DoubleReader
{
    // More hexadecimal digits than this do not fit 64 bits; of the rest only matters whether they are zero.
    private const int HexDigitsMax = 16;
    private const int ExponentMax = 100_000;

    /// <summary>
    /// Reads the whole <paramref name="text"/>; false when Redis would say "value is not a valid float": blanks, anything left over, not a number, a value that
    /// overflows or vanishes to zero.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        return !text.IsEmpty && !IsBlank(text[0])
            && Read(text, out value, out bool outOfRange) == text.Length
            && !outOfRange && !double.IsNaN(value);
    }

    /// <summary>
    /// Reads an end of a range of scores, more loosely: blanks in front are passed over, nothing at all is 0, a zero byte ends the text, what overflows is infinite.
    /// </summary>
    public static bool TryParseLimit(ReadOnlySpan<byte> text, out double value)
    {
        int end = text.IndexOf((byte)0);
        text = end < 0 ? text : text[..end];
        return Read(text, out value, out _) == text.Length && !double.IsNaN(value);
    }

    /// <summary>Reads what SORT compares: as an end of a range, but what overflows or vanishes to zero is refused.</summary>
    public static bool TryParseWeight(ReadOnlySpan<byte> text, out double value)
    {
        int end = text.IndexOf((byte)0);
        text = end < 0 ? text : text[..end];
        return Read(text, out value, out bool outOfRange) == text.Length && !outOfRange && !double.IsNaN(value);
    }

    /// <summary>Reads as much as is a number; returns how many bytes that is, 0 if it is none.</summary>
    private static int Read(ReadOnlySpan<byte> text, out double value, out bool outOfRange)
    {
        value = 0;
        outOfRange = false;
        int at = 0;
        while (at < text.Length && IsBlank(text[at]))
        {
            at++;
        }

        bool negative = at < text.Length && text[at] == '-';
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
        {
            at++;
        }

        ReadOnlySpan<byte> number = text[at..];
        int length = ReadName(number, out value);
        if (length == 0)
        {
            length = ReadHexadecimal(number, out value, out outOfRange);
        }

        if (length == 0)
        {
            length = ReadDecimal(number, out value, out outOfRange);
        }

        value = negative ? -value : value;
        return length == 0 ? 0 : at + length;
    }

    private static int ReadName(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.Length < 3 || !char.IsAsciiLetter((char)text[0]))
        {
            return 0;
        }

        if (Ascii.EqualsIgnoreCase(text[..3], "nan"u8))
        {
            value = double.NaN;
            return 3;
        }

        if (!Ascii.EqualsIgnoreCase(text[..3], "inf"u8))
        {
            return 0;
        }

        value = double.PositiveInfinity;
        return text.Length >= 8 && Ascii.EqualsIgnoreCase(text[..8], "infinity"u8) ? 8 : 3;
    }

    private static int ReadDecimal(ReadOnlySpan<byte> text, out double value, out bool outOfRange)
    {
        int at = CountDigits(text);
        int digits = at;
        if (at < text.Length && text[at] == '.')
        {
            int fraction = CountDigits(text[(at + 1)..]);
            digits += fraction;
            at += fraction + 1;
        }

        value = 0;
        outOfRange = false;
        if (digits == 0)
        {
            return 0;
        }

        bool isZero = !text[..at].ContainsAnyInRange((byte)'1', (byte)'9');
        at += CountExponent(text[at..], (byte)'e');
        double.TryParse(text[..at], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        outOfRange = double.IsInfinity(value) || (value == 0 && !isZero);
        return at;
    }

    private static int ReadHexadecimal(ReadOnlySpan<byte> text, out double value, out bool outOfRange)
    {
        value = 0;
        outOfRange = false;
        if (text.Length < 3 || text[0] != '0' || (text[1] | 0x20) != 'x')
        {
            return 0;
        }

        ulong mantissa = 0;
        int used = 0, exponent = 0, digits = 0, at = 2;
        bool hasPoint = false, hasMore = false;
        for (; at < text.Length; at++)
        {
            if (text[at] == '.' && !hasPoint)
            {
                hasPoint = true;
                continue;
            }

            if (!char.IsAsciiHexDigit((char)text[at]))
            {
                break;
            }

            digits++;
            ulong digit = (ulong)Convert.ToInt32(((char)text[at]).ToString(), 16);
            if (used < HexDigitsMax)
            {
                mantissa = (mantissa << 4) | digit;
                used += mantissa == 0 ? 0 : 1;
                exponent -= hasPoint ? 4 : 0;
            }
            else
            {
                hasMore |= digit != 0;
                exponent += hasPoint ? 0 : 4;
            }
        }

        if (digits == 0)
        {
            return 0;
        }

        int exponentLength = CountExponent(text[at..], (byte)'p');
        if (exponentLength > 0)
        {
            exponent += ReadExponent(text.Slice(at + 1, exponentLength - 1));
        }

        // Rounded once: 64 bits are more than a double keeps, and the lowest stands for what was cut off.
        value = Math.ScaleB((double)(mantissa | (hasMore ? 1ul : 0)), exponent);
        outOfRange = double.IsInfinity(value) || (value == 0 && mantissa != 0);
        return at + exponentLength;
    }

    /// <summary>The length of "e-12", or 0 if no digit follows the letter.</summary>
    private static int CountExponent(ReadOnlySpan<byte> text, byte letter)
    {
        if (text.Length < 2 || (text[0] | 0x20) != letter)
        {
            return 0;
        }

        int sign = text[1] is (byte)'-' or (byte)'+' ? 1 : 0;
        int digits = CountDigits(text[(1 + sign)..]);
        return digits == 0 ? 0 : 1 + sign + digits;
    }

    private static int ReadExponent(ReadOnlySpan<byte> text)
    {
        int exponent = 0;
        foreach (byte digit in text)
        {
            if (digit is not ((byte)'-' or (byte)'+'))
            {
                exponent = Math.Min((exponent * 10) + (digit - '0'), ExponentMax);
            }
        }

        return text[0] == '-' ? -exponent : exponent;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        int other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }

    private static bool IsBlank(byte character) => character is (byte)' ' or (>= 9 and <= 13);
}

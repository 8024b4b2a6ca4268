namespace AkkaKv.Protocol;

/// <summary>
/// Redis's strict reading of signed 64-bit decimal numbers (string2ll of Redis's util.c): optional minus, no plus, no leading zero, no
/// blanks, no overflow. Lengths in the protocol and integers stored in values obey the same rule.
/// </summary>
public static class DecimalNumber
{
    /// <summary>The digits and sign of the longest 64-bit number.</summary>
    public const int MaxLength = 20;

    /// <summary>Reads <paramref name="text"/> as a whole; false when it is not exactly the shortest writing of a 64-bit integer.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if ((uint)(text.Length - 1) >= MaxLength)
        {
            return false;
        }

        int position = 0;
        bool negative = text[0] == '-';
        if (negative && ++position == text.Length)
        {
            return false;
        }

        uint digit = (uint)(text[position] - '0');
        if (digit == 0)
        {
            return text.Length == 1;
        }

        if (digit > 9)
        {
            return false;
        }

        ulong magnitude = digit;
        while (++position < text.Length)
        {
            digit = (uint)(text[position] - '0');
            if (digit > 9 || magnitude > (ulong.MaxValue - digit) / 10)
            {
                return false;
            }

            magnitude = magnitude * 10 + digit;
        }

        ulong limit = negative ? (ulong)long.MaxValue + 1 : long.MaxValue;
        value = negative ? (long)(0 - magnitude) : (long)magnitude;
        return magnitude <= limit;
    }
}

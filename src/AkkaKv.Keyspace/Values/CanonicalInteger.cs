using System.Buffers.Text;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Values;

/// <summary>
/// The one way to write a signed 64-bit integer in decimal: a minus if negative, no plus, no leading zero. Bytes that are such a text are stored as
/// integers in packed values, because they come back unchanged.
/// </summary>
internal static class CanonicalInteger
{
    /// <summary>Characters of the longest one.</summary>
    public const int MaxLength = 20;

    // As many digits never overflow 64 bits.
    private const int SafeDigits = 18;

    private static ReadOnlySpan<ulong> PowersOfTen =>
    [
        0, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
        1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    /// <summary>Reads <paramref name="text"/> as a whole; false if it is anything but the canonical text of a 64-bit integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        // Most texts are told apart by their length or first character.
        if ((uint)(text.Length - 1) < MaxLength && MayStart(MemoryMarshal.GetReference(text)))
            return TryParseDigits(text, out value);
        value = 0;
        return false;
    }

    /// <summary>Characters of a number.</summary>
    public static int LengthOf(long value)
    {
        var magnitude = value < 0 ? 0 - (ulong)value : (ulong)value;
        // 1233/4096 is a little more than the logarithm of 2 to base 10: the estimate is exact or one too small.
        var digits = ((BitOperations.Log2(magnitude | 1) + 1) * 1233) >> 12;
        return digits + (magnitude >= PowersOfTen[digits] ? 1 : 0) + (value < 0 ? 1 : 0);
    }

    /// <summary>Writes a number and returns the count of characters. <paramref name="target"/> has room for it.</summary>
    public static int Write(long value, Span<byte> target)
    {
        var fits = Utf8Formatter.TryFormat(value, target, out var length);
        Debug.Assert(fits);
        return length;
    }

    private static bool MayStart(byte first) => (uint)(first - '0') <= 9 || first == '-';

    private static bool TryParseDigits(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var negative = text[0] == '-';
        var digits = negative ? text[1..] : text;
        if (digits.IsEmpty || digits[0] == '0')
            return text.Length == 1 && !negative;

        var magnitude = 0UL;
        var safe = digits.Length <= SafeDigits;
        foreach (var character in digits)
        {
            var digit = (uint)(character - '0');
            if (digit > 9 || (!safe && magnitude > (ulong.MaxValue - digit) / 10))
                return false;
            magnitude = (magnitude * 10) + digit;
        }

        value = negative ? (long)(0 - magnitude) : (long)magnitude;
        return magnitude <= (negative ? (ulong)long.MaxValue + 1 : long.MaxValue);
    }
}

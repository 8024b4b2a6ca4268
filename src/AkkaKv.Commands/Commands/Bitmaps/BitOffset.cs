using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Bitmaps;

/// <summary>Reads bit offsets: SETBIT's and GETBIT's plain ones, and BITFIELD's "#n", which counts in widths of the field.</summary>
public static class BitOffset
{
    /// <summary>
    /// Reads <paramref name="text"/>. False when it is no integer, negative, or its byte lies at or beyond
    /// <paramref name="sizeLimit"/> bytes (proto-max-bulk-len), so that no memory is ever taken for a value that could not be sent.
    /// </summary>
    /// <param name="text">The argument as sent.</param>
    /// <param name="fieldBits">The width that "#n" multiplies; 0 where "#n" is not allowed.</param>
    /// <param name="sizeLimit">The longest value in bytes.</param>
    /// <param name="offset">The offset in bits.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, int fieldBits, long sizeLimit, out long offset)
    {
        bool inFields = fieldBits > 0 && !text.IsEmpty && text[0] == '#';
        if (!DecimalNumber.TryParse(inFields ? text[1..] : text, out offset))
        {
            return false;
        }

        if (inFields)
        {
            // Multiplied without an overflow check first, as Redis does: what wraps into the allowed range is accepted.
            offset = unchecked(offset * fieldBits);
        }

        return offset >= 0 && offset >> 3 < sizeLimit;
    }
}

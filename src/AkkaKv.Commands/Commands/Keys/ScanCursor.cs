namespace AkkaKv.Commands.Commands.Keys;

/// <summary>
/// Reads SCAN's cursor as C's strtoul does: decimal digits with an optional sign (a minus wraps around), nothing at all is 0, leading
/// blanks, trailing text and more than 64 bits are refused; what stands behind a zero byte is not seen.
/// </summary>
public static class ScanCursor
{
    /// <summary>Reads the whole <paramref name="text"/>; false is Redis's "invalid cursor".</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong cursor)
    {
        cursor = 0;
        int end = text.IndexOf((byte)0);
        text = end < 0 ? text : text[..end];
        if (text.IsEmpty)
        {
            return true;
        }

        bool negative = text[0] == '-';
        ReadOnlySpan<byte> digits = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (digits.IsEmpty)
        {
            return false;
        }

        foreach (byte character in digits)
        {
            uint digit = (uint)(character - '0');
            if (digit > 9 || cursor > (ulong.MaxValue - digit) / 10)
            {
                return false;
            }

            cursor = cursor * 10 + digit;
        }

        cursor = negative ? 0 - cursor : cursor;
        return true;
    }
}

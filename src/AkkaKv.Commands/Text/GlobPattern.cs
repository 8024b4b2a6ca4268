namespace AkkaKv.Commands.Text;

/// <summary>
/// Redis's glob patterns (KEYS, SCAN MATCH, PSUBSCRIBE, CONFIG GET, ACL): <c>*</c> any run, <c>?</c> any one byte, <c>[abc]</c>,
/// <c>[^abc]</c> and <c>[a-z]</c> one byte of a set, <c>\x</c> the byte x itself. Bytes, not characters. Takes no memory, and its time is
/// bounded by pattern length times text length: only the last star is ever tried again, because what an earlier one could still
/// swallow the last one can swallow too.
/// </summary>
public static class GlobPattern
{
    /// <summary>Whether the whole <paramref name="text"/> fits <paramref name="pattern"/>. Case is that of ASCII letters.</summary>
    /// <remarks>An empty text fits only an empty pattern, not even <c>*</c>: so Redis's matcher answers, and its callers take
    /// <see cref="IsMatchAll"/> patterns before they ask.</remarks>
    public static bool IsMatch(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text, bool ignoreCase = false)
    {
        if (text.IsEmpty)
        {
            return pattern.IsEmpty;
        }

        int inPattern = 0;
        int inText = 0;
        int afterStar = -1;
        int starText = 0;
        while (inText < text.Length)
        {
            if (inPattern < pattern.Length && pattern[inPattern] == '*')
            {
                inPattern = SkipStars(pattern, inPattern);
                if (inPattern == pattern.Length)
                {
                    return true;
                }

                afterStar = inPattern;
                starText = inText;
            }
            else if (inPattern < pattern.Length && MatchesOne(pattern, ref inPattern, text[inText], ignoreCase))
            {
                inText++;
            }
            else if (afterStar >= 0)
            {
                inPattern = afterStar;
                inText = ++starText;
            }
            else
            {
                return false;
            }
        }

        return SkipStars(pattern, inPattern) == pattern.Length;
    }

    /// <summary>Whether the pattern is <c>*</c>, which callers answer without looking at the text.</summary>
    public static bool IsMatchAll(ReadOnlySpan<byte> pattern) => pattern.Length == 1 && pattern[0] == '*';

    private static int SkipStars(ReadOnlySpan<byte> pattern, int position)
    {
        while (position < pattern.Length && pattern[position] == '*')
        {
            position++;
        }

        return position;
    }

    /// <summary>Compares one byte with the element at <paramref name="position"/>, and steps over the element if they fit.</summary>
    private static bool MatchesOne(ReadOnlySpan<byte> pattern, ref int position, byte value, bool ignoreCase)
    {
        switch (pattern[position])
        {
            case (byte)'?':
                position++;
                return true;
            case (byte)'[':
                return MatchesSet(pattern, ref position, value, ignoreCase);
            case (byte)'\\' when position + 1 < pattern.Length:
                if (!Same(pattern[position + 1], value, ignoreCase))
                {
                    return false;
                }

                position += 2;
                return true;
            default:
                if (!Same(pattern[position], value, ignoreCase))
                {
                    return false;
                }

                position++;
                return true;
        }
    }

    /// <summary>A set ends at <c>]</c> or at the end of the pattern; a range may be written backwards; an escaped byte keeps its case.</summary>
    private static bool MatchesSet(ReadOnlySpan<byte> pattern, ref int position, byte value, bool ignoreCase)
    {
        int at = position + 1;
        bool negated = at < pattern.Length && pattern[at] == '^';
        if (negated)
        {
            at++;
        }

        bool found = false;
        while (at < pattern.Length && pattern[at] != ']')
        {
            if (pattern[at] == '\\' && at + 1 < pattern.Length)
            {
                found |= pattern[at + 1] == value;
                at += 2;
            }
            else if (at + 2 < pattern.Length && pattern[at + 1] == '-')
            {
                found |= InRange(pattern[at], pattern[at + 2], value, ignoreCase);
                at += 3;
            }
            else
            {
                found |= Same(pattern[at], value, ignoreCase);
                at++;
            }
        }

        if (found == negated)
        {
            return false;
        }

        position = Math.Min(at + 1, pattern.Length);
        return true;
    }

    /// <summary>Bytes above 127 come before the others: Redis compares plain C chars, which are signed on its usual machines.</summary>
    private static bool InRange(byte first, byte last, byte value, bool ignoreCase)
    {
        (sbyte low, sbyte high) = ((sbyte)first, (sbyte)last);
        if (low > high)
        {
            (low, high) = (high, low);
        }

        sbyte candidate = (sbyte)value;
        if (ignoreCase)
        {
            (low, high, candidate) = ((sbyte)ToLower((byte)low), (sbyte)ToLower((byte)high), (sbyte)ToLower(value));
        }

        return candidate >= low && candidate <= high;
    }

    private static bool Same(byte a, byte b, bool ignoreCase) => a == b || (ignoreCase && ToLower(a) == ToLower(b));

    private static byte ToLower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value + 32) : value;
}

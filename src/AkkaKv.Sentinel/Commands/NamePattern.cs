namespace AkkaKv.Sentinel;

/// <summary>Redis's glob patterns over names of masters and channels: <c>*</c>, <c>?</c>, <c>[a-c]</c>, <c>[^x]</c>, <c>\</c> to escape.</summary>
public static class NamePattern
{
    /// <summary>Whether the whole text matches.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var p = 0;
        var t = 0;
        var starPattern = -1;
        var starText = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starPattern = ++p;
                starText = t;
            }
            else if (p < pattern.Length && MatchesOne(pattern, ref p, text[t]))
            {
                t++;
            }
            else if (starPattern >= 0)
            {
                // The last star takes one character more; what follows it is tried again.
                p = starPattern;
                t = ++starText;
            }
            else
            {
                return false;
            }
        }
        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    /// <summary>Matches one pattern element and moves behind it; without a match the position is meaningless.</summary>
    private static bool MatchesOne(ReadOnlySpan<char> pattern, ref int position, char character)
    {
        switch (pattern[position])
        {
            case '?':
                position++;
                return true;
            case '[':
                return MatchesClass(pattern, ref position, character);
            case '\\' when position + 1 < pattern.Length:
                position += 2;
                return pattern[position - 1] == character;
            default:
                return pattern[position++] == character;
        }
    }

    private static bool MatchesClass(ReadOnlySpan<char> pattern, ref int position, char character)
    {
        position++;
        var isNegated = position < pattern.Length && pattern[position] == '^';
        if (isNegated)
            position++;
        var isMember = false;
        while (position < pattern.Length && pattern[position] != ']')
        {
            if (pattern[position] == '\\' && position + 1 < pattern.Length)
                position++;
            var low = pattern[position++];
            var high = low;
            if (position + 1 < pattern.Length && pattern[position] == '-' && pattern[position + 1] != ']')
            {
                high = pattern[position + 1];
                position += 2;
            }
            isMember |= character >= Math.Min(low, high) && character <= Math.Max(low, high);
        }
        if (position < pattern.Length)
            position++;
        return isMember != isNegated;
    }
}

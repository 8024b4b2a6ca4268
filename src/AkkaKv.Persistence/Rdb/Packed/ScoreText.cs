using System.Buffers.Text;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Persistence.Rdb.Packed;

/// <summary>Scores of sorted sets where the format has them as text, as C's strtod reads it: a decimal number, with or without exponent, or an infinity.</summary>
internal static class ScoreText
{
    /// <summary>Reads a score as a whole; false if it is something else, "nan" included.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double score)
    {
        var unsigned = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        if (unsigned.SequenceEqual("inf"u8) || unsigned.SequenceEqual("infinity"u8))
        {
            score = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        // Digits only from here on: no names that .NET knows and C does not.
        return Utf8Parser.TryParse(text, out score, out var used) && used == text.Length && unsigned[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'.'
            && !double.IsNaN(score);
    }

    /// <summary>The score in an entry of a listpack.</summary>
    public static bool TryRead(Element element, out double score)
    {
        if (!element.IsInteger)
            return TryParse(element.Text, out score);
        score = element.Integer;
        return true;
    }
}

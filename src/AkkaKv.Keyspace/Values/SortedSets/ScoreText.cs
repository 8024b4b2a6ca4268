using System.Diagnostics;
using System.Globalization;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>
/// Scores as Redis writes them into compact sorted sets: whole numbers up to 2^62 as integers, negative zero too, which becomes 0 by that; others as text of 17
/// significant digits (C's %.17g), infinities as <c>inf</c> and <c>-inf</c>.
/// </summary>
internal static class ScoreText
{
    /// <summary>Bytes that are enough for any score.</summary>
    public const int MaxLength = 32;

    private const double WholeLimit = 1L << 62;

    /// <summary>The element that stands for a score; its text is in <paramref name="scratch"/>, of <see cref="MaxLength"/> bytes.</summary>
    public static Element Write(double score, Span<byte> scratch)
    {
        Debug.Assert(!double.IsNaN(score));
        if (Math.Abs(score) <= WholeLimit && score == (long)score)
            return new Element((long)score);
        if (double.IsInfinity(score))
        {
            var name = score > 0 ? "inf"u8 : "-inf"u8;
            name.CopyTo(scratch);
            return new Element(scratch[..name.Length]);
        }

        score.TryFormat(scratch, out var length, "g17", CultureInfo.InvariantCulture);
        return new Element(scratch[..length]);
    }

    /// <summary>The score that an element stands for. Text that is none, which no sorted set has, is 0, as Redis reads it.</summary>
    public static double Read(Element element)
    {
        if (element.IsInteger)
            return element.Integer;
        var text = element.Text;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score))
            return score;
        return text.SequenceEqual("inf"u8) ? double.PositiveInfinity : text.SequenceEqual("-inf"u8) ? double.NegativeInfinity : 0;
    }
}

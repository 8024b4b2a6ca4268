using System.Diagnostics;
using System.Globalization;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>
/// Scores as Redis writes them into compact sorted sets: whole numbers below 2^52 as integers, others as text of 17 significant digits (C's %.17g), infinities as
/// <c>inf</c> and <c>-inf</c>, negative zero as <c>-0</c>.
/// </summary>
internal static class ScoreText
{
    /// <summary>Bytes that are enough for any score.</summary>
    public const int MaxLength = 32;

    private const double WholeLimit = 1L << 52;

    /// <summary>The element that stands for a score; its text is in <paramref name="scratch"/>, of <see cref="MaxLength"/> bytes.</summary>
    public static Element Write(double score, Span<byte> scratch)
    {
        Debug.Assert(!double.IsNaN(score));
        if (Math.Abs(score) < WholeLimit && score == (long)score)
        {
            if (score != 0 || !double.IsNegative(score))
                return new Element((long)score);
            "-0"u8.CopyTo(scratch);
            return new Element(scratch[..2]);
        }

        if (double.IsInfinity(score))
        {
            var name = score > 0 ? "inf"u8 : "-inf"u8;
            name.CopyTo(scratch);
            return new Element(scratch[..name.Length]);
        }

        score.TryFormat(scratch, out var length, "g17", CultureInfo.InvariantCulture);
        return Element.Canonical(scratch[..length]);
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

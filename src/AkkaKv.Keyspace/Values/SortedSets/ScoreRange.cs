namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>Scores from a least to a greatest one, each part of the range or not.</summary>
/// <param name="Min">The least score.</param>
/// <param name="Max">The greatest score.</param>
/// <param name="WithoutMin">Whether <paramref name="Min"/> itself is outside.</param>
/// <param name="WithoutMax">Whether <paramref name="Max"/> itself is outside.</param>
public readonly record struct ScoreRange(double Min, double Max, bool WithoutMin, bool WithoutMax)
{
    /// <summary>Whether no score can be in it.</summary>
    public bool IsEmpty => Min > Max || (Min == Max && (WithoutMin || WithoutMax));

    /// <summary>Whether a score is before the range.</summary>
    public bool IsBefore(double score) => WithoutMin ? score <= Min : score < Min;

    /// <summary>Whether a score is behind the range.</summary>
    public bool IsBehind(double score) => WithoutMax ? score >= Max : score > Max;
}

using System.Numerics;

namespace AkkaKv.Benchmarks.Latency;

/// <summary>
/// Counts times in buckets whose width is a 128th of the time itself, so percentiles of any number of samples are exact to a percent. Adding allocates nothing.
/// The unit is nanoseconds.
/// </summary>
internal sealed class LatencyHistogram
{
    // Each power of two is divided into so many buckets.
    private const int SubBits = 7;
    private const int SubCount = 1 << SubBits;

    private readonly long[] _counts = new long[(64 - SubBits) * SubCount];

    /// <summary>How many times were added.</summary>
    public long Count { get; private set; }

    /// <summary>The largest one, exactly.</summary>
    public long Max { get; private set; }

    /// <summary>Adds a time.</summary>
    public void Add(long nanoseconds)
    {
        _counts[IndexOf(nanoseconds)]++;
        Count++;
        Max = Math.Max(Max, nanoseconds);
    }

    /// <summary>The time that a share of all, 0 to 1, does not exceed.</summary>
    public long Percentile(double share)
    {
        var left = (long)Math.Ceiling(share * Count);
        for (var index = 0; index < _counts.Length; index++)
        {
            left -= _counts[index];
            if (left <= 0)
                return Math.Min(EndOf(index), Max);
        }

        return Max;
    }

    private static int IndexOf(long value)
    {
        if (value < SubCount)
            return (int)Math.Max(0, value);
        var exponent = BitOperations.Log2((ulong)value) - SubBits;
        return (exponent * SubCount) + (int)(value >> exponent);
    }

    private static long EndOf(int index)
    {
        if (index < 2 * SubCount)
            return index;
        var exponent = (index / SubCount) - 1;
        return ((long)((index % SubCount) + SubCount + 1) << exponent) - 1;
    }
}

using System.Numerics;

namespace AkkaKv.Commands.Statistics;

/// <summary>
/// How the run times of one command are distributed: for each power of two of nanoseconds 16 classes of equal width, so that a time is known to about 6 percent.
/// Times beyond a second count as one, as in Redis.
/// </summary>
public sealed class LatencyHistogram
{
    private const int ClassBits = 4;
    private const int Classes = 1 << ClassBits;
    private const int PowersMax = 31;
    private const long LongestNanoseconds = 1_000_000_000;

    // What Redis shows first: 1024 ns. The marks are those of its HDR histograms of two significant digits.
    private const int FirstShownPower = 10;
    private const int RedisClassBits = 7;

    private readonly long[] _counts = new long[PowersMax * Classes];

    /// <summary>Number of times.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a time.</summary>
    public void Record(long nanoseconds)
    {
        _counts[ClassOf(Math.Clamp(nanoseconds, 0, LongestNanoseconds))]++;
        Count++;
    }

    /// <summary>The time, in microseconds, that <paramref name="percent"/> of all are not longer than.</summary>
    public double PercentileMicroseconds(double percent)
    {
        long wanted = Math.Max(1, (long)Math.Ceiling(Count * percent / 100));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
            {
                return UpperBound(i) / 1000.0;
            }
        }

        return 0;
    }

    /// <summary>
    /// How many times were no longer than 1, 2, 4, … microseconds, in LATENCY HISTOGRAM's form: only where more are than at the mark before.
    /// </summary>
    public IEnumerable<(long Microseconds, long Count)> Cumulative()
    {
        long seen = 0;
        long told = 0;
        int next = 0;
        for (int power = FirstShownPower; power < PowersMax && told < Count; power++)
        {
            for (; next < _counts.Length && (next < ClassOf(1L << power) || power == PowersMax - 1); next++)
            {
                seen += _counts[next];
            }

            if (seen > told)
            {
                told = seen;
                yield return (((1L << power) + (1L << (power - RedisClassBits)) - 1) / 1000, seen);
            }
        }
    }

    private static int ClassOf(long nanoseconds)
    {
        if (nanoseconds < Classes)
        {
            return (int)nanoseconds;
        }

        int power = BitOperations.Log2((ulong)nanoseconds);
        return ((power - ClassBits + 1) << ClassBits) + (int)((nanoseconds >> (power - ClassBits)) & (Classes - 1));
    }

    private static long UpperBound(int index)
    {
        if (index < Classes)
        {
            return index;
        }

        int shift = (index >> ClassBits) - 1;
        return ((long)(Classes + (index & (Classes - 1)) + 1) << shift) - 1;
    }
}

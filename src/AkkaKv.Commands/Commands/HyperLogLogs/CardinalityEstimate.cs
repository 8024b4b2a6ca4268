namespace AkkaKv.Commands.Commands.HyperLogLogs;

/// <summary>
/// How many different elements the registers have seen, by the estimator of Otmar Ertl, "New cardinality estimation algorithms for HyperLogLog sketches"
/// (arXiv:1702.01284, algorithm 6), computed in the order of operations that Redis uses, so that the results agree.
/// </summary>
internal static class CardinalityEstimate
{
    /// <summary>Number of values that a register's six bits can have.</summary>
    public const int ValueCount = 64;

    // 1 / (2 ln 2).
    private const double AlphaInfinity = 0.721347520444481703680;
    private const double Registers = HyperLogLogFormat.RegisterCount;

    /// <summary>The estimate.</summary>
    /// <param name="histogram">How many registers have each value.</param>
    public static long Of(ReadOnlySpan<int> histogram)
    {
        double z = Registers * Tau((Registers - histogram[HyperLogLogFormat.PatternBits + 1]) / Registers);
        for (int value = HyperLogLogFormat.PatternBits; value >= 1; value--)
        {
            z = (z + histogram[value]) * 0.5;
        }

        z += Registers * Sigma(histogram[0] / Registers);
        return (long)Math.Round(AlphaInfinity * Registers * Registers / z, MidpointRounding.AwayFromZero);
    }

    private static double Sigma(double x)
    {
        if (x == 1)
        {
            return double.PositiveInfinity;
        }

        double weight = 1;
        double sum = x;
        double before;
        do
        {
            x *= x;
            before = sum;
            sum += x * weight;
            weight += weight;
        }
        while (before != sum);

        return sum;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        double weight = 1;
        double sum = 1 - x;
        double before;
        do
        {
            x = Math.Sqrt(x);
            before = sum;
            weight *= 0.5;
            sum -= Math.Pow(1 - x, 2) * weight;
        }
        while (before != sum);

        return sum / 3;
    }
}

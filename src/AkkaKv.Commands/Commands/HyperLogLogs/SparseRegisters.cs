namespace AkkaKv.Commands.Commands.HyperLogLogs;

/// <summary>
/// The sparse form: the registers as runs (<see cref="SparseRun"/>), for the many values that have seen few elements. How runs are divided and joined is
/// Redis's way step by step, so that the same elements give the same bytes. The functions work on the bytes behind the header.
/// </summary>
internal static class SparseRegisters
{
    /// <summary>Length of the runs of a value without elements.</summary>
    public const int EmptySize = 2;

    /// <summary>By how much raising one register can lengthen the runs: a long run of zeros becomes zeros, value, zeros.</summary>
    public const int MaxGrowth = 3;

    // One run is replaced by at most three: five bytes.
    private const int MaxDivided = 5;

    // How far behind a change runs are looked at that could be joined.
    private const int JoinedRuns = 5;

    /// <summary>Writes the runs of a value without elements.</summary>
    public static void WriteEmpty(Span<byte> runs) => SparseRun.WriteZeros(runs, HyperLogLogFormat.RegisterCount);

    /// <summary>
    /// Raises the register at <paramref name="place"/>, which is below <paramref name="value"/>, and returns the new length of the runs; -1 when the value must become
    /// dense instead, because it would be longer than <paramref name="maxLength"/>. Nothing has changed then.
    /// </summary>
    /// <param name="buffer">The runs with <see cref="MaxGrowth"/> bytes of room behind them.</param>
    /// <param name="length">The length of the runs.</param>
    /// <param name="place">Where the register is.</param>
    /// <param name="register">The register.</param>
    /// <param name="value">The new value, at most <see cref="SparseRun.MaxValue"/>.</param>
    /// <param name="maxLength">The longest that the runs may become.</param>
    public static int Raise(Span<byte> buffer, int length, in SparsePlace place, int register, byte value, long maxLength)
    {
        SparseRun run = place.Run;
        Span<byte> divided = stackalloc byte[MaxDivided];
        int before = register - place.FirstRegister;
        int behind = run.Length - 1 - before;
        int size = WriteRun(divided, run.Value, before);
        size += SparseRun.WriteValue(divided[size..], value, 1);
        size += WriteRun(divided[size..], run.Value, behind);
        int growth = size - run.Size;
        if (growth > 0 && length + growth > maxLength)
        {
            return -1;
        }

        int rest = place.At + run.Size;
        buffer[rest..length].CopyTo(buffer[(rest + growth)..]);
        divided[..size].CopyTo(buffer[place.At..]);
        return Join(buffer, length + growth, place.Previous);
    }

    /// <summary>Writes all registers in the dense form into <paramref name="dense"/>, which is zero; false when the runs do not cover them exactly.</summary>
    public static bool TryWriteDense(ReadOnlySpan<byte> runs, Span<byte> dense)
    {
        int register = 0;
        for (int at = 0; at < runs.Length;)
        {
            SparseRun run = SparseRun.Read(runs, at);
            if (run.Length > HyperLogLogFormat.RegisterCount - register)
            {
                return false;
            }

            for (int i = 0; run.Value != 0 && i < run.Length; i++)
            {
                DenseRegisters.Set(dense, register + i, run.Value);
            }

            register += run.Length;
            at += run.Size;
        }

        return register == HyperLogLogFormat.RegisterCount;
    }

    /// <summary>Raises each of <paramref name="maxima"/>, one byte for a register, to at least that register; false when the runs do not cover all exactly.</summary>
    public static bool TryMergeInto(ReadOnlySpan<byte> runs, Span<byte> maxima)
    {
        int register = 0;
        for (int at = 0; at < runs.Length;)
        {
            SparseRun run = SparseRun.Read(runs, at);
            if (run.Length > HyperLogLogFormat.RegisterCount - register)
            {
                return false;
            }

            for (int i = 0; run.Value != 0 && i < run.Length; i++)
            {
                maxima[register + i] = Math.Max(maxima[register + i], run.Value);
            }

            register += run.Length;
            at += run.Size;
        }

        return register == HyperLogLogFormat.RegisterCount;
    }

    /// <summary>Counts how many registers have each value; false when the runs do not cover all registers exactly.</summary>
    public static bool TryCountValues(ReadOnlySpan<byte> runs, Span<int> histogram)
    {
        long register = 0;
        for (int at = 0; at < runs.Length;)
        {
            SparseRun run = SparseRun.Read(runs, at);
            histogram[run.Value] += run.Length;
            register += run.Length;
            at += run.Size;
        }

        return register == HyperLogLogFormat.RegisterCount;
    }

    private static int WriteRun(Span<byte> bytes, byte value, int length) =>
        value == 0 ? SparseRun.WriteZeros(bytes, length) : SparseRun.WriteValue(bytes, value, length);

    /// <summary>Joins neighbours of one value near the change, as long as a run can hold them, and returns the new length.</summary>
    private static int Join(Span<byte> runs, int length, int from)
    {
        int at = from;
        for (int left = JoinedRuns; left > 0 && at < length; left--)
        {
            SparseRun run = SparseRun.Read(runs[..length], at);
            if (run.Value != 0 && at + 1 < length)
            {
                SparseRun next = SparseRun.Read(runs[..length], at + 1);
                if (next.Value == run.Value && run.Length + next.Length <= SparseRun.MaxValueLength)
                {
                    // What was joined may fit to its right neighbour too, so it is looked at again.
                    SparseRun.WriteValue(runs[(at + 1)..], run.Value, run.Length + next.Length);
                    runs[(at + 1)..length].CopyTo(runs[at..]);
                    length--;
                    continue;
                }
            }

            at += run.Size;
        }

        return length;
    }
}

using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.HyperLogLogs;

/// <summary>What every HyperLogLog command does before it starts, and reading all registers whatever their form.</summary>
internal static class HyperLogLogValue
{
    /// <summary>The answer to registers that are damaged.</summary>
    public static ReadOnlySpan<byte> Damaged => "INVALIDOBJ Corrupted HLL object detected"u8;

    /// <summary>The key for reading; it may be missing. False: it holds no HyperLogLog, which is answered.</summary>
    public static bool TryRead(CommandContext context, ReadOnlySpan<byte> key, out Entry entry) =>
        context.TryReadString(key, out entry) && IsValidOrMissing(context, entry);

    /// <summary>The key for writing; it may be missing. False: it holds no HyperLogLog, which is answered.</summary>
    public static bool TryWrite(CommandContext context, ReadOnlySpan<byte> key, out Entry entry) =>
        context.TryWriteString(key, out entry) && IsValidOrMissing(context, entry);

    /// <summary>Raises each of <paramref name="maxima"/>, one byte for a register, to at least that register of the value; false when the value is damaged.</summary>
    public static bool TryMergeInto(ReadOnlySpan<byte> value, Span<byte> maxima)
    {
        ReadOnlySpan<byte> registers = value[HyperLogLogFormat.HeaderSize..];
        if (!HyperLogLogFormat.IsDense(value))
        {
            return SparseRegisters.TryMergeInto(registers, maxima);
        }

        DenseRegisters.MergeInto(registers, maxima);
        return true;
    }

    /// <summary>The estimate of a value, computed from its registers; false when the value is damaged.</summary>
    public static bool TryEstimate(ReadOnlySpan<byte> value, out long estimate)
    {
        Span<int> histogram = stackalloc int[CardinalityEstimate.ValueCount];
        histogram.Clear();
        ReadOnlySpan<byte> registers = value[HyperLogLogFormat.HeaderSize..];
        estimate = 0;
        if (HyperLogLogFormat.IsDense(value))
        {
            DenseRegisters.CountValues(registers, histogram);
        }
        else if (!SparseRegisters.TryCountValues(registers, histogram))
        {
            return false;
        }

        estimate = CardinalityEstimate.Of(histogram);
        return true;
    }

    /// <summary>The estimate of registers of one byte each.</summary>
    public static long EstimateOf(ReadOnlySpan<byte> maxima)
    {
        Span<int> histogram = stackalloc int[CardinalityEstimate.ValueCount];
        histogram.Clear();
        foreach (byte register in maxima)
        {
            histogram[register]++;
        }

        return CardinalityEstimate.Of(histogram);
    }

    private static bool IsValidOrMissing(CommandContext context, Entry entry)
    {
        if (!entry.Exists || HyperLogLogFormat.IsValid(entry.StringValue))
        {
            return true;
        }

        context.Reply.Error("WRONGTYPE Key is not a valid HyperLogLog string value."u8);
        return false;
    }
}

namespace AkkaKv.Commands.Commands.Strings;

/// <summary>The rule by which GETRANGE, BITCOUNT and BITPOS read a start and an end: both included, negative ones count from the end.</summary>
internal static class ByteRange
{
    /// <summary>
    /// Turns the pair into positions inside a value of <paramref name="length"/> units; false when nothing is left. Two negative positions in the
    /// wrong order are nothing, even if both lie before the beginning.
    /// </summary>
    public static bool TryClamp(ref long start, ref long end, long length) =>
        !(start < 0 && end < 0 && start > end) && TryClampEach(ref start, ref end, length);

    /// <summary>As <see cref="TryClamp"/>, but positions before the beginning are the first one, whatever their order: so BITPOS reads them.</summary>
    public static bool TryClampEach(ref long start, ref long end, long length)
    {
        start = Math.Max(start < 0 ? length + start : start, 0);
        end = Math.Max(end < 0 ? length + end : end, 0);
        end = Math.Min(end, length - 1);
        return start <= end;
    }
}

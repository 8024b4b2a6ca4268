namespace AkkaKv.Tests.Protocol;

/// <summary>The ways in which the same bytes can arrive: whole, split in two at every position, and byte by byte.</summary>
internal static class Segmentation
{
    public static IEnumerable<int[]> Of(int length)
    {
        yield return [length];
        for (int split = 1; split < length; split++)
        {
            yield return [split, length];
        }

        yield return [.. Enumerable.Range(1, length)];
    }
}

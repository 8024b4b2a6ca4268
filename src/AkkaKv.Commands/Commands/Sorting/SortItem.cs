namespace AkkaKv.Commands.Commands.Sorting;

/// <summary>An element to sort.</summary>
/// <param name="Text">The element.</param>
/// <param name="Number">Where it stood.</param>
/// <param name="Score">What numbers are compared by.</param>
/// <param name="Weight">With ALPHA and BY, what is compared; nothing if it was not found.</param>
internal readonly record struct SortItem(SortText Text, int Number, double Score, SortText Weight);

/// <summary>Redis's order of elements (sortCompare of sort.c).</summary>
internal sealed class SortOrder(SortRequest request) : IComparer<SortItem>
{
    /// <inheritdoc/>
    public int Compare(SortItem left, SortItem right)
    {
        int order = request.IsAlphabetic ? CompareTexts(left, right) : CompareScores(left, right);
        if (order == 0)
        {
            // Equal ones stay as they stood, whichever direction.
            return left.Number.CompareTo(right.Number);
        }

        return request.IsDescending ? -order : order;
    }

    private static int CompareScores(in SortItem left, in SortItem right)
    {
        int order = left.Score.CompareTo(right.Score);
        return order != 0 ? order : left.Text.Bytes.SequenceCompareTo(right.Text.Bytes);
    }

    private int CompareTexts(in SortItem left, in SortItem right)
    {
        if (request.WeightPattern == 0)
        {
            return CompareTexts(left.Text.Bytes, right.Text.Bytes);
        }

        return left.Weight.Exists && right.Weight.Exists
            ? CompareTexts(left.Weight.Bytes, right.Weight.Bytes)
            : left.Weight.Exists.CompareTo(right.Weight.Exists);
    }

    /// <summary>What is answered is compared as C compares strings, up to a zero byte; what is stored, as a whole, so that replicas agree.</summary>
    private int CompareTexts(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => request.Target > 0
        ? left.SequenceCompareTo(right)
        : UpToZero(left).SequenceCompareTo(UpToZero(right));

    private static ReadOnlySpan<byte> UpToZero(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)0);
        return end < 0 ? text : text[..end];
    }
}

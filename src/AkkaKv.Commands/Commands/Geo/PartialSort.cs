namespace AkkaKv.Commands.Commands.Geo;

/// <summary>
/// Puts the first elements of an array into order and leaves the rest as it comes: quicksort that does not go into parts which nobody wants (Bentley and McIlroy,
/// Engineering a Sort Function, 1993). It is not stable, and Redis sorts by it, so the choice of pivots decides which of equally distant members are among the nearest.
/// </summary>
internal static class PartialSort
{
    private const int InsertionBelow = 7;
    private const int NineSamplesAbove = 40;

    /// <summary>Sorts until the first <paramref name="wanted"/> elements, at least one, are in their places.</summary>
    public static void Sort<T>(Span<T> items, int wanted, Comparison<T> compare)
    {
        int start = 0;
        while (true)
        {
            Span<T> part = items[start..];
            if (part.Length < InsertionBelow)
            {
                SortByInsertion(part, compare);
                return;
            }

            (int less, int greater) = Partition(part, compare);
            if (less > 1)
            {
                Sort(part[..less], wanted - start, compare);
            }

            // The rest only if something of it is wanted.
            if (greater <= 1 || items.Length - greater >= wanted)
            {
                return;
            }

            start = items.Length - greater;
        }
    }

    private static void SortByInsertion<T>(Span<T> items, Comparison<T> compare)
    {
        for (int i = 1; i < items.Length; i++)
        {
            for (int place = i; place > 0 && compare(items[place - 1], items[place]) > 0; place--)
            {
                Swap(items, place, place - 1);
            }
        }
    }

    /// <summary>Divides into less than, equal to and greater than a pivot; returns how many are less and how many greater.</summary>
    private static (int Less, int Greater) Partition<T>(Span<T> items, Comparison<T> compare)
    {
        Swap(items, 0, Pivot(items, compare));

        // What equals the pivot gathers at both ends first.
        int equalEnd = 1, low = 1, high = items.Length - 1, equalStart = items.Length - 1;
        while (true)
        {
            for (int order; low <= high && (order = compare(items[low], items[0])) <= 0; low++)
            {
                if (order == 0)
                {
                    Swap(items, equalEnd++, low);
                }
            }

            for (int order; low <= high && (order = compare(items[high], items[0])) >= 0; high--)
            {
                if (order == 0)
                {
                    Swap(items, high, equalStart--);
                }
            }

            if (low > high)
            {
                break;
            }

            Swap(items, low++, high--);
        }

        int less = low - equalEnd, greater = equalStart - high;
        SwapRuns(items, 0, low - Math.Min(equalEnd, less), Math.Min(equalEnd, less));
        int tail = Math.Min(greater, items.Length - 1 - equalStart);
        SwapRuns(items, low, items.Length - tail, tail);
        return (less, greater);
    }

    private static int Pivot<T>(Span<T> items, Comparison<T> compare)
    {
        int first = 0, middle = items.Length / 2, last = items.Length - 1;
        if (items.Length == InsertionBelow)
        {
            return middle;
        }

        if (items.Length > NineSamplesAbove)
        {
            int distance = items.Length / 8;
            first = Median(items, first, first + distance, first + (2 * distance), compare);
            middle = Median(items, middle - distance, middle, middle + distance, compare);
            last = Median(items, last - (2 * distance), last - distance, last, compare);
        }

        return Median(items, first, middle, last, compare);
    }

    private static int Median<T>(Span<T> items, int a, int b, int c, Comparison<T> compare) => compare(items[a], items[b]) < 0
        ? (compare(items[b], items[c]) < 0 ? b : compare(items[a], items[c]) < 0 ? c : a)
        : (compare(items[b], items[c]) > 0 ? b : compare(items[a], items[c]) < 0 ? a : c);

    private static void SwapRuns<T>(Span<T> items, int left, int right, int count)
    {
        for (; count > 0; count--)
        {
            Swap(items, left++, right++);
        }
    }

    private static void Swap<T>(Span<T> items, int left, int right) => (items[left], items[right]) = (items[right], items[left]);
}

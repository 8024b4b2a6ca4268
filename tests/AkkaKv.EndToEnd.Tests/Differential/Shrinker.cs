using System.Diagnostics;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Shortens a failing list of steps by leaving parts of it out, as long as it still fails (delta debugging).</summary>
internal static class Shrinker
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    public static List<Step> Shrink(List<Step> steps, Predicate<List<Step>> fails)
    {
        Stopwatch time = Stopwatch.StartNew();
        int size = steps.Count / 2;
        while (size > 0 && time.Elapsed < TimeLimit)
        {
            bool shortened = false;
            for (int first = Math.Max(steps.Count - size, 0); first >= 0 && time.Elapsed < TimeLimit; first -= size)
            {
                List<Step> without = [.. steps.Take(first), .. steps.Skip(first + size)];
                if (without.Count < steps.Count && fails(without))
                {
                    steps = without;
                    shortened = true;
                }
            }

            size = shortened ? Math.Min(size, steps.Count) : size / 2;
        }

        return steps;
    }
}

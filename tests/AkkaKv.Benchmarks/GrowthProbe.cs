using System.Diagnostics;

namespace AkkaKv.Benchmarks;

/// <summary>
/// Adds keys and removes them again, times every single change, and prints the slowest: growing and shrinking must never stall a command.
/// Times are processor time of the thread, the kernel's for it included; the same number of clock readings without work shows what the clock itself contributes.
/// </summary>
internal static class GrowthProbe
{
    private const double LimitMicroseconds = 1000;

    /// <summary>Returns 0, or 1 if a change took longer than a millisecond.</summary>
    public static int Execute(int keyCount)
    {
        using (var warmUp = new Dataset(50_000))
            Run(warmUp, static (_, _) => { });
        Console.WriteLine($"{keyCount:N0} keys of {Dataset.KeyLength} bytes with {Dataset.ValueLength}-byte values; processor time of single changes, us");
        Console.WriteLine();
        Console.WriteLine("| | slowest | at key | 2nd | 10th | 100th | 1000th | wall s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        using var data = new Dataset(keyCount);
        return Run(data, Print) <= LimitMicroseconds ? 0 : 1;
    }

    private static double Run(Dataset data, Action<string, Slowest> print)
    {
        print("clock alone", Time(static (_, _) => { }, data));
        var adding = Time(static (it, i) => it.Database.SetString(it.Key(i), it.Value, -1), data);
        print("adding", adding);
        var removing = Time(static (it, i) => it.Database.Remove(it.Key(i)), data);
        print("removing", removing);
        return Math.Max(adding.Changes[0].Microseconds, removing.Changes[0].Microseconds);
    }

    private static Slowest Time(Action<Dataset, int> change, Dataset data)
    {
        var slowest = new PriorityQueue<int, double>();
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < data.KeyCount; i++)
        {
            var start = ThreadTime.Nanoseconds();
            change(data, i);
            var microseconds = (ThreadTime.Nanoseconds() - start) / 1000.0;
            if (slowest.Count < 1000)
                slowest.Enqueue(i, microseconds);
            else
                slowest.EnqueueDequeue(i, microseconds);
        }

        return new Slowest([.. slowest.UnorderedItems.Select(item => (item.Priority, item.Element)).OrderDescending()], Stopwatch.GetElapsedTime(begun));
    }

    private static void Print(string what, Slowest slowest)
    {
        var changes = slowest.Changes;
        Console.WriteLine(
            $"| {what} | {changes[0].Microseconds:F0} | {changes[0].At:N0} | {changes[1].Microseconds:F0} | {changes[9].Microseconds:F0} "
            + $"| {changes[99].Microseconds:F1} | {changes[^1].Microseconds:F1} | {slowest.Wall.TotalSeconds:F0} |");
    }

    /// <summary>The slowest thousand changes, slowest first, and how long all took.</summary>
    private sealed record Slowest((double Microseconds, int At)[] Changes, TimeSpan Wall);
}

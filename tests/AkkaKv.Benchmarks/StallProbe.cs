namespace AkkaKv.Benchmarks;

/// <summary>
/// Adds keys and removes them again, times every single change, and prints the slowest: growing and shrinking must never stall a command.
/// Times are processor time of the thread; the same number of clock readings without work shows what the clock itself contributes.
/// </summary>
internal static class StallProbe
{
    public static int Execute(int keyCount)
    {
        using (var warmUp = new Dataset(50_000))
            Run(warmUp, static (_, _) => { });
        using var data = new Dataset(keyCount);
        Run(data, Print);
        return 0;
    }

    private static void Run(Dataset data, Action<string, (double Microseconds, int At)[]> print)
    {
        var keyCount = data.KeyCount;
        print("clock alone", Time(keyCount, static (_, _) => { }, data));
        print("adding", Time(keyCount, static (it, i) => it.Database.SetString(it.Key(i), it.Value, -1), data));
        print("removing", Time(keyCount, static (it, i) => it.Database.Remove(it.Key(i)), data));
    }

    private static (double Microseconds, int At)[] Time(int keyCount, Action<Dataset, int> change, Dataset data)
    {
        // The slowest thousand, in microseconds.
        var slowest = new PriorityQueue<int, double>();
        for (var i = 0; i < keyCount; i++)
        {
            var start = ThreadTime.Nanoseconds();
            change(data, i);
            var microseconds = (ThreadTime.Nanoseconds() - start) / 1000.0;
            if (slowest.Count < 1000)
                slowest.Enqueue(i, microseconds);
            else
                slowest.EnqueueDequeue(i, microseconds);
        }

        return slowest.UnorderedItems.Select(item => (item.Priority, item.Element)).OrderDescending().ToArray();
    }

    private static void Print(string what, (double Microseconds, int At)[] slowest) => Console.WriteLine(
        $"{what}: slowest {slowest[0].Microseconds:F0} us (at key {slowest[0].At:N0}), 10th {slowest[9].Microseconds:F0} us, "
        + $"100th {slowest[99].Microseconds:F1} us, 1000th {slowest[^1].Microseconds:F1} us");
}

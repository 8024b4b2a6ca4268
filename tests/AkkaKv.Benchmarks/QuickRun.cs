namespace AkkaKv.Benchmarks;

/// <summary>
/// Measures in seconds what matters most: time and managed bytes per operation, by counters of the runtime. An operation that must not allocate
/// and does makes the run fail.
/// </summary>
internal static class QuickRun
{
    private const int KeyCount = 1_000_000;
    private const int Operations = 1_000_000;
    private const int Rounds = 3;

    /// <summary>Runs all operations, prints a table, and returns 0, or 1 if one allocated that must not.</summary>
    public static int Execute()
    {
        using var text = new Dataset(KeyCount);
        using var numbers = new Dataset(KeyCount);
        text.Fill(text.Value);
        numbers.Fill("1"u8);
        Console.WriteLine($"{KeyCount:N0} keys of {Dataset.KeyLength} bytes with {Dataset.ValueLength}-byte values: {text.Store.UsedMemory / (double)KeyCount:F1} bytes per key");
        Console.WriteLine();
        Console.WriteLine("| operation | processor ns/op | bytes allocated per op |");
        Console.WriteLine("|---|---|---|");

        var clean = true;
        clean &= Measure("GET", text, StoreOperations.Get);
        clean &= Measure("GET of an absent key", text, StoreOperations.GetAbsent);
        clean &= Measure("overwrite SET", text, StoreOperations.OverwriteSet);
        clean &= Measure("INCR", numbers, StoreOperations.Increment);
        clean &= Measure("DEL and SET", text, StoreOperations.RemoveAndSet);
        clean &= Measure("SET of another length", text, StoreOperations.ResizingSet);
        clean &= Measure("SET with expiry", text, StoreOperations.OverwriteSetWithExpiry);
        return clean ? 0 : 1;
    }

    private static bool Measure(string name, Dataset data, Func<Dataset, int> operation)
    {
        // The first round compiles the code and reaches the steady state (first expiries, first blocks of a size).
        Repeat(data, operation);
        var nanoseconds = new double[Rounds];
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var bytesBefore = GC.GetAllocatedBytesForCurrentThread();
            var start = ThreadTime.Nanoseconds();
            Repeat(data, operation);
            nanoseconds[round] = (ThreadTime.Nanoseconds() - start) / (double)Operations;
            bytes = Math.Max(bytes, GC.GetAllocatedBytesForCurrentThread() - bytesBefore);
        }

        Array.Sort(nanoseconds);
        // Less than one byte per hundred operations is the page bookkeeping of the heap, not the operation.
        var clean = bytes < Operations / 100;
        Console.WriteLine($"| {name} | {nanoseconds[Rounds / 2]:F0} | {bytes / (double)Operations:F3}{(clean ? "" : " **must be 0**")} |");
        return clean;
    }

    private static void Repeat(Dataset data, Func<Dataset, int> operation)
    {
        for (var i = 0; i < Operations; i++)
            operation(data);
    }
}

using AkkaKv.Benchmarks.Engine;

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
        var get = new PipelinedRequests(text, "GET", default);
        var set = new PipelinedRequests(text, "SET", text.Value);
        var increment = new PipelinedRequests(numbers, "INCR", default);
        Console.WriteLine("| operation | processor ns/op | bytes allocated per op |");
        Console.WriteLine("|---|---|---|");

        var clean = true;
        clean &= Measure("store: GET", text, StoreOperations.Get);
        clean &= Measure("store: GET of an absent key", text, StoreOperations.GetAbsent);
        clean &= Measure("store: overwrite SET", text, StoreOperations.OverwriteSet);
        clean &= Measure("store: INCR", numbers, StoreOperations.Increment);
        clean &= Measure("parser, engine, reply: GET", get);
        clean &= Measure("parser, engine, reply: overwrite SET", set);
        clean &= Measure("parser, engine, reply: INCR", increment);
        clean &= Measure("store: DEL and SET", text, StoreOperations.RemoveAndSet);
        clean &= Measure("store: SET of another length", text, StoreOperations.ResizingSet);
        clean &= Measure("store: SET with expiry", text, StoreOperations.OverwriteSetWithExpiry);
        return clean ? 0 : 1;
    }

    private static bool Measure(string name, PipelinedRequests requests) => Measure(name, () =>
    {
        for (var i = 0; i < Operations / PipelinedRequests.Pipeline; i++)
            requests.ExecuteBatch();
    });

    private static bool Measure(string name, Dataset data, Func<Dataset, int> operation) => Measure(name, () =>
    {
        for (var i = 0; i < Operations; i++)
            operation(data);
    });

    private static bool Measure(string name, Action millionOperations)
    {
        // The first round compiles the code and reaches the steady state (first expiries, first blocks of a size).
        millionOperations();
        var nanoseconds = new double[Rounds];
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var bytesBefore = GC.GetAllocatedBytesForCurrentThread();
            var start = ThreadTime.Nanoseconds();
            millionOperations();
            nanoseconds[round] = (ThreadTime.Nanoseconds() - start) / (double)Operations;
            bytes = Math.Max(bytes, GC.GetAllocatedBytesForCurrentThread() - bytesBefore);
        }

        Array.Sort(nanoseconds);
        // Less than one byte per hundred operations is the page bookkeeping of the heap, not the operation.
        var clean = bytes < Operations / 100;
        Console.WriteLine($"| {name} | {nanoseconds[Rounds / 2]:F0} | {bytes / (double)Operations:F3}{(clean ? "" : " **must be 0**")} |");
        return clean;
    }
}

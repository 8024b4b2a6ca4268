using AkkaKv.Benchmarks.Engine;

namespace AkkaKv.Benchmarks;

/// <summary>
/// Measures in seconds what matters most: time and managed bytes per operation, by counters of the runtime. An operation that must not allocate
/// and does makes the run fail.
/// </summary>
internal static class QuickRun
{
    private const int KeyCount = 1_000_000;
    private const int Members = 10_000;
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
        clean &= Measure("store: GET", text, StoreOperations.Get);
        clean &= Measure("store: GET of an absent key", text, StoreOperations.GetAbsent);
        clean &= Measure("store: overwrite SET", text, StoreOperations.OverwriteSet);
        clean &= Measure("store: INCR", numbers, StoreOperations.Increment);
        foreach (var workload in Workload.Strings)
            clean &= Measure(text, workload);
        clean &= Measure(numbers, new Workload("INCR of many keys", [], [$"INCR {PipelinedRequests.RandomKey}"]));
        clean &= Measure("store: DEL and SET", text, StoreOperations.RemoveAndSet);
        clean &= Measure("store: SET of another length", text, StoreOperations.ResizingSet);
        clean &= Measure("store: SET with expiry", text, StoreOperations.OverwriteSetWithExpiry);
        foreach (var workload in Workload.Collections)
        {
            using var collection = new Dataset(Members);
            clean &= Measure(collection, workload);
        }

        return clean ? 0 : 1;
    }

    private static bool Measure(Dataset data, Workload workload)
    {
        var name = $"parser, engine, reply: {workload.Name}";
        PipelinedRequests requests;
        try
        {
            if (workload.Prepare.Length > 0)
            {
                var prepare = new PipelinedRequests(data, workload.Prepare);
                for (var i = 0; i < Members / PipelinedRequests.Pipeline; i++)
                    prepare.ExecuteBatch();
            }

            requests = new PipelinedRequests(data, workload.Commands);
        }
        catch (InvalidOperationException refusal)
        {
            Console.WriteLine($"| {name} | not served: {refusal.Message} | |");
            return true;
        }

        return Measure(name, () =>
        {
            for (var i = 0; i < Operations / PipelinedRequests.Pipeline; i++)
                requests.ExecuteBatch();
        });
    }

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
        var bytes = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var bytesBefore = GC.GetAllocatedBytesForCurrentThread();
            var start = ThreadTime.Nanoseconds();
            millionOperations();
            nanoseconds[round] = (ThreadTime.Nanoseconds() - start) / (double)Operations;
            // What the runtime takes once, for code that it compiles better, is not the operation's: it does not come again in every round.
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - bytesBefore);
        }

        Array.Sort(nanoseconds);
        // An object has 24 bytes at least. A small fraction of a byte is what the runtime itself takes now and then: a thread gets its memory in pieces of 8 KB.
        var clean = bytes < Operations / 10;
        Console.WriteLine($"| {name} | {nanoseconds[Rounds / 2]:F0} | {bytes / (double)Operations:F3}{(clean ? "" : " **must be 0**")} |");
        return clean;
    }
}

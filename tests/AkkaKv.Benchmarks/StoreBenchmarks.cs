using BenchmarkDotNet.Attributes;

namespace AkkaKv.Benchmarks;

/// <summary>The store alone, with a million keys: time and managed bytes of one operation.</summary>
[MemoryDiagnoser]
public class StoreBenchmarks
{
    private Dataset _text = null!;
    private Dataset _numbers = null!;

    /// <summary>Number of keys.</summary>
    [Params(10_000, 1_000_000)]
    public int Keys { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _text = new Dataset(Keys);
        _text.Fill(_text.Value);
        _numbers = new Dataset(Keys);
        _numbers.Fill("1"u8);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _text.Dispose();
        _numbers.Dispose();
    }

    [Benchmark]
    public int Get() => StoreOperations.Get(_text);

    [Benchmark]
    public int OverwriteSet() => StoreOperations.OverwriteSet(_text);

    [Benchmark]
    public int Increment() => StoreOperations.Increment(_numbers);

    [Benchmark]
    public int RemoveAndSet() => StoreOperations.RemoveAndSet(_text);
}

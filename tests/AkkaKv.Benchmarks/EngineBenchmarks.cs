using AkkaKv.Benchmarks.Engine;
using BenchmarkDotNet.Attributes;

namespace AkkaKv.Benchmarks;

/// <summary>Commands through parser, engine and reply writer, sixteen at a time, with a million keys: time and managed bytes of one.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private readonly Dataset _text = new(1_000_000);
    private readonly Dataset _numbers = new(1_000_000);
    private PipelinedRequests _get = null!;
    private PipelinedRequests _set = null!;
    private PipelinedRequests _increment = null!;

    [GlobalSetup]
    public void Setup()
    {
        _text.Fill(_text.Value);
        _numbers.Fill("1"u8);
        _get = new PipelinedRequests(_text, $"GET {PipelinedRequests.RandomKey}");
        _set = new PipelinedRequests(_text, $"SET {PipelinedRequests.RandomKey} {PipelinedRequests.Value}");
        _increment = new PipelinedRequests(_numbers, $"INCR {PipelinedRequests.RandomKey}");
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _text.Dispose();
        _numbers.Dispose();
    }

    [Benchmark(OperationsPerInvoke = PipelinedRequests.Pipeline)]
    public void Get() => _get.ExecuteBatch();

    [Benchmark(OperationsPerInvoke = PipelinedRequests.Pipeline)]
    public void OverwriteSet() => _set.ExecuteBatch();

    [Benchmark(OperationsPerInvoke = PipelinedRequests.Pipeline)]
    public void Increment() => _increment.ExecuteBatch();
}

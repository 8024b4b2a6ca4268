using AkkaKv.Benchmarks;
using BenchmarkDotNet.Running;

return args switch
{
    ["--quick"] => QuickRun.Execute(),
    ["stall"] => StallProbe.Execute(1_000_000),
    ["stall", var keys] => StallProbe.Execute(int.Parse(keys)),
    _ => RunBenchmarks(args),
};

static int RunBenchmarks(string[] args)
{
    var summaries = BenchmarkSwitcher.FromAssembly(typeof(Dataset).Assembly).Run(args);
    return summaries.Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0;
}

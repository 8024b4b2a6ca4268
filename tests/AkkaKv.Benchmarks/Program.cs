using AkkaKv.Benchmarks;
using AkkaKv.Benchmarks.Failover;
using AkkaKv.Benchmarks.Latency;
using AkkaKv.Benchmarks.SideBySide;
using BenchmarkDotNet.Running;

const string usage =
    $"""
    --quick            time and allocated bytes of each operation in seconds; fails if one allocates that must not
    growth [KEYS]      the slowest single change while ten million keys are added and removed; fails if one took longer than a millisecond
    attach [KEYS]      the largest gap between answers of a master while a replica attaches to its million keys
    {SideBySideOptions.Usage}
    {LatencyOptions.Usage}
    {MemoryOptions.Usage}
    {StartOptions.Usage}
    {FailoverOptions.Usage}
    anything else      BenchmarkDotNet's own arguments, e.g. --filter '*'
    """;

try
{
    return args switch
    {
        ["--help" or "-h"] => Help(),
        ["--quick"] => QuickRun.Execute(),
        ["growth"] => GrowthProbe.Execute(10_000_000),
        ["growth", "--quick"] => GrowthProbe.Execute(1_000_000),
        ["growth", var keys] => GrowthProbe.Execute(int.Parse(keys)),
        ["attach"] => AttachProbe.Execute(1_000_000),
        ["attach", var keys] => AttachProbe.Execute(int.Parse(keys)),
        ["redis", .. var rest] => RateComparison.Execute(SideBySideOptions.Parse(rest)),
        ["latency", .. var rest] => LatencyComparison.Execute(LatencyOptions.Parse(rest)),
        ["memory", .. var rest] => MemoryComparison.Execute(MemoryOptions.Parse(rest)),
        ["start", .. var rest] => StartComparison.Execute(StartOptions.Parse(rest)),
        ["failover", .. var rest] => FailoverTrials.Execute(FailoverOptions.Parse(rest)),
        _ => RunBenchmarks(args),
    };
}
catch (Exception exception) when (exception is FormatException or InvalidOperationException or TimeoutException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

static int Help()
{
    Console.WriteLine(usage);
    return 0;
}

static int RunBenchmarks(string[] args)
{
    var summaries = BenchmarkSwitcher.FromAssembly(typeof(Dataset).Assembly).Run(args);
    return summaries.Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0;
}

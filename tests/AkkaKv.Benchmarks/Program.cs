using AkkaKv.Benchmarks;
using AkkaKv.Benchmarks.Failover;
using AkkaKv.Benchmarks.SideBySide;
using BenchmarkDotNet.Running;

const string usage =
    $"""
    --quick            time and allocated bytes of each operation in seconds; fails if one allocates that must not
    memory [KEYS]      bytes per key, beside redis-server
    stall [KEYS]       the slowest single change while a million keys are added and removed
    attach [KEYS]      the largest gap between answers of a master while a replica attaches to its million keys
    {SideBySideOptions.Usage}
    {FailoverOptions.Usage}
    anything else      BenchmarkDotNet's own arguments, e.g. --filter '*'
    """;

try
{
    return args switch
    {
        ["--help" or "-h"] => Help(),
        ["--quick"] => QuickRun.Execute(),
        ["memory"] => MemoryComparison.Execute(1_000_000),
        ["memory", var keys] => MemoryComparison.Execute(int.Parse(keys)),
        ["stall"] => StallProbe.Execute(1_000_000),
        ["stall", var keys] => StallProbe.Execute(int.Parse(keys)),
        ["attach"] => AttachProbe.Execute(1_000_000),
        ["attach", var keys] => AttachProbe.Execute(int.Parse(keys)),
        ["redis", .. var rest] => RateComparison.Execute(SideBySideOptions.Parse(rest)),
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

// dotnet tool restore && dotnet cake --target=Test
// One target per world; each does its work with the same commands that a developer would type.

var target = Argument("target", "Test");
var configuration = Argument("configuration", "Release");
var solution = "AkkaKv.sln";
var artifacts = Directory("artifacts");

Task("Build")
    .Description("Restores and builds everything; warnings are errors, the code style included.")
    .Does(() =>
{
    DotNetBuild(solution, new DotNetBuildSettings { Configuration = configuration });
    DotNetFormat(solution, new DotNetFormatSettings { VerifyNoChanges = true, NoRestore = true });
});

Task("Test")
    .Description("Every test of the solution. Tests whose real peers are missing say so and are skipped.")
    .IsDependentOn("Build")
    .Does(() => RunTests(solution));

Task("Simulate")
    .Description("The deterministic simulation alone; --seeds=N for more worlds than the tests run, --seed=N to replay one.")
    .IsDependentOn("Build")
    .Does(() =>
{
    if (HasArgument("seed"))
        DotNetRun("tests/AkkaKv.Simulation", $"replay {Argument<string>("seed")}", new DotNetRunSettings { Configuration = configuration, NoBuild = true });
    else if (HasArgument("seeds"))
        DotNetRun("tests/AkkaKv.Simulation", $"run --seeds {Argument<string>("seeds")}", new DotNetRunSettings { Configuration = configuration, NoBuild = true });
    else
        RunTests("tests/AkkaKv.Simulation");
});

Task("EndToEnd")
    .Description("Real processes and real clients.")
    .IsDependentOn("Build")
    .Does(() => RunTests("tests/AkkaKv.EndToEnd.Tests"));

Task("Bench")
    .Description("What a command costs, and that none allocates; growth; rates, latencies, memory and start beside redis-server where there is one; ten failovers. --quick: minutes instead of half an hour. --filter=NAME: BenchmarkDotNet instead.")
    .IsDependentOn("Build")
    .Does(() =>
{
    if (HasArgument("filter"))
    {
        RunBenchmarks($"--filter {Argument<string>("filter")}");
        return;
    }
    // The modes say themselves what they leave out where redis-server or redis-benchmark is not installed.
    var quick = HasArgument("quick") ? " --quick" : "";
    RunBenchmarks("--quick");
    foreach (var mode in new[] { "redis", "latency", "memory", "start" })
        RunBenchmarks(mode + quick);
    RunBenchmarks("failover");
    RunBenchmarks("growth" + quick);
});

Task("Publish")
    .Description("The executable and what it needs, into artifacts/akkakv.")
    .Does(() =>
{
    CleanDirectory(artifacts + Directory("akkakv"));
    DotNetPublish("src/AkkaKv.Server", new DotNetPublishSettings { Configuration = configuration, OutputDirectory = artifacts + Directory("akkakv") });
});

Task("Docker")
    .Description("Builds the images, brings the compose topology up, stops its master, shows that writing goes on, takes it down.")
    .Does(() =>
{
    var code = StartProcess("bash", new ProcessSettings { Arguments = "docker/try-topology" });
    if (code == 77) Warning("The topology was not tried; the reason stands above.");
    else if (code != 0) throw new CakeException($"docker/try-topology failed (exit code {code}).");
});

void RunBenchmarks(string arguments) =>
    DotNetRun("tests/AkkaKv.Benchmarks", arguments, new DotNetRunSettings { Configuration = configuration, NoBuild = true });

void RunTests(string project) =>
    DotNetTest(project, new DotNetTestSettings { Configuration = configuration, NoBuild = true });

RunTarget(target);

using System.Collections;
using System.Diagnostics;
using AkkaKv.Server.CommandLine;
using AkkaKv.Server.Configuration;

namespace AkkaKv.Server.Local;

/// <summary>Starts a whole topology as child processes, shows it, reports what happens to it, and ends it.</summary>
internal sealed class LocalTopology(LocalOptions options, Screen screen)
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly List<ChildProcess> _children = [];
    private readonly FailoverTimeline _timeline = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private bool _stopping;

    /// <summary>Runs until <paramref name="stop"/> is cancelled. Returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        string directory = options.DataDir is { } given
            ? Directory.CreateDirectory(given).FullName
            : Directory.CreateTempSubdirectory("akkakv-").FullName;
        try
        {
            LocalPlan plan = LocalPlan.Create(options, directory);
            IReadOnlyList<string> problems = PortCheck.Problems(plan);
            if (problems.Count > 0)
            {
                foreach (string problem in problems)
                    Console.Error.WriteLine(problem);
                Console.Error.WriteLine("Nothing was started. Stop what uses the port, or choose others with --base-port.");
                return ExitCodes.Failed;
            }
            if (!WriteConfiguration(plan, directory))
                return ExitCodes.WrongConfiguration;
            return await RunAsync(plan, directory, stop).ConfigureAwait(false);
        }
        finally
        {
            await StopAsync().ConfigureAwait(false);
            if (options.DataDir is null)
                Directory.Delete(directory, recursive: true);
        }
    }

    private async Task<int> RunAsync(LocalPlan plan, string directory, CancellationToken stop)
    {
        try
        {
            await screen.WhileStarting(async progress =>
            {
                foreach (PlannedProcess process in plan.Processes)
                    _children.Add(Start(process, directory));
                progress($"{_children.Count} processes started");
                await Task.WhenAll(_children.Select(child => WaitReadyAsync(child, plan, progress, stop))).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Ok;
        }
        catch (StartFailedException failure)
        {
            Console.Error.WriteLine(failure.Message);
            foreach (string line in await failure.Child.LastLinesAsync(10).ConfigureAwait(false))
                Console.Error.WriteLine("  " + line);
            return ExitCodes.Failed;
        }

        ShowTopology(plan, directory);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] listeners = [.. plan.Sentinels.Select(sentinel => SentinelEvents.ListenAsync(sentinel, Observe, listening.Token))];
        Task[] watches = [.. _children.Select(child => WatchAsync(child, directory))];
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping = true;
        screen.Say("stopping");
        await Task.WhenAll(listeners).ConfigureAwait(false);
        await StopAsync().ConfigureAwait(false);
        await Task.WhenAll(watches).ConfigureAwait(false);
        return ExitCodes.Ok;
    }

    /// <summary>Writes every process's file and checks it together with --set, so that a wrong setting is an error here and not seven times in logs.</summary>
    private bool WriteConfiguration(LocalPlan plan, string directory)
    {
        var access = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            access.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // it holds the cluster's secret
        foreach (PlannedProcess process in plan.Processes)
        {
            string file = ConfigurationFile(process, directory);
            using (var writer = new StreamWriter(file, access))
                writer.Write(process.Hocon);
            if (ConfigurationOptions.Report(ConfigurationLoader.Load([file], options.Sets, new Hashtable()), Console.Error))
                return false;
        }
        return true;
    }

    private ChildProcess Start(PlannedProcess process, string directory)
    {
        Action<string>? echo = options.Verbose ? line => screen.Say($"{process.Name} | {line}") : null;
        return ChildProcess.Start(process, ConfigurationFile(process, directory), options, Path.Combine(directory, process.Name + ".log"), echo);
    }

    private async Task WaitReadyAsync(ChildProcess child, LocalPlan plan, Action<string> progress, CancellationToken stop)
    {
        long deadlineMs = _clock.ElapsedMilliseconds + (long)ReadyTimeout.TotalMilliseconds;
        while (!await Readiness.IsReadyAsync(child.Plan, plan, stop).ConfigureAwait(false))
        {
            if (child.HasEnded)
                throw new StartFailedException(child, $"{child.Plan.Name} {child.Ending} while starting. Its last lines:");
            if (_clock.ElapsedMilliseconds > deadlineMs)
            {
                await child.StopAsync(StopPatience).ConfigureAwait(false);
                throw new StartFailedException(child, $"{child.Plan.Name} was not ready after {ReadyTimeout.TotalSeconds:0} s. Its last lines:");
            }
            await Task.Delay(ProbeInterval, stop).ConfigureAwait(false);
        }
        progress($"{child.Plan.Name} is ready ({_clock.ElapsedMilliseconds} ms)");
    }

    private void ShowTopology(LocalPlan plan, string directory)
    {
        string[] header = ["role", "address", "name", "pid", "log"];
        screen.Table([header, .. _children.Select(child => new[]
        {
            child.Plan.Role.ToString().ToLowerInvariant(), child.Plan.Address.ToString(), child.Plan.Name, $"{child.Id}", child.LogFile,
        })]);
        ChildProcess master = _children.Single(child => child.Plan.Role == LocalRole.Master);
        screen.Say($"""
            Ready after {_clock.ElapsedMilliseconds} ms. Configuration files are in {directory}. What to type next, in another terminal:
              redis-cli -p {plan.Router.Port} set greeting hello
              redis-cli -p {plan.Router.Port} get greeting
              redis-cli -p {plan.Sentinels.First().Port} sentinel get-master-addr-by-name {LocalPlan.MasterName}
              kill -9 {master.Id}     # the master; writing through {plan.Router.Port} goes on
            Ctrl-C ends all of it.
            """);
    }

    private void Observe(string channel, string payload)
    {
        string? text;
        lock (_timeline)
            text = _timeline.Observe(_clock.ElapsedMilliseconds, channel, payload);
        if (text is not null && !_stopping)
            screen.Say(text);
    }

    private async Task WatchAsync(ChildProcess child, string directory)
    {
        await child.Ended.ConfigureAwait(false);
        if (_stopping)
            return;
        lock (_timeline)
        {
            if (child.Plan.Role is LocalRole.Master or LocalRole.Replica)
                _timeline.ProcessEnded(_clock.ElapsedMilliseconds);
        }
        screen.Warn($"{child.Plan.Name} ({child.Plan.Address}, pid {child.Id}) {child.Ending}. To start it again:");
        screen.Say("  " + OwnExecutable.ShellLine(ChildProcess.Arguments(ConfigurationFile(child.Plan, directory), options)));
    }

    /// <summary>Ends first who would react to the end of a master, then the data nodes.</summary>
    private async Task StopAsync()
    {
        _stopping = true;
        foreach (IGrouping<bool, ChildProcess> group in _children
            .GroupBy(child => child.Plan.Role is LocalRole.Master or LocalRole.Replica).OrderBy(group => group.Key))
        {
            bool[] clean = await Task.WhenAll(group.Select(child => child.StopAsync(StopPatience))).ConfigureAwait(false);
            foreach ((ChildProcess child, bool stopped) in group.Zip(clean))
            {
                if (!stopped)
                    screen.Warn($"{child.Plan.Name} did not stop within {StopPatience.TotalSeconds:0} s and was killed");
                child.Dispose();
            }
        }
        _children.Clear();
    }

    private static string ConfigurationFile(PlannedProcess process, string directory) => Path.Combine(directory, process.Name + ".conf");

    private sealed class StartFailedException(ChildProcess child, string message) : Exception(message)
    {
        public ChildProcess Child { get; } = child;
    }
}

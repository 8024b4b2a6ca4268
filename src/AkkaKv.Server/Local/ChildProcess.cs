using System.Diagnostics;

namespace AkkaKv.Server.Local;

/// <summary>
/// A running process of the topology. It watches its standard input and stops when that ends, so it cannot outlive this process, however this one
/// ends; its log goes to a file.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>Tells a node to stop when its standard input ends.</summary>
    public const string EndWithInputOption = "--end-with-input";

    private readonly Process _process;
    private readonly Task _logs;

    private ChildProcess(PlannedProcess plan, Process process, string logFile, Action<string>? echo)
    {
        Plan = plan;
        LogFile = logFile;
        _process = process;
        _logs = Task.WhenAll(Pump(process.StandardOutput, logFile, echo), Pump(process.StandardError, logFile + ".errors", echo));
    }

    /// <summary>What it is.</summary>
    public PlannedProcess Plan { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>The file that its standard output goes to; standard error goes to the same name with <c>.errors</c>.</summary>
    public string LogFile { get; }

    /// <summary>True once it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Completes when it has ended.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>How it ended, for people.</summary>
    public string Ending => _process.ExitCode switch
    {
        0 => "has stopped",
        128 + 9 => "was killed (signal 9)",
        > 128 and < 160 => $"was ended by signal {_process.ExitCode - 128}",
        _ => $"has failed (exit code {_process.ExitCode})",
    };

    /// <summary>Starts a process with the configuration file <paramref name="file"/>.</summary>
    /// <param name="plan">What it is.</param>
    /// <param name="file">Its configuration, already written.</param>
    /// <param name="options">Settings for every process, and where the logs go.</param>
    /// <param name="logFile">The file to write its log to.</param>
    /// <param name="echo">Gets every line of its log too.</param>
    public static ChildProcess Start(PlannedProcess plan, string file, LocalOptions options, string logFile, Action<string>? echo)
    {
        ProcessStartInfo info = OwnExecutable.StartInfo([.. Arguments(file, options), EndWithInputOption]);
        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        // What is meant for one node must not reach all of them; --set is for that.
        foreach (string variable in info.Environment.Keys.Where(name => name.StartsWith("AKKAKV_", StringComparison.Ordinal)).ToArray())
            info.Environment.Remove(variable);
        Process process = Process.Start(info) ?? throw new InvalidOperationException($"{info.FileName} did not start");
        return new ChildProcess(plan, process, logFile, echo);
    }

    /// <summary>The arguments that start such a process again.</summary>
    public static IEnumerable<string> Arguments(string file, LocalOptions options) =>
        ["node", file, .. options.Sets.SelectMany(set => new[] { "--set", set })];

    /// <summary>Asks it to stop; it is killed if it does not within <paramref name="patience"/>. False if it had to be killed.</summary>
    public async Task<bool> StopAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            await _logs.ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync().ConfigureAwait(false);
            return false;
        }
    }

    /// <summary>Everything that it has written, for the report of a failed start.</summary>
    public async Task<IEnumerable<string>> LastLinesAsync(int count)
    {
        await _logs.ConfigureAwait(false);
        string[] files = [LogFile, LogFile + ".errors"];
        return files.Where(File.Exists).SelectMany(file => File.ReadLines(file).TakeLast(count));
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private static async Task Pump(StreamReader lines, string file, Action<string>? echo)
    {
        StreamWriter? log = null;
        try
        {
            while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                log ??= new StreamWriter(file, append: true) { AutoFlush = true };
                await log.WriteLineAsync(line).ConfigureAwait(false);
                echo?.Invoke(line);
            }
        }
        finally
        {
            if (log is not null)
                await log.DisposeAsync().ConfigureAwait(false);
        }
    }
}

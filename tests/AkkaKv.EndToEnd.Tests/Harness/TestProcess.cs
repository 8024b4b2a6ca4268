using System.Collections.Concurrent;
using System.Diagnostics;

namespace AkkaKv.EndToEnd.Tests.Harness;

/// <summary>A real process with its output collected. It is killed when the test ends, whatever happens.</summary>
public sealed class TestProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Task _reading;

    private TestProcess(ProcessStartInfo info)
    {
        info.RedirectStandardOutput = info.RedirectStandardError = info.RedirectStandardInput = true;
        _process = Process.Start(info) ?? throw new InvalidOperationException($"{info.FileName} did not start");
        _reading = Task.WhenAll(CollectAsync(_process.StandardOutput), CollectAsync(_process.StandardError));
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>True once it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What it answered at its end.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Everything it has written so far, standard output and standard error.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Its standard input.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>Starts any program.</summary>
    public static TestProcess Start(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program);
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        return new TestProcess(info);
    }

    /// <summary>Starts <c>akkakv</c>, the one that was built with these tests.</summary>
    public static TestProcess AkkaKv(params string[] arguments) => AkkaKv(new Dictionary<string, string>(), arguments);

    /// <summary>Starts <c>akkakv</c> with variables added to its environment.</summary>
    public static TestProcess AkkaKv(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string name = OperatingSystem.IsWindows() ? "akkakv.exe" : "akkakv";
        var info = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name));
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        foreach ((string variable, string value) in environment)
            info.Environment[variable] = value;
        return new TestProcess(info);
    }

    /// <summary>Runs a program to its end and returns everything it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using TestProcess process = Start(program, arguments);
        process.Input.Close();
        int code = await process.EndAsync();
        return (code, process.Output);
    }

    /// <summary>kill -9: it gets no chance to do anything.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Sends a signal by its name (TERM, INT, STOP, CONT, …).</summary>
    public void Signal(string name) => Signal(Id, name);

    /// <summary>Sends a signal to any process that the test has started, directly or not.</summary>
    public static void Signal(int processId, string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{processId}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end and returns its exit code.</summary>
    public async Task<int> EndAsync(TimeSpan? deadline = null)
    {
        try
        {
            await Task.WhenAll(_process.WaitForExitAsync(), _reading).WaitAsync(deadline ?? Eventually.DefaultDeadline);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"process {Id} has not ended; it wrote:\n{Output}");
        }
        return _process.ExitCode;
    }

    /// <summary>Waits until it has written a line that contains the text, and returns the line.</summary>
    public Task<string> LineAsync(string text, TimeSpan? deadline = null) => Eventually.ResultAsync(
        $"a line with '{text}' from process {Id}",
        () =>
        {
            string? line = _output.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal));
            if (line is null && _process.HasExited && _reading.IsCompleted)
                Assert.Fail($"process {Id} ended with {_process.ExitCode} and without '{text}'; it wrote:\n{Output}");
            return Task.FromResult(line);
        },
        deadline);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private async Task CollectAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
            _output.Enqueue(line);
    }
}

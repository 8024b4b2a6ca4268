using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AkkaKv.Actors.Network;
using AkkaKv.Actors.Persistence;
using AkkaKv.Commands.Hosting;

namespace AkkaKv.Actors.Keyspace;

/// <summary>The process around the engine: clocks, counters, and the way out.</summary>
/// <param name="port">The port for clients.</param>
/// <param name="traffic">What passed the sockets.</param>
/// <param name="shutdown">Ends the node.</param>
/// <param name="requestTurn">Has the engine called again soon.</param>
/// <param name="applySetting">Does what a changed setting means outside of the engine; returns why it cannot, or null.</param>
/// <param name="persistence">Saves the data.</param>
internal sealed class ServerControl(
    int port, TrafficCounters traffic, Action shutdown, Action requestTurn, Func<string, string, string?> applySetting, NodePersistence persistence) : IServerControl
{
    /// <summary>What the operating system says about the process is asked for at most this often; the engine asks ten times a second.</summary>
    private const long ProcessFactsAgeMaxMs = 1_000;

    private static readonly long NanosecondsPerTick = Math.Max(1, 1_000_000_000 / Stopwatch.Frequency);

    private ProcessCounters _process;
    private long _processAt = long.MinValue;

    /// <summary>Serves other clients while a script runs for long.</summary>
    public Action WhileBusy { get; set; } = () => { };

    /// <summary>Takes what scripts and the engine have to say, with its level.</summary>
    public Action<int, string> Said { get; set; } = (_, _) => { };

    void IServerControl.ServeWhileBusy() => WhileBusy();

    void IServerControl.Log(int level, string message) => Said(level, message);

    /// <inheritdoc/>
    public ServerFacts Facts { get; } = new()
    {
        RunId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
        ProcessId = Environment.ProcessId,
        Port = port,
        StartedAtMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        OperatingSystem = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
        Executable = Environment.ProcessPath ?? "",
        SystemMemory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        ProductVersion = typeof(ServerControl).Assembly.GetName().Version?.ToString(3) ?? "",
    };

    /// <inheritdoc/>
    public long TimestampNanoseconds => Stopwatch.GetTimestamp() * NanosecondsPerTick;

    /// <inheritdoc/>
    public long UnixTimeMicroseconds => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <inheritdoc/>
    public LoadingFacts? Loading { get; set; }

    /// <inheritdoc/>
    public ProcessCounters GetCounters()
    {
        var now = Environment.TickCount64;
        if (now - _processAt >= ProcessFactsAgeMaxMs || _processAt == long.MinValue)
        {
            _processAt = now;
            using var process = Process.GetCurrentProcess();
            _process = new ProcessCounters(
                0,
                0,
                process.WorkingSet64,
                GC.GetTotalMemory(forceFullCollection: false),
                process.UserProcessorTime.TotalSeconds,
                process.PrivilegedProcessorTime.TotalSeconds);
        }
        return _process with
        {
            InputBytes = traffic.Received,
            OutputBytes = traffic.Sent,
            Collections = GC.CollectionCount(0),
            CollectionPauses = GC.GetTotalPauseDuration(),
        };
    }

    /// <inheritdoc/>
    public PersistenceFacts GetPersistence() => persistence.Facts;

    /// <inheritdoc/>
    public SaveResult Save(SaveKind kind) => persistence.Save(kind);

    /// <inheritdoc/>
    public bool RefusesWrites => persistence.RefusesWrites;

    /// <inheritdoc/>
    public string? Reload() => persistence.Reload();

    /// <inheritdoc/>
    public void DataSetFlushed() => persistence.DataSetFlushed();

    /// <inheritdoc/>
    public string? ApplySetting(string name, string value) => applySetting(name, value);

    /// <inheritdoc/>
    public string? RewriteConfiguration() => "ERR The server is running without a config file";

    /// <inheritdoc/>
    public string? Shutdown(ShutdownOptions options)
    {
        if (options.Abort)
            return "ERR No shutdown in progress.";
        if (persistence.SaveAtEnd(options.Save) is not null && !options.Force)
            return "ERR Errors trying to SHUTDOWN. Check logs.";
        shutdown();
        return null;
    }

    /// <inheritdoc/>
    public void FreeInBackground(IDisposable memory) =>
        ThreadPool.UnsafeQueueUserWorkItem(static detached => detached.Dispose(), memory, preferLocal: false);

    /// <inheritdoc/>
    public void RequestTurn() => requestTurn();

    /// <inheritdoc/>
    public void Sleep(TimeSpan time) => Thread.Sleep(time);

    /// <inheritdoc/>
    public bool TryReadAclFile(string path, out string textOrError)
    {
        try
        {
            textOrError = File.ReadAllText(path, Encoding.Latin1);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            textOrError = exception.Message;
            return false;
        }
    }

    /// <inheritdoc/>
    public bool TryWriteAclFile(string path, string text)
    {
        string fresh = $"{path}.tmp-{Environment.ProcessId}";
        try
        {
            File.WriteAllText(fresh, text, Encoding.Latin1);
            File.Move(fresh, path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Said(3, $"The file of users cannot be written: {exception.Message}");
            return false;
        }
    }
}

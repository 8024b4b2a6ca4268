namespace AkkaKv.Commands.Hosting;

/// <summary>The process around the engine: its clocks, its addresses, and what only it can do. Called on the thread that runs the engine.</summary>
public interface IServerControl
{
    /// <summary>A monotonic clock in nanoseconds, for measuring run times.</summary>
    long TimestampNanoseconds { get; }

    /// <summary>The wall clock, Unix time in microseconds, for TIME and MONITOR.</summary>
    long UnixTimeMicroseconds { get; }

    /// <summary>What does not change while the process runs.</summary>
    ServerFacts Facts { get; }

    /// <summary>What the process and its sockets have used so far.</summary>
    ProcessCounters GetCounters();

    /// <summary>The state of loading a data set; null when none is being loaded.</summary>
    LoadingFacts? Loading { get; }

    /// <summary>The state of saving.</summary>
    PersistenceFacts GetPersistence();

    /// <summary>SAVE or BGSAVE.</summary>
    SaveResult Save(SaveKind kind);

    /// <summary>Whether writes are refused because saving fails (<c>stop-writes-on-bgsave-error</c>).</summary>
    bool RefusesWrites => false;

    /// <summary>DEBUG RELOAD: saves the data, and loads what was saved in their place. Returns an error's text, or null.</summary>
    string? Reload() => "ERR there is no file to reload from";

    /// <summary>FLUSHALL has removed all data: what is on the disk is not to come back.</summary>
    void DataSetFlushed()
    {
    }

    /// <summary>
    /// A setting was changed to <paramref name="value"/> by CONFIG SET and is in force for the engine; do what it means outside. Returns why it
    /// cannot be done, in which case the engine takes it back, or null.
    /// </summary>
    string? ApplySetting(string name, string value);

    /// <summary>CONFIG REWRITE. Returns an error's text, or null.</summary>
    string? RewriteConfiguration();

    /// <summary>SHUTDOWN. Returns an error's text, or null when the process will end: the connection gets no reply then.</summary>
    string? Shutdown(ShutdownOptions options);

    /// <summary>
    /// Frees detached memory (UNLINK, FLUSHALL ASYNC) where it does not hold up commands. Called from the engine's thread; done at once unless the
    /// host does better.
    /// </summary>
    void FreeInBackground(IDisposable memory) => memory.Dispose();

    /// <summary>
    /// The engine has work left over: call <see cref="CommandEngine.ContinueWork"/> as soon as what waits already has had its turn. Hosts that do not
    /// leave it to the next command and the next <see cref="CommandEngine.Cron"/>.
    /// </summary>
    void RequestTurn()
    {
    }

    /// <summary>A script or the engine has something to say to the operator; level 0 is for debugging, 1 verbose, 2 notable, 3 a warning.</summary>
    void Log(int level, string message)
    {
    }

    /// <summary>
    /// A script has run for so long that other clients are to be answered: give what they have sent to <see cref="CommandEngine.ExecuteWhileBusy"/> and send the
    /// output. Called again and again until the script ends; must return soon.
    /// </summary>
    void ServeWhileBusy()
    {
    }

    /// <summary>Fills <paramref name="bytes"/> with random that nobody can guess, for passwords.</summary>
    void FillRandom(Span<byte> bytes) => System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);

    /// <summary>
    /// The text of the file of users, each character one byte; if it cannot be read false and the reason.
    /// </summary>
    bool TryReadAclFile(string path, out string textOrError)
    {
        textOrError = "files are not read here";
        return false;
    }

    /// <summary>Replaces the file of users as a whole. False if it cannot be written; the log says why.</summary>
    bool TryWriteAclFile(string path, string text) => false;

    /// <summary>DEBUG SLEEP: the only time the engine's thread may be put to sleep.</summary>
    void Sleep(TimeSpan time);
}

/// <summary>What does not change while the process runs.</summary>
public sealed record ServerFacts
{
    /// <summary>The product's own version.</summary>
    public string ProductVersion { get; init; } = "0.1.0";

    /// <summary>The run id: 40 hexadecimal digits, new at each start.</summary>
    public required string RunId { get; init; }

    /// <summary>The process id.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The port for clients.</summary>
    public required int Port { get; init; }

    /// <summary>The moment of the start, Unix milliseconds.</summary>
    public required long StartedAtMs { get; init; }

    /// <summary>The operating system, as uname prints name, release and machine.</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>The executable's path.</summary>
    public string Executable { get; init; } = "";

    /// <summary>The configuration file's path; empty without one.</summary>
    public string ConfigurationFile { get; init; } = "";

    /// <summary>Physical memory of the machine in bytes; 0 when unknown.</summary>
    public long SystemMemory { get; init; }
}

/// <summary>What the process and its sockets have used so far.</summary>
/// <param name="InputBytes">Bytes received from clients and replication.</param>
/// <param name="OutputBytes">Bytes sent.</param>
/// <param name="ResidentBytes">Resident memory of the process.</param>
/// <param name="ManagedBytes">Memory of the managed heap.</param>
/// <param name="UserCpuSeconds">Processor time in user mode.</param>
/// <param name="SystemCpuSeconds">Processor time in the kernel.</param>
/// <param name="Collections">Garbage collections.</param>
/// <param name="CollectionPauses">How long they have stopped all threads altogether.</param>
public readonly record struct ProcessCounters(
    long InputBytes, long OutputBytes, long ResidentBytes, long ManagedBytes, double UserCpuSeconds, double SystemCpuSeconds,
    long Collections = 0, TimeSpan CollectionPauses = default);

/// <summary>The state of loading a data set.</summary>
/// <param name="StartedAtMs">Since when, Unix milliseconds.</param>
/// <param name="TotalBytes">The size, 0 when unknown.</param>
/// <param name="LoadedBytes">What is loaded.</param>
public sealed record LoadingFacts(long StartedAtMs, long TotalBytes, long LoadedBytes);

/// <summary>The state of saving.</summary>
public sealed record PersistenceFacts
{
    /// <summary>When the data set was last saved, Unix seconds; at first the moment of the start.</summary>
    public long LastSaveSeconds { get; init; }

    /// <summary>What <see cref="Execution.Propagation.Changes"/> was when the data set was last saved.</summary>
    public long ChangesAtLastSave { get; init; }

    /// <summary>Whether a background save runs.</summary>
    public bool SaveInProgress { get; init; }

    /// <summary>Whether the last save succeeded.</summary>
    public bool LastSaveOk { get; init; } = true;

    /// <summary>How long the last background save took; -1 if there was none.</summary>
    public long LastSaveDurationSeconds { get; init; } = -1;

    /// <summary>How long the running background save has taken; -1 if there is none.</summary>
    public long CurrentSaveDurationSeconds { get; init; } = -1;

    /// <summary>Keys that the running background save has written.</summary>
    public long CurrentSaveKeys { get; init; }

    /// <summary>Keys that the running background save will have written.</summary>
    public long CurrentSaveKeysTotal { get; init; }

    /// <summary>How many saves succeeded since the start.</summary>
    public long Saves { get; init; }

    /// <summary>Keys loaded from the file at the start.</summary>
    public long LoadedKeys { get; init; }

    /// <summary>Keys of the file that had expired at the start.</summary>
    public long ExpiredKeysAtLoad { get; init; }
}

/// <summary>How to save.</summary>
public enum SaveKind
{
    /// <summary>SAVE: at once, and everybody waits.</summary>
    Foreground,

    /// <summary>BGSAVE: beside the requests.</summary>
    Background,

    /// <summary>As soon as it can be begun, beside the requests: BGSAVE inside a transaction.</summary>
    Later,
}

/// <summary>What became of a wish to save.</summary>
/// <param name="Error">The error's text, with its code, or null.</param>
/// <param name="IsScheduled">It will be begun later.</param>
public readonly record struct SaveResult(string? Error, bool IsScheduled)
{
    /// <summary>Done, or begun.</summary>
    public static SaveResult Done => default;

    /// <summary>It will be begun later.</summary>
    public static SaveResult Scheduled => new(null, true);

    /// <summary>It cannot be.</summary>
    public static SaveResult Failed(string error) => new(error, false);
}

/// <summary>How to end the server.</summary>
/// <param name="Save">Save first; null: if saving is configured.</param>
/// <param name="Now">Do not wait for lagging replicas.</param>
/// <param name="Force">End although saving fails.</param>
/// <param name="Abort">Take back a shutdown that waits.</param>
public sealed record ShutdownOptions(bool? Save, bool Now, bool Force, bool Abort);

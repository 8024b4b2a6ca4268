using AkkaKv.Commands.Table;

namespace AkkaKv.Commands.Statistics;

/// <summary>What INFO counts. CONFIG RESETSTAT sets it back.</summary>
public sealed class ServerStatistics
{
    private readonly CommandStatistics[] _commands;
    private readonly LatencyHistogram?[] _histograms;
    private readonly Dictionary<string, long> _errors = [];
    private TimeSpan _pausesSeen;

    internal ServerStatistics(int commandCount)
    {
        _commands = new CommandStatistics[commandCount];
        _histograms = new LatencyHistogram?[commandCount];
    }

    /// <summary>Executed commands.</summary>
    public long CommandsProcessed { get; internal set; }

    /// <summary>Accepted connections.</summary>
    public long ConnectionsReceived { get; set; }

    /// <summary>Connections refused because of maxclients.</summary>
    public long ConnectionsRejected { get; set; }

    /// <summary>Reads that found a key.</summary>
    public long KeyspaceHits { get; internal set; }

    /// <summary>Reads that found none.</summary>
    public long KeyspaceMisses { get; internal set; }

    /// <summary>Keys removed because they expired.</summary>
    public long ExpiredKeys { get; internal set; }

    /// <summary>How often the search for expired keys ended with its quota and not with the keys.</summary>
    public long ExpiryCyclesCutShort { get; internal set; }

    /// <summary>Keys removed to keep maxmemory.</summary>
    public long EvictedKeys { get; internal set; }

    /// <summary>Error replies.</summary>
    public long ErrorReplies { get; internal set; }

    /// <summary>The most memory that was in use whenever it was looked at, in bytes.</summary>
    public long PeakMemory { get; private set; }

    /// <summary>When that was, Unix seconds.</summary>
    public long PeakMemoryAtSeconds { get; private set; }

    /// <summary>
    /// The most time that garbage collections stopped the process between two calls of <see cref="ObservePauses"/>: an upper bound of the longest single pause.
    /// </summary>
    public TimeSpan LongestCollectionPause { get; private set; }

    /// <summary>Executed commands per second over the last seconds.</summary>
    public RateMeter Commands { get; } = new();

    /// <summary>Received bytes per second over the last seconds.</summary>
    public RateMeter InputBytes { get; } = new();

    /// <summary>Sent bytes per second over the last seconds.</summary>
    public RateMeter OutputBytes { get; } = new();

    /// <summary>Error replies by their first word.</summary>
    public IReadOnlyDictionary<string, long> Errors => _errors;

    /// <summary>The figures of one command.</summary>
    public CommandStatistics Of(CommandRow row) => _commands[row.Id];

    /// <summary>The run times of one command (<c>latency-tracking</c>); null if it has not run.</summary>
    public LatencyHistogram? HistogramOf(CommandRow row) => _histograms[row.Id];

    internal void RecordLatency(CommandRow row, long nanoseconds) => (_histograms[row.Id] ??= new LatencyHistogram()).Record(nanoseconds);

    internal void RecordCall(CommandRow row, long nanoseconds, bool failed)
    {
        ref CommandStatistics command = ref _commands[row.Id];
        command.Calls++;
        command.Nanoseconds += nanoseconds;
        command.Failed += failed ? 1 : 0;
        CommandsProcessed++;
    }

    /// <summary>A command that waited has its reply; the call itself was counted when it began to wait.</summary>
    internal void RecordServed(CommandRow row, long nanoseconds, bool failed)
    {
        ref CommandStatistics command = ref _commands[row.Id];
        command.Nanoseconds += nanoseconds;
        command.Failed += failed ? 1 : 0;
    }

    /// <summary>Takes note of how long garbage collections have stopped the process so far; called several times a second.</summary>
    internal void ObservePauses(TimeSpan total)
    {
        TimeSpan since = total - _pausesSeen;
        _pausesSeen = total;
        LongestCollectionPause = since > LongestCollectionPause ? since : LongestCollectionPause;
    }

    internal void RecordRejected(CommandRow row) => _commands[row.Id].Rejected++;

    internal void RecordError(ReadOnlySpan<byte> code)
    {
        // As Redis: so many different first words can only be noise.
        const int codesMax = 128;
        ErrorReplies++;
        string name = System.Text.Encoding.Latin1.GetString(code);
        if (_errors.Count < codesMax || _errors.ContainsKey(name))
        {
            _errors[name] = _errors.GetValueOrDefault(name) + 1;
        }
    }

    internal void RecordMemory(long bytes, long unixSeconds)
    {
        if (bytes > PeakMemory)
        {
            PeakMemory = bytes;
            PeakMemoryAtSeconds = unixSeconds;
        }
    }

    internal void Reset()
    {
        Array.Clear(_commands);
        Array.Clear(_histograms);
        _errors.Clear();
        CommandsProcessed = 0;
        ConnectionsReceived = 0;
        ConnectionsRejected = 0;
        KeyspaceHits = 0;
        KeyspaceMisses = 0;
        ExpiredKeys = 0;
        ExpiryCyclesCutShort = 0;
        EvictedKeys = 0;
        ErrorReplies = 0;
        PeakMemory = 0;
        LongestCollectionPause = TimeSpan.Zero;
        PeakMemoryAtSeconds = 0;
    }
}

/// <summary>The figures of one command.</summary>
public struct CommandStatistics
{
    /// <summary>How often it ran.</summary>
    public long Calls { get; internal set; }

    /// <summary>How long it ran altogether.</summary>
    public long Nanoseconds { get; internal set; }

    /// <summary>How often it answered an error.</summary>
    public long Failed { get; internal set; }

    /// <summary>How often a gate refused it.</summary>
    public long Rejected { get; internal set; }
}

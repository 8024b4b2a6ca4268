using AkkaKv.Commands.Hosting;

namespace AkkaKv.Tests.Commands.Harness;

/// <summary>A process around the engine whose clocks and answers the test decides.</summary>
internal sealed class FakeServer : IServerControl
{
    private long _timestamp;

    public long TimestampNanoseconds
    {
        get => _timestamp += NanosecondsPerLook;
        set => _timestamp = value;
    }

    /// <summary>How much time passes whenever somebody looks at the clock.</summary>
    public long NanosecondsPerLook { get; set; }

    /// <summary>How often the engine asked to be called again.</summary>
    public int TurnsRequested { get; private set; }

    public long UnixTimeMicroseconds { get; set; } = 1_700_000_000_123_456;

    public ServerFacts Facts { get; set; } = new()
    {
        RunId = new string('a', 40),
        ProcessId = 4711,
        Port = 7001,
        StartedAtMs = 1_699_999_990_000,
        OperatingSystem = "Linux 6.1 x86_64",
        Executable = "/opt/akkakv/akkakv",
    };

    public ProcessCounters Counters { get; set; } = new(1000, 2000, 50_000_000, 8_000_000, 1.5, 0.5);

    public LoadingFacts? Loading { get; set; }

    public PersistenceFacts Persistence { get; set; } = new() { LastSaveSeconds = 1_699_999_990 };

    public List<(string Name, string Value)> AppliedSettings { get; } = [];

    /// <summary>What <see cref="ApplySetting"/> and the other operations answer; null: they succeed.</summary>
    public string? Refusal { get; set; }

    public ShutdownOptions? ShutdownRequested { get; private set; }

    public List<SaveKind> Saves { get; } = [];

    public int Flushes { get; private set; }

    public bool RefusesWrites { get; set; }

    /// <summary>What was given to the background to be freed; the test disposes of it.</summary>
    public List<IDisposable> Freeing { get; } = [];

    public TimeSpan Slept { get; private set; }

    public ProcessCounters GetCounters() => Counters;

    public PersistenceFacts GetPersistence() => Persistence;

    public SaveResult Save(SaveKind kind)
    {
        Saves.Add(kind);
        return new SaveResult(Refusal, Refusal is null && kind == SaveKind.Later);
    }

    public void DataSetFlushed() => Flushes++;

    public string? ApplySetting(string name, string value)
    {
        AppliedSettings.Add((name, value));
        return Refusal;
    }

    public string? RewriteConfiguration() => Refusal;

    public string? Shutdown(ShutdownOptions options)
    {
        ShutdownRequested = options;
        return Refusal;
    }

    public void FreeInBackground(IDisposable memory) => Freeing.Add(memory);

    public void RequestTurn() => TurnsRequested++;

    public void Sleep(TimeSpan time)
    {
        Slept += time;
        TimestampNanoseconds += (long)time.TotalNanoseconds;
    }
}

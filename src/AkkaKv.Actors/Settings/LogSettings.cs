namespace AkkaKv.Actors.Settings;

/// <summary>The least severe messages that are logged.</summary>
public enum LogThreshold
{
    /// <summary>Everything.</summary>
    Debug,

    /// <summary>What happens in normal work.</summary>
    Info,

    /// <summary>What somebody should look at.</summary>
    Warning,

    /// <summary>What failed.</summary>
    Error,
}

/// <summary>The form of log lines.</summary>
public enum LogFormat
{
    /// <summary><c>pid:role date level message</c>, as Redis writes them.</summary>
    Redis,

    /// <summary>One JSON object per line.</summary>
    Json,
}

/// <summary>Log lines: <c>akkakv.log</c>.</summary>
public sealed record LogSettings
{
    /// <summary>The least severe messages that are logged.</summary>
    public required LogThreshold Level { get; init; }

    /// <summary>The form of the lines.</summary>
    public required LogFormat Format { get; init; }

    internal static LogSettings Read(SettingsReader reader) => new()
    {
        Level = reader.Choice("akkakv.log.level", ("debug", LogThreshold.Debug), ("info", LogThreshold.Info),
            ("warning", LogThreshold.Warning), ("error", LogThreshold.Error)),
        Format = reader.Choice("akkakv.log.format", ("redis", LogFormat.Redis), ("json", LogFormat.Json)),
    };
}

namespace AkkaKv.Sentinel;

/// <summary>The names by which SENTINEL DEBUG shows and changes <see cref="SentinelTimings"/>.</summary>
internal static class TimingNames
{
    public static IReadOnlyList<(string Name, long Value)> List(SentinelTimings timings) =>
    [
        ("INFO-PERIOD", timings.InfoPeriodMs),
        ("PING-PERIOD", timings.PingPeriodMs),
        ("ASK-PERIOD", timings.AskPeriodMs),
        ("PUBLISH-PERIOD", timings.PublishPeriodMs),
        ("DEFAULT-DOWN-AFTER", timings.DefaultDownAfterMs),
        ("DEFAULT-FAILOVER-TIMEOUT", timings.DefaultFailoverTimeoutMs),
        ("TILT-TRIGGER", timings.TiltTriggerMs),
        ("TILT-PERIOD", timings.TiltPeriodMs),
        ("SLAVE-RECONF-TIMEOUT", timings.ReplicaReconfigurationTimeoutMs),
        ("MIN-LINK-RECONNECT-PERIOD", timings.ReconnectPauseMaxMs),
        ("ELECTION-TIMEOUT", timings.ElectionTimeoutMs),
        ("SCRIPT-MAX-RUNTIME", timings.ScriptMaxRuntimeMs),
        ("SCRIPT-RETRY-DELAY", timings.ScriptRetryDelayMs),
    ];

    public static bool Has(string name) =>
        List(new SentinelTimings()).Any(row => row.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static SentinelTimings With(SentinelTimings timings, string name, long value) => name.ToUpperInvariant() switch
    {
        "INFO-PERIOD" => timings with { InfoPeriodMs = value },
        "PING-PERIOD" => timings with { PingPeriodMs = value },
        "ASK-PERIOD" => timings with { AskPeriodMs = value },
        "PUBLISH-PERIOD" => timings with { PublishPeriodMs = value },
        "DEFAULT-DOWN-AFTER" => timings with { DefaultDownAfterMs = value },
        "DEFAULT-FAILOVER-TIMEOUT" => timings with { DefaultFailoverTimeoutMs = value },
        "TILT-TRIGGER" => timings with { TiltTriggerMs = value },
        "TILT-PERIOD" => timings with { TiltPeriodMs = value },
        "SLAVE-RECONF-TIMEOUT" => timings with { ReplicaReconfigurationTimeoutMs = value },
        "MIN-LINK-RECONNECT-PERIOD" => timings with { ReconnectPauseMaxMs = value },
        "ELECTION-TIMEOUT" => timings with { ElectionTimeoutMs = value },
        "SCRIPT-MAX-RUNTIME" => timings with { ScriptMaxRuntimeMs = value },
        "SCRIPT-RETRY-DELAY" => timings with { ScriptRetryDelayMs = value },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "not a timing of SENTINEL DEBUG"),
    };
}

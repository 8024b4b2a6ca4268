namespace AkkaKv.Sentinel;

/// <summary>What the commands that concern the whole sentinel need of it; implemented by the host of the monitors.</summary>
public interface ISentinelDirectory
{
    /// <summary>This sentinel's id.</summary>
    string MyId { get; }

    /// <summary>The watched masters, by name.</summary>
    IReadOnlyList<MasterSummary> Masters { get; }

    /// <summary>Periods and timeouts in force.</summary>
    SentinelTimings Timings { get; }

    /// <summary>Options in force.</summary>
    SentinelOptions Options { get; }

    /// <summary>SIMULATE-FAILURE's flags: 1 crash after election, 2 crash after promotion.</summary>
    int SimulatedFailures { get; }

    /// <summary>Begins to watch a master, and remembers it.</summary>
    void Watch(MasterSettings settings);

    /// <summary>Stops watching, and remembers that.</summary>
    void Unwatch(string masterName);

    /// <summary>Resets the monitor of a master.</summary>
    void Reset(string masterName);

    /// <summary>Puts new timings in force everywhere.</summary>
    void ChangeTimings(SentinelTimings timings);

    /// <summary>Puts new options in force.</summary>
    void ChangeOptions(SentinelOptions options);

    /// <summary>Sets SIMULATE-FAILURE's flags everywhere.</summary>
    void SimulateFailures(int flags);

    /// <summary>Writes the state to disk now. Null when it is written, or what went wrong.</summary>
    string? Flush();

    /// <summary>Whether a host name can be resolved, as SENTINEL MONITOR demands.</summary>
    bool CanResolve(string host);
}

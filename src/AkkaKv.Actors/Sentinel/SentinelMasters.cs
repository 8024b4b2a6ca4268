using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>The watched masters of a sentinel: their monitors, what they look like from outside, and what is set for all of them.</summary>
/// <param name="myId">This sentinel's id.</param>
/// <param name="start">Starts the monitor of a master.</param>
/// <param name="stop">Stops it for good.</param>
/// <param name="journal">The memory.</param>
/// <param name="defaults">What SENTINEL MONITOR adds to what it is given.</param>
/// <param name="optionsChanged">Told of options that SENTINEL CONFIG SET changed.</param>
internal sealed class SentinelMasters(
    string myId,
    Func<MasterSettings, IActorRef> start,
    Action<IActorRef> stop,
    SentinelStateJournal journal,
    MasterSettings defaults,
    Action<SentinelOptions> optionsChanged)
    : ISentinelDirectory
{
    private readonly SortedDictionary<string, WatchedEntry> _entries = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string MyId => myId;

    /// <inheritdoc/>
    public IReadOnlyList<MasterSummary> Masters => [.. _entries.Values.Select(entry => entry.Summary)];

    /// <inheritdoc/>
    public SentinelTimings Timings { get; private set; } = new()
    {
        DefaultDownAfterMs = defaults.DownAfterMs,
        DefaultFailoverTimeoutMs = defaults.FailoverTimeoutMs,
    };

    /// <inheritdoc/>
    public SentinelOptions Options { get; private set; } = new();

    /// <inheritdoc/>
    public int SimulatedFailures { get; private set; }

    /// <summary>Where the masters are, newest decision of each.</summary>
    public IEnumerable<AnnounceMaster> Announcements => _entries.Values.Select(entry => entry.Announcement).OfType<AnnounceMaster>();

    /// <summary>The monitor of a master; null when it is not watched.</summary>
    public IActorRef? Find(string masterName) => _entries.GetValueOrDefault(masterName)?.Monitor;

    /// <summary>Begins to watch without remembering it: the master is declared, or remembered already.</summary>
    public void WatchDeclared(MasterSettings settings)
    {
        var summary = new MasterSummary(settings.Name, "ok", settings.Address, 0, 1, 0, false);
        _entries[settings.Name] = new WatchedEntry(settings, start(settings), summary, null);
    }

    /// <inheritdoc/>
    public void Watch(MasterSettings settings)
    {
        var complete = settings with
        {
            ParallelSyncs = defaults.ParallelSyncs,
            AuthUser = defaults.AuthUser,
            AuthPassword = defaults.AuthPassword,
        };
        var remembered = new MasterState(complete.Name, complete.Address, 0, 0, "", 0, [], [], complete);
        journal.Change(journal.State.With(remembered));
        journal.Write();
        WatchDeclared(complete);
    }

    /// <inheritdoc/>
    public void Unwatch(string masterName)
    {
        if (!_entries.Remove(masterName, out var entry))
            return;
        entry.Monitor.Tell(new WatchEnded(IsRemoved: true));
        stop(entry.Monitor);
        journal.Change(journal.State.Without(masterName));
        journal.Write();
    }

    /// <inheritdoc/>
    public void Reset(string masterName) => Find(masterName)?.Tell(new ResetRequested());

    /// <inheritdoc/>
    public void ChangeTimings(SentinelTimings timings)
    {
        Timings = timings;
        TellAll(new TimingsChanged(timings));
    }

    /// <inheritdoc/>
    public void ChangeOptions(SentinelOptions options)
    {
        Options = options;
        optionsChanged(options);
    }

    /// <inheritdoc/>
    public void SimulateFailures(int flags)
    {
        SimulatedFailures = flags;
        TellAll(new FailuresSimulated(flags));
    }

    /// <inheritdoc/>
    public string? Flush() => journal.Write();

    /// <inheritdoc/>
    public bool CanResolve(string host)
    {
        if (IPAddress.TryParse(host, out _))
            return true;
        try
        {
            // As in Redis, where names are allowed at all the command waits for the name service.
            return Options.ResolveHostnames && Dns.GetHostAddresses(host).Length > 0;
        }
        catch (Exception problem) when (problem is SocketException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Tells every monitor.</summary>
    public void TellAll(SentinelInput input)
    {
        foreach (var entry in _entries.Values)
            entry.Monitor.Tell(input);
    }

    /// <summary>A monitor looks different now.</summary>
    public void Update(MasterSummary summary)
    {
        if (_entries.GetValueOrDefault(summary.Name) is { } entry)
            _entries[summary.Name] = entry with { Summary = summary };
    }

    /// <summary>A master is elsewhere now.</summary>
    public void Update(AnnounceMaster announcement)
    {
        if (_entries.GetValueOrDefault(announcement.MasterName) is { } entry)
            _entries[announcement.MasterName] = entry with { Announcement = announcement };
    }

    /// <summary>A monitor died of an error: another one takes its place. False when it was stopped on purpose.</summary>
    public bool Replace(IActorRef dead)
    {
        var entry = _entries.Values.FirstOrDefault(watched => watched.Monitor.Equals(dead));
        if (entry is null)
            return false;
        _entries[entry.Settings.Name] = entry with { Monitor = start(entry.Settings) };
        return true;
    }

    private sealed record WatchedEntry(MasterSettings Settings, IActorRef Monitor, MasterSummary Summary, AnnounceMaster? Announcement);
}

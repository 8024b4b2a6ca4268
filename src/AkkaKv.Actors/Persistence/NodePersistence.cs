using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using AkkaKv.Actors.Settings;
using AkkaKv.Commands;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Hosting;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Snapshots;
using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Actors.Persistence;

/// <summary>
/// Saving of a node's data to its RDB file: by command, by save points, at the end. It belongs to the keyspace actor and runs on its turn.
/// </summary>
internal sealed class NodePersistence
{
    /// <summary>As in Redis: after a save that failed the next one waits so long.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly RdbFile _file;
    private readonly RdbFile _backgroundFile;
    private readonly bool _checksum;
    private readonly long _startedAtSeconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private CommandEngine _engine = null!;
    private IActorRef _keyspace = ActorRefs.Nobody;
    private ILoggingAdapter _log = null!;
    private Func<RdbReplicationFacts?> _replication = null!;
    private IReadOnlyList<SavePoint> _savePoints;
    private bool _compress;
    private bool _stopWritesOnError;
    private BackgroundSave? _running;
    private bool _isScheduled;
    private bool _lastSaveOk = true;
    private long _lastSaveSeconds;
    private long _lastTryAt;
    private long _changesAtLastSave;
    private long _lastDurationSeconds = -1;
    private long _saves;

    public NodePersistence(PersistenceSettings settings, string directory)
    {
        _file = new RdbFile(directory, settings.FileName, ".new");
        _backgroundFile = new RdbFile(directory, settings.FileName, ".background.new");
        SavePoints.TryParse(settings.Save, out _savePoints);
        (_compress, _checksum, _stopWritesOnError) = (settings.Compress, settings.Checksum, settings.StopWritesOnError);
        _lastSaveSeconds = _startedAtSeconds;
    }

    /// <summary>The node's file.</summary>
    public RdbFile File => _file;

    /// <summary>Whether a wrong checksum of a file is an error.</summary>
    public bool VerifiesChecksum => _checksum;

    /// <summary>False while the data are not what the file should have: nothing is saved then.</summary>
    public bool IsReady { get; set; }

    /// <summary>What was loaded at the start.</summary>
    public (long Keys, long Expired) Loaded { get; set; }

    /// <summary>Whether writes are to be refused because saving fails and the user wants to know.</summary>
    public bool RefusesWrites => !_lastSaveOk && _stopWritesOnError && _savePoints.Count > 0;

    /// <summary>The state of saving, for INFO.</summary>
    public PersistenceFacts Facts => new()
    {
        LastSaveSeconds = _lastSaveSeconds,
        ChangesAtLastSave = _changesAtLastSave,
        SaveInProgress = _running is not null,
        LastSaveOk = _lastSaveOk,
        LastSaveDurationSeconds = _lastDurationSeconds,
        CurrentSaveDurationSeconds = _running is { } running ? (long)running.Elapsed.TotalSeconds : -1,
        CurrentSaveKeys = _running?.KeyCount ?? 0,
        CurrentSaveKeysTotal = _running?.KeysTotal ?? 0,
        Saves = _saves,
        LoadedKeys = Loaded.Keys,
        ExpiredKeysAtLoad = Loaded.Expired,
    };

    /// <summary>Connects it with the engine and the keyspace actor.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="keyspace">The keyspace actor.</param>
    /// <param name="log">Where to say what happens.</param>
    /// <param name="replication">Where in which replication history the data stand now; null if that means nothing.</param>
    public void Attach(CommandEngine engine, IActorRef keyspace, ILoggingAdapter log, Func<RdbReplicationFacts?> replication) =>
        (_engine, _keyspace, _log, _replication) = (engine, keyspace, log, replication);

    /// <summary>SAVE and BGSAVE.</summary>
    public SaveResult Save(SaveKind kind)
    {
        if (_running is not null)
            return SaveResult.Failed("ERR Background save already in progress");
        if (kind == SaveKind.Foreground)
            return SaveNow() is { } error ? SaveResult.Failed($"ERR saving failed: {error}") : SaveResult.Done;
        if (kind == SaveKind.Later)
        {
            _isScheduled = true;
            return SaveResult.Scheduled;
        }

        return Begin() ? SaveResult.Done : SaveResult.Failed("ERR too many snapshots are being taken at this moment, try again later");
    }

    /// <summary>The node ends. Returns why that would lose data, or null.</summary>
    /// <param name="save">Whether to save; null: if there are save points.</param>
    public string? SaveAtEnd(bool? save)
    {
        if (!IsReady)
            return null;
        _running?.Cancel();
        if (!(save ?? _savePoints.Count > 0))
            return null;
        _log.Info("Saving the final RDB snapshot before exiting.");
        return SaveNow();
    }

    /// <summary>DEBUG RELOAD: saves, and loads what was saved in the place of the data. Returns what went wrong, or null.</summary>
    public string? Reload()
    {
        if (_running is not null)
            return "ERR Background save already in progress";
        if (SaveNow(isInCommand: true) is { } error)
            return $"ERR saving failed: {error}";
        using var load = new RdbFileLoad(_file, NewStore(), _checksum, dropExpired: false);
        if (load.Load() is { } problem)
            return $"ERR Error trying to load the RDB dump: {problem}";
        _engine.DataReplaced(_engine.Server.UnixTimeMicroseconds / 1000);
        _engine.Store.AdoptDetached(load.Store).Dispose();
        return null;
    }

    /// <summary>An empty store to load into: with the engine's limits, and keys that count as used now.</summary>
    public Store NewStore()
    {
        var store = new Store(_engine.Store.DatabaseCount) { NewEntryClock = _engine.EntryClockAt(_engine.Server.UnixTimeMicroseconds / 1000) };
        store.Limits.CopyFrom(_engine.Store.Limits);
        return store;
    }

    /// <summary>All data were removed: a save that runs would bring them back, and so would the file, where saving is configured.</summary>
    public void DataSetFlushed()
    {
        _running?.Cancel();
        if (IsReady && _savePoints.Count > 0)
            SaveNow(isInCommand: true);
    }

    /// <summary>To be called several times a second: saves when a save point or a client wants it.</summary>
    public void Cron()
    {
        if (_running is not null || !IsReady || (!_lastSaveOk && Stopwatch.GetElapsedTime(_lastTryAt) < RetryDelay))
            return;
        if (_isScheduled)
        {
            Begin();
            return;
        }

        var changes = _engine.Propagation.Changes - _changesAtLastSave;
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - _lastSaveSeconds;
        foreach (var point in _savePoints)
        {
            if (changes < point.Changes || changes == 0 || seconds <= point.Seconds)
                continue;
            _log.Info("{0} changes in {1} seconds. Saving...", point.Changes, point.Seconds);
            Begin();
            return;
        }
    }

    /// <summary>CONFIG SET of something that belongs to saving; other names are left alone. Returns why it cannot be, or null.</summary>
    public string? ApplySetting(string name, string value)
    {
        switch (name)
        {
            case "save":
                SavePoints.TryParse(value, out _savePoints);
                break;
            case "rdbcompression":
                _compress = value == "yes";
                break;
            case "stop-writes-on-bgsave-error":
                _stopWritesOnError = value == "yes";
                break;
            case "dir" or "dbfilename":
                // A client that may write files anywhere owns the machine.
                return "can't set protected config";
        }

        return null;
    }

    private bool Begin()
    {
        _lastTryAt = Stopwatch.GetTimestamp();
        if (_engine.Store.TryBeginSnapshot(inParts: true) is not { } snapshot)
        {
            // They end by themselves; a client that wants a save gets it then.
            return false;
        }

        _isScheduled = false;
        _running = new BackgroundSave(Dump(snapshot), _backgroundFile, _keyspace, _engine.Propagation.Changes, OnFinished);
        _log.Info("Background saving started");
        _running.Start();
        return true;
    }

    private void OnFinished(BackgroundSave save, string? error)
    {
        if (save != _running)
            return;
        _running = null;
        _lastDurationSeconds = (long)save.Elapsed.TotalSeconds;
        if (error is null)
            Saved(save.Changes);
        else if (!save.IsCancelled)
            Failed(error);
    }

    /// <summary>Saves while the keyspace waits; returns what went wrong, or null.</summary>
    private string? SaveNow(bool isInCommand = false)
    {
        _lastTryAt = Stopwatch.GetTimestamp();
        if (_engine.Store.TryBeginSnapshot() is not { } snapshot)
            return "too many snapshots are being taken at this moment";
        var changes = _engine.Propagation.Changes;
        try
        {
            using (snapshot)
                Write(Dump(snapshot, isInCommand));
            Saved(changes);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _file.Discard();
            Failed(e.Message);
            return e.Message;
        }
    }

    private void Write(SnapshotDump dump)
    {
        _file.Begin();
        while (!dump.IsComplete)
        {
            var piece = dump.WritePiece(isUrgent: true);
            foreach (var segment in piece)
                _file.Write(segment.Span);
            piece.Clear();
        }

        _file.Commit();
    }

    /// <param name="snapshot">What to write.</param>
    /// <param name="isInCommand">The running command is not in the replication stream yet: the data belong to no offset.</param>
    private SnapshotDump Dump(StoreSnapshot snapshot, bool isInCommand = false)
    {
        var preamble = new RdbPreamble(
            RdbPreamble.CompatibleVersion, _engine.Server.UnixTimeMicroseconds / 1_000_000, _engine.Store.UsedMemory,
            isInCommand ? null : _replication())
        {
            FunctionLibraries = _engine.GetFunctionLibraries(),
        };
        return new SnapshotDump(snapshot, preamble, new RdbFormat(_compress, _checksum));
    }

    private void Saved(long changes)
    {
        _changesAtLastSave = changes;
        _lastSaveSeconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        _lastSaveOk = true;
        _saves++;
        _log.Info("DB saved on disk");
    }

    private void Failed(string error)
    {
        _lastSaveOk = false;
        _log.Error("Saving to {0} failed: {1}", _file.FilePath, error);
    }
}

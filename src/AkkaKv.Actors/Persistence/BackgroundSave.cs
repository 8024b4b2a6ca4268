using System.Diagnostics;
using Akka.Actor;
using AkkaKv.Actors.Keyspace;

namespace AkkaKv.Actors.Persistence;

/// <summary>
/// One BGSAVE: makes pieces of the RDB on the keyspace's turn, between the requests, and has them written on another thread. It is the message
/// by which it goes on.
/// </summary>
internal sealed class BackgroundSave : IKeyspaceWork
{
    private readonly SnapshotDump _dump;
    private readonly IActorRef _keyspace;
    private readonly RdbFileWriter _writer;
    private readonly Action<BackgroundSave, string?> _finished;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private bool _isAbandoned;

    /// <param name="dump">The RDB.</param>
    /// <param name="file">Where it goes.</param>
    /// <param name="keyspace">The keyspace actor.</param>
    /// <param name="changes">How many changes the data had had when the snapshot began.</param>
    /// <param name="finished">Called on the keyspace's turn at the end, with what went wrong or null.</param>
    public BackgroundSave(SnapshotDump dump, RdbFile file, IActorRef keyspace, long changes, Action<BackgroundSave, string?> finished)
    {
        (_dump, _keyspace, Changes, _finished) = (dump, keyspace, changes, finished);
        _writer = new RdbFileWriter(file, GoOn, error => keyspace.Tell(new Written(this, error), ActorRefs.NoSender));
    }

    /// <summary>How many changes the data had had when the snapshot began.</summary>
    public long Changes { get; }

    /// <summary>Whether it was told to end without a file.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Since when it runs.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_startedAt);

    /// <summary>Keys written so far.</summary>
    public long KeyCount => _dump.KeyCount;

    /// <summary>Keys to be written.</summary>
    public long KeysTotal => _dump.KeysTotal;

    /// <summary>Begins.</summary>
    public void Start()
    {
        _writer.Start();
        GoOn();
    }

    /// <summary>The file is not wanted any more: the old one stays.</summary>
    public void Cancel()
    {
        if (IsCancelled)
            return;
        IsCancelled = true;
        if (!_isAbandoned && !_dump.IsComplete)
            Abandon();
        _writer.Cancel();
    }

    /// <inheritdoc/>
    public void Execute(KeyspaceTurn turn)
    {
        if (_isAbandoned || _dump.IsComplete)
        {
            if (!_dump.Clear())
                GoOn();
            return;
        }

        var piece = _dump.WritePiece();
        if (_writer.Add(piece, _dump.IsComplete) || _dump.IsComplete)
            GoOn();
    }

    private void GoOn() => _keyspace.Tell(this, ActorRefs.NoSender);

    private void Abandon()
    {
        _isAbandoned = true;
        _dump.Abandon();
        GoOn();
    }

    private sealed class Written(BackgroundSave save, string? error) : IKeyspaceWork
    {
        public void Execute(KeyspaceTurn turn)
        {
            // After an error the rest of the snapshot is of no use to anybody.
            if (error is not null && !save._isAbandoned && !save._dump.IsComplete)
                save.Abandon();
            save._finished(save, error);
        }
    }
}

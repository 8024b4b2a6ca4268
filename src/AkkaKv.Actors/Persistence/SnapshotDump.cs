using System.Diagnostics;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Snapshots;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Persistence;

/// <summary>
/// An RDB, written piece by piece from a snapshot of the keyspace: for a full resynchronisation or for a file. It is used on the keyspace's turn;
/// requests that arrive meanwhile are executed between two pieces.
/// </summary>
internal sealed class SnapshotDump(StoreSnapshot snapshot, RdbPreamble preamble, RdbFormat format)
{
    /// <summary>How long the keyspace may be held up at a time; one very long value may take longer.</summary>
    private static readonly TimeSpan SliceTime = TimeSpan.FromMilliseconds(0.5);

    /// <summary>Bytes after which a piece ends before its time.</summary>
    private const int PieceBytesMax = 1024 * 1024;

    /// <summary>Bytes, and steps of an abandoned snapshot, between two looks at the clock.</summary>
    private const int BytesBetweenLooks = 8 * 1024;
    private const int StepsBetweenLooks = 256;

    private readonly OutputBuffer _output = new();
    private StoreDump? _dump;

    /// <summary>True once the end of the RDB is in a piece.</summary>
    public bool IsComplete => _dump is { IsFinished: true };

    /// <summary>Keys written so far.</summary>
    public long KeyCount => _dump?.KeyCount ?? 0;

    /// <summary>Keys of the snapshot.</summary>
    public long KeysTotal { get; } = snapshot.KeysTotal;

    /// <summary>Writes the next piece: of half a millisecond, or, for whoever may hold up the keyspace, of full size.</summary>
    public OutputBuffer WritePiece(bool isUrgent = false)
    {
        _dump ??= new StoreDump(snapshot, _output, preamble, format);
        var start = Stopwatch.GetTimestamp();
        while (!_dump.Continue(BytesBetweenLooks) && _output.Length < PieceBytesMax && (isUrgent || Stopwatch.GetElapsedTime(start) < SliceTime))
        {
            // The condition does the work.
        }

        var piece = new OutputBuffer();
        _output.MoveTo(piece);
        return piece;
    }

    /// <summary>Nobody wants the rest: nothing is kept for it any more. What is left to do is done by <see cref="Clear"/>.</summary>
    public void Abandon() => snapshot.Abandon();

    /// <summary>Goes on to the end of an abandoned or completed snapshot, for a short time; true when it is done and its memory is being freed.</summary>
    public bool Clear()
    {
        var start = Stopwatch.GetTimestamp();
        var nothing = 0;
        while (!snapshot.Continue(StepsBetweenLooks, ref nothing, static (ref int _, int _, Entry _) => { }, static (ref int _, int _, in SnapshotPart _) => { }))
        {
            if (Stopwatch.GetElapsedTime(start) >= SliceTime)
                return false;
        }

        // Databases that were flushed meanwhile may be large.
        ThreadPool.UnsafeQueueUserWorkItem(static finished => finished.Dispose(), snapshot, preferLocal: false);
        return true;
    }
}

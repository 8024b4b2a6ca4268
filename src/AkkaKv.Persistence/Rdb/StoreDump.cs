using System.Buffers;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Snapshots;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Writes all databases of a store, as a snapshot has them, as an RDB: a slice at a time, so that commands can be executed between, and that the
/// owner of the buffer can send what is there already.
/// </summary>
public sealed class StoreDump
{
    // Of the snapshot's steps. Buckets that have nothing to write cost time too, so a slice without any output must end as well.
    private const int StepsPerSlice = 1024;

    private readonly StoreSnapshot _snapshot;
    private readonly RdbWriter _writer;
    private readonly ValueWriter _values;
    private readonly HashSet<int> _begun = [];

    private int _database = -1;

    /// <summary>Writes the preamble; the rest comes with <see cref="Continue"/>.</summary>
    /// <param name="snapshot">What to write; from now on only this dump continues it, and its owner disposes it.</param>
    /// <param name="output">Where the RDB goes.</param>
    /// <param name="preamble">What the RDB tells about the server.</param>
    /// <param name="format">How it is written; by default as for a replica.</param>
    public StoreDump(StoreSnapshot snapshot, IBufferWriter<byte> output, RdbPreamble preamble, RdbFormat? format = null)
    {
        _snapshot = snapshot;
        format ??= RdbFormat.Stream;
        _writer = new RdbWriter(output, format.Checksum, format.Compress);
        _values = new ValueWriter(_writer.Output);
        preamble.WriteTo(_writer);
        _writer.Flush();
    }

    /// <summary>True once the end of the RDB is written.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Keys written so far.</summary>
    public long KeyCount { get; private set; }

    /// <summary>Bytes of the RDB so far.</summary>
    public long Written => _writer.Written;

    /// <summary>
    /// Writes until at least <paramref name="bytes"/> more are in the buffer, a thousand steps of the snapshot are done, or the RDB is finished;
    /// returns <see cref="IsFinished"/>. Where the snapshot visits large values in parts they are written so; all else in one piece.
    /// </summary>
    public bool Continue(long bytes)
    {
        var enough = _writer.Written + bytes;
        for (var steps = 0; !IsFinished && steps < StepsPerSlice && _writer.Written < enough; steps++)
        {
            var dump = this;
            if (_snapshot.Continue(
                1,
                ref dump,
                static (ref StoreDump it, int database, Entry entry) => it.Write(database, entry),
                static (ref StoreDump it, int database, in SnapshotPart part) => it.WritePart(database, part)))
            {
                _writer.End();
                IsFinished = true;
            }
        }

        _writer.Flush();
        return IsFinished;
    }

    private void Write(int database, Entry entry)
    {
        BeginKey(database, ValueWriter.TypeOf(entry), entry);
        _values.Write(entry);
    }

    private void WritePart(int database, in SnapshotPart part)
    {
        switch (part.Kind)
        {
            case SnapshotPartKind.Start:
                BeginKey(database, ValueWriter.TypeOfElements(part.Key.Type), part.Key);
                _writer.Output.Number((ulong)part.Count);
                break;
            case SnapshotPartKind.Element when part.Key.Type == DataType.List:
                _values.WriteNode(part.Entries, part.EntryCount);
                break;
            case SnapshotPartKind.Element:
                _values.WriteElement(part.Key.Type, part.Element);
                break;
        }
    }

    private void BeginKey(int database, byte type, Entry key)
    {
        // Readers take keys of the databases in any order: those that changed early come first.
        if (database != _database)
        {
            _database = database;
            _writer.SelectDatabase(database);
            if (_begun.Add(database))
                _writer.ResizeDatabase(_snapshot.KeyCount(database), _snapshot.ExpiringCount(database));
        }

        KeyCount++;
        _writer.Key(type, key.Key, new RdbKeyFacts(key.ExpireAtMs, RdbKeyFacts.None, RdbKeyFacts.None));
    }
}

using System.Buffers;
using AkkaKv.Keyspace;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Writes all databases of a store as an RDB, a slice at a time so that the owner of the buffer can send what is there already. The
/// store must not change between the first slice and the last: the caller does not execute commands meanwhile.
/// </summary>
public sealed class StoreDump
{
    private readonly Store _store;
    private readonly RdbWriter _writer;

    private int _database = -1;
    private ulong _cursor;

    public StoreDump(Store store, IBufferWriter<byte> output, RdbPreamble preamble)
    {
        _store = store;
        _writer = new RdbWriter(output);
        preamble.WriteTo(_writer);
    }

    /// <summary>True once the end of the RDB is written.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Bytes of the RDB so far.</summary>
    public long Written => _writer.Written;

    /// <summary>Writes until at least <paramref name="bytes"/> more are in the buffer or the RDB is finished; returns <see cref="IsFinished"/>.</summary>
    public bool Continue(long bytes)
    {
        var enough = _writer.Written + bytes;
        while (!IsFinished && _writer.Written < enough)
        {
            if (_cursor == 0 && !BeginNextDatabase())
            {
                _writer.End();
                IsFinished = true;
                break;
            }

            var writer = _writer;
            _cursor = _store[_database].Scan(_cursor, ref writer, WriteEntry);
        }

        return IsFinished;
    }

    private bool BeginNextDatabase()
    {
        while (++_database < _store.DatabaseCount)
        {
            if (_store[_database].Count == 0)
                continue;
            _writer.SelectDatabase(_database);
            _writer.ResizeDatabase(_store[_database].Count, _store[_database].ExpiringCount);
            return true;
        }

        return false;
    }

    private static void WriteEntry(ref RdbWriter writer, Entry entry) => writer.String(entry.Key, entry.StringValue, entry.ExpireAtMs);
}

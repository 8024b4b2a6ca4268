using AkkaKv.Commands.Hosting;
using AkkaKv.Keyspace;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Replication;

namespace AkkaKv.Actors.Persistence;

/// <summary>
/// Loads a node's RDB file when it starts, into a store of its own and on a thread of its own, so that the node answers meanwhile that it is loading.
/// </summary>
internal sealed class RdbFileLoad : IDisposable
{
    private const int ChunkSize = 1024 * 1024;

    private readonly string _path;
    private readonly StoreLoader _loader;
    private readonly RdbReader _reader;
    private readonly long _startedAtMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
    private long _loadedBytes;
    private long _totalBytes;

    /// <param name="file">The file, which exists.</param>
    /// <param name="store">Where to, empty.</param>
    /// <param name="verifyChecksum">Whether a wrong checksum is an error.</param>
    /// <param name="dropExpired">Whether keys that have expired are left out: masters do it.</param>
    public RdbFileLoad(RdbFile file, Store store, bool verifyChecksum, bool dropExpired)
    {
        _path = file.FilePath;
        Store = store;
        _loader = new StoreLoader(store, dropExpired ? _startedAtMs : null);
        _reader = new RdbReader(_loader, RdbLimits.Default with { VerifyChecksum = verifyChecksum });
    }

    /// <summary>What is loaded so far.</summary>
    public Store Store { get; }

    /// <summary>What INFO shows of it.</summary>
    public LoadingFacts Facts => new(_startedAtMs, Interlocked.Read(ref _totalBytes), Interlocked.Read(ref _loadedBytes));

    /// <summary>Keys loaded.</summary>
    public long KeyCount => _reader.KeyCount - _reader.EmptyKeyCount - _loader.ExpiredCount;

    /// <summary>Keys left out because they had expired.</summary>
    public long ExpiredCount => _loader.ExpiredCount;

    /// <summary>The texts of the libraries of functions.</summary>
    public IReadOnlyList<byte[]> FunctionLibraries => _loader.FunctionLibraries;

    /// <summary>Modules whose data were passed over.</summary>
    public IReadOnlyList<string> SkippedModules => _loader.SkippedModules;

    /// <summary>The replication history that the data belong to, if the file says so.</summary>
    public (ReplicationId Id, long Offset, int StreamDatabase)? History =>
        _loader.ReplicationId is { } text && _loader.ReplicationOffset >= 0
        && ReplicationId.TryParse(System.Text.Encoding.Latin1.GetBytes(text), out var id) && !id.IsNone
            ? (id, _loader.ReplicationOffset, Math.Max(_loader.StreamDatabase, 0))
            : null;

    /// <summary>Starts loading.</summary>
    /// <param name="done">Called on the loading thread at the end, with what is wrong or null.</param>
    public void Start(Action<string?> done) => new Thread(() => done(Load())) { IsBackground = true, Name = "rdb-loader" }.Start();

    /// <summary>Loads the file on this thread; returns what is wrong, or null.</summary>
    public string? Load()
    {
        try
        {
            using var handle = File.OpenHandle(_path, options: FileOptions.SequentialScan);
            Interlocked.Exchange(ref _totalBytes, RandomAccess.GetLength(handle));
            var chunk = new byte[ChunkSize];
            for (long at = 0; ;)
            {
                var length = RandomAccess.Read(handle, chunk, at);
                if (length == 0)
                    break;
                var used = _reader.Feed(chunk.AsSpan(0, length));
                at += length;
                Interlocked.Exchange(ref _loadedBytes, at);
                if (used < length)
                    return $"{_path}: the file goes on behind the end of the data, at offset {at - length + used}";
            }

            _reader.Complete();
            return null;
        }
        catch (RdbFormatException e)
        {
            return $"{_path}: {e.Message}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{_path}: {e.Message}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();
}

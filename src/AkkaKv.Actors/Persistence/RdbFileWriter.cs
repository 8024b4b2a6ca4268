using AkkaKv.Protocol;

namespace AkkaKv.Actors.Persistence;

/// <summary>
/// Writes an RDB to its file on a thread of its own, from pieces that the keyspace makes. What waits is bounded: when the disk is slower than the
/// keyspace, it is the keyspace that stops making pieces.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="wantMore">Called on the writer's thread after <see cref="Add"/> has said that enough waits, when there is room again.</param>
/// <param name="finished">Called on the writer's thread at the end, with what went wrong or null.</param>
internal sealed class RdbFileWriter(RdbFile file, Action wantMore, Action<string?> finished)
{
    private const long WaitingBytesMax = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<OutputBuffer> _pieces = [];
    private readonly AutoResetEvent _arrived = new(initialState: false);
    private long _waitingBytes;
    private bool _isStalled;
    private bool _isLast;
    private bool _isCancelled;

    /// <summary>Starts writing.</summary>
    public void Start() => new Thread(Run) { IsBackground = true, Name = "rdb-writer" }.Start();

    /// <summary>Takes the next piece over. False: enough waits, and the next one shall come when more is wanted.</summary>
    public bool Add(OutputBuffer piece, bool isLast)
    {
        lock (_gate)
        {
            _pieces.Enqueue(piece);
            _waitingBytes += piece.Length;
            _isLast = isLast;
            _isStalled = _waitingBytes >= WaitingBytesMax && !isLast;
            _arrived.Set();
            return !_isStalled;
        }
    }

    /// <summary>The file shall not be finished: nothing more comes.</summary>
    public void Cancel()
    {
        lock (_gate)
            _isCancelled = true;
        _arrived.Set();
    }

    private void Run()
    {
        string? error;
        try
        {
            file.Begin();
            while (Next() is { } piece)
                Write(piece);
            error = Finish();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Discard();
            error = e.Message;
        }

        lock (_gate)
        {
            while (_pieces.TryDequeue(out var piece))
                piece.Clear();
        }

        finished(error);
    }

    private string? Finish()
    {
        // Who cancels must know that the file takes nobody's place any more.
        lock (_gate)
        {
            if (!_isCancelled)
            {
                file.Commit();
                return null;
            }
        }

        file.Discard();
        return "it was cancelled";
    }

    private void Write(OutputBuffer piece)
    {
        foreach (var segment in piece)
            file.Write(segment.Span);
        var length = piece.Length;
        piece.Clear();
        bool wasStalled;
        lock (_gate)
        {
            _waitingBytes -= length;
            wasStalled = _isStalled && _waitingBytes < WaitingBytesMax / 2;
            if (wasStalled)
                _isStalled = false;
        }

        if (wasStalled)
            wantMore();
    }

    /// <summary>The next piece; null after the last one, or when the file is cancelled.</summary>
    private OutputBuffer? Next()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_isCancelled)
                    return null;
                if (_pieces.TryDequeue(out var piece))
                    return piece;
                if (_isLast)
                    return null;
            }

            _arrived.WaitOne();
        }
    }
}

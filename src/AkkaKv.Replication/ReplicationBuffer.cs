namespace AkkaKv.Replication;

/// <summary>
/// The replication stream that is still in memory: one chain of blocks that serves as the backlog for partial resynchronisation and
/// as the output queue of every replica, so that a byte is stored once however many replicas there are.
/// </summary>
/// <remarks>
/// One thread writes: everything here is called by it. Each <see cref="ReplicationCursor"/> is read by one other thread without
/// locks. Offsets count the bytes of the stream since its beginning; the first byte has offset 1 (Redis's convention).
/// History is kept up to <see cref="SizeMax"/>, and longer only for a cursor that is behind by no more than its own limit.
/// </remarks>
public sealed class ReplicationBuffer
{
    /// <summary>Bytes per block: small enough that trimming is exact to a few percent of a backlog, large enough that a send is one piece.</summary>
    public const int BlockSize = 64 * 1024;

    /// <summary>Redis's default for repl-backlog-size.</summary>
    public const long DefaultSizeMax = 1024 * 1024;

    private const int FreeBlocksMax = 8;

    private readonly List<ReplicationCursor> _cursors = [];

    private ReplicationBlock? _head;
    private ReplicationBlock? _tail;
    private ReplicationBlock? _free;
    private int _freeCount;
    private int _blockCount;
    private int _overrunCount;
    private long _sizeMax = DefaultSizeMax;

    /// <summary>The history to keep at least, in bytes (repl-backlog-size). Taking it down frees memory at once.</summary>
    public long SizeMax
    {
        get => _sizeMax;
        set
        {
            _sizeMax = Math.Max(value, 1);
            Trim();
        }
    }

    /// <summary>False while no history is kept; the offset then stands still.</summary>
    public bool IsActive => _tail is not null;

    /// <summary>The offset of the last byte of the stream (master_repl_offset).</summary>
    public long EndOffset { get; private set; }

    /// <summary>The offset of the oldest byte still here (repl_backlog_first_byte_offset), 0 while inactive.</summary>
    public long FirstOffset => _head is null ? 0 : _head.Start + 1;

    /// <summary>How many bytes of history are here (repl_backlog_histlen).</summary>
    public long HistoryLength => _head is null ? 0 : EndOffset - _head.Start;

    /// <summary>Memory taken by blocks in use and blocks kept for reuse, in bytes.</summary>
    public long MemoryUsage => (_blockCount + _freeCount) * (long)BlockSize;

    /// <summary>Drops all history, which cuts off every cursor, and continues with an empty one after <paramref name="endOffset"/>.</summary>
    public void Start(long endOffset)
    {
        Stop(endOffset);
        _tail = _head = TakeBlock();
    }

    /// <summary>Drops all history, which cuts off every cursor, and keeps none from now on; the offset becomes <paramref name="endOffset"/>.</summary>
    public void Stop(long endOffset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(endOffset);
        for (var index = _cursors.Count - 1; index >= 0; index--)
            CutOff(index);
        while (_head is not null)
            DropHead();
        _tail = null;
        EndOffset = endOffset;
    }

    /// <summary>Adds bytes to the stream; they are visible to readers when the call returns. Without history they are not counted either.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_tail is null)
            return;
        while (bytes.Length > 0)
        {
            if (_tail.Length == BlockSize)
                AddBlock();
            var taken = Math.Min(bytes.Length, BlockSize - _tail.Length);
            bytes[..taken].CopyTo(_tail.Bytes.AsSpan(_tail.Length));
            EndOffset += taken;
            _tail.Length += taken;
            bytes = bytes[taken..];
        }
    }

    /// <summary>True if the byte after <paramref name="offset"/> can be delivered from the history, now or when it comes.</summary>
    public bool Covers(long offset) => _head is not null && offset >= _head.Start && offset <= EndOffset;

    /// <summary>Starts reading after <paramref name="offset"/>.</summary>
    /// <param name="offset">The last offset that the reader already has; <see cref="Covers"/> must be true for it.</param>
    /// <param name="lagMax">
    /// Bytes that the reader may be behind before it is cut off, 0 for no limit (the hard limit of client-output-buffer-limit
    /// replica). The backlog size counts as the limit where it is larger, as in Redis.
    /// </param>
    public ReplicationCursor OpenCursor(long offset, long lagMax)
    {
        if (!Covers(offset))
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"the history holds {FirstOffset} to {EndOffset}");
        var block = _head!;
        while (block.End <= offset && block.Next is { } next)
            block = next;
        var cursor = new ReplicationCursor(block, offset, lagMax);
        _cursors.Add(cursor);
        return cursor;
    }

    /// <summary>Ends a cursor. Only when its reader touches it no more: its blocks may be written over at once.</summary>
    public void Release(ReplicationCursor cursor)
    {
        if (_cursors.Remove(cursor))
            Trim();
        else if (cursor.IsOverrun && cursor.TryRelease())
            _overrunCount--;
    }

    private void AddBlock()
    {
        var block = TakeBlock();
        _tail!.Next = block;
        _tail = block;
        Trim();
    }

    private void Trim()
    {
        while (_head is not null && _head != _tail && HistoryLength - _head.Length >= _sizeMax)
        {
            if (!CutOffReadersOf(_head))
                return;
            DropHead();
        }
    }

    /// <summary>False if a cursor within its limit still needs the block. Cursors beyond their limit are cut off.</summary>
    private bool CutOffReadersOf(ReplicationBlock block)
    {
        for (var index = _cursors.Count - 1; index >= 0; index--)
        {
            var cursor = _cursors[index];
            if (cursor.HeldStart > block.Start)
                continue;
            var lagMax = cursor.LagMax == 0 ? long.MaxValue : Math.Max(cursor.LagMax, _sizeMax);
            if (EndOffset - cursor.Offset <= lagMax)
                return false;
            CutOff(index);
        }

        return true;
    }

    private void CutOff(int index)
    {
        _cursors[index].CutOff();
        _cursors.RemoveAt(index);
        _overrunCount++;
    }

    private void DropHead()
    {
        var block = _head!;
        _head = block.Next;
        _blockCount--;

        // A reader that was cut off may not have noticed and still be sending from this block or walking from it to the next ones:
        // until it has let go, dropped blocks are left to the garbage collector instead of being written over.
        if (_overrunCount > 0 || _freeCount >= FreeBlocksMax)
            return;
        block.Length = 0;
        block.Next = _free;
        _free = block;
        _freeCount++;
    }

    private ReplicationBlock TakeBlock()
    {
        var block = _free;
        if (block is null)
        {
            block = new ReplicationBlock(BlockSize);
        }
        else
        {
            _free = block.Next;
            _freeCount--;
            block.Next = null;
        }

        _blockCount++;
        block.Start = EndOffset;
        return block;
    }
}

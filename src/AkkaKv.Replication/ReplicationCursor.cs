namespace AkkaKv.Replication;

/// <summary>
/// One replica's place in a <see cref="ReplicationBuffer"/>. Read by one thread at a time, which may be another than the writer's; the
/// bytes it has peeked at stay as they are until it advances over them.
/// </summary>
public sealed class ReplicationCursor
{
    private ReplicationBlock _block;
    private int _inBlock;
    private long _offset;
    private long _heldStart;
    private bool _isOverrun;
    private bool _isReleased;

    internal ReplicationCursor(ReplicationBlock block, long offset, long lagMax)
    {
        _block = block;
        _inBlock = (int)(offset - block.Start);
        _offset = offset;
        _heldStart = block.Start;
        LagMax = lagMax;
    }

    /// <summary>The offset of the last byte that was advanced over. Any thread may ask.</summary>
    public long Offset => Volatile.Read(ref _offset);

    /// <summary>Bytes that it may be behind, 0 for no limit.</summary>
    public long LagMax { get; }

    /// <summary>True once it was behind by more than its limit: what it needs next is no longer kept, the link must be closed.</summary>
    public bool IsOverrun => Volatile.Read(ref _isOverrun);

    /// <summary>Blocks from this start on must not be written over: the reader may be looking at them.</summary>
    internal long HeldStart => Volatile.Read(ref _heldStart);

    /// <summary>How many bytes are there to read.</summary>
    public long CountUnread()
    {
        var last = _block;
        while (last.Next is { } next)
            last = next;
        return last.End - _offset;
    }

    /// <summary>The next bytes that lie together, none when everything was read.</summary>
    public ReadOnlyMemory<byte> Peek()
    {
        MoveToUnread();
        return _block.Bytes.AsMemory(_inBlock, _block.Length - _inBlock);
    }

    /// <summary>Adds the next bytes to a list for a scatter send, up to about <paramref name="bytesMax"/>; returns how many bytes it added.</summary>
    public int Peek(IList<ArraySegment<byte>> segments, int bytesMax)
    {
        MoveToUnread();
        var total = 0;
        var from = _inBlock;
        for (ReplicationBlock? block = _block, next; block is not null && total < bytesMax; block = next)
        {
            next = block.Next;
            var length = Math.Min(block.Length - from, bytesMax - total);
            if (length > 0)
                segments.Add(new ArraySegment<byte>(block.Bytes, from, length));
            total += length;
            from = 0;
        }

        return total;
    }

    /// <summary>The next <paramref name="count"/> bytes were delivered; they may be forgotten.</summary>
    public void Advance(int count)
    {
        var left = count;
        while (left > 0)
        {
            MoveToUnread();
            var step = Math.Min(left, _block.Length - _inBlock);
            if (step == 0)
                throw new ArgumentOutOfRangeException(nameof(count), count, "more than there is to read");
            _inBlock += step;
            left -= step;
        }

        Volatile.Write(ref _offset, _offset + count);
        MoveToUnread();
    }

    internal void CutOff() => Volatile.Write(ref _isOverrun, true);

    internal bool TryRelease() => !_isReleased && (_isReleased = true);

    private void MoveToUnread()
    {
        // The link is read before the length: a block that has a successor has its final length.
        while (_block.Next is { } next && _inBlock == _block.Length)
        {
            _block = next;
            _inBlock = 0;
            Volatile.Write(ref _heldStart, next.Start);
        }
    }
}

using System.Buffers;

namespace AkkaKv.Protocol;

/// <summary>
/// Bytes on their way out: a chain of pooled 16 KB segments. Writing and consuming allocate nothing in steady state, and the whole content moves to
/// another buffer in constant time. The bytes never move, so their addresses may be given to the system while they are held. Not thread-safe; the pool behind it is.
/// </summary>
public sealed class OutputBuffer : IBufferWriter<byte>
{
    private OutputSegment? _head;
    private OutputSegment? _tail;

    /// <summary>How many bytes are held.</summary>
    public long Length { get; private set; }

    /// <summary>Whether nothing is held.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The memory that the segments occupy in bytes, used or not: what an output limit should count.</summary>
    public long Capacity
    {
        get
        {
            long total = 0;
            for (OutputSegment? segment = _head; segment is not null; segment = segment.Next)
            {
                total += segment.Bytes.Length;
            }

            return total;
        }
    }

    /// <summary>The first run of bytes; empty when nothing is held.</summary>
    public ReadOnlyMemory<byte> First => _head is null ? default : _head.Bytes.AsMemory(_head.Start, _head.Length);

    /// <summary>Whether all bytes lie in <see cref="First"/>, so that one plain send suffices.</summary>
    public bool IsSingleSegment => ReferenceEquals(_head, _tail);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > (_tail?.Free ?? 0))
        {
            throw new InvalidOperationException("More was written than the span handed out.");
        }

        if (_tail is not null)
        {
            _tail.End += count;
            Length += count;
        }
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        OutputSegment tail = TailWithRoom(sizeHint);
        return tail.Bytes.AsMemory(tail.End);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        OutputSegment tail = TailWithRoom(sizeHint);
        return tail.Bytes.AsSpan(tail.End);
    }

    /// <summary>Appends a copy of <paramref name="bytes"/>, of any length.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            OutputSegment tail = TailWithRoom(1);
            int count = Math.Min(bytes.Length, tail.Free);
            bytes[..count].CopyTo(tail.Bytes.AsSpan(tail.End));
            tail.End += count;
            Length += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Appends everything to <paramref name="target"/> in constant time and leaves this buffer empty.</summary>
    public void MoveTo(OutputBuffer target)
    {
        if (_head is null || ReferenceEquals(target, this))
        {
            return;
        }

        if (Length == 0)
        {
            Clear();
            return;
        }

        if (target.Length == 0)
        {
            target.Clear();
            target._head = _head;
        }
        else
        {
            target._tail!.Next = _head;
        }

        target._tail = _tail;
        target.Length += Length;
        _head = null;
        _tail = null;
        Length = 0;
    }

    /// <summary>Removes the first <paramref name="count"/> bytes, which have been sent.</summary>
    public void Consume(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length);
        Length -= count;
        while (_head is not null && count >= _head.Length)
        {
            OutputSegment done = _head;
            count -= done.Length;
            _head = done.Next;
            OutputSegmentPool.Return(done);
        }

        if (_head is null)
        {
            _tail = null;
            return;
        }

        _head.Start += (int)count;
    }

    /// <summary>Takes back what was written last, so that <paramref name="length"/> bytes are left.</summary>
    public void Truncate(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        if (length == 0)
        {
            Clear();
            return;
        }

        OutputSegment last = _head!;
        long before = 0;
        for (; before + last.Length < length; last = last.Next!)
        {
            before += last.Length;
        }

        last.End = last.Start + (int)(length - before);
        OutputSegment? surplus = last.Next;
        last.Next = null;
        _tail = last;
        Length = length;
        while (surplus is not null)
        {
            OutputSegment done = surplus;
            surplus = done.Next;
            OutputSegmentPool.Return(done);
        }
    }

    /// <summary>Drops everything and gives the segments back.</summary>
    public void Clear()
    {
        while (_head is not null)
        {
            OutputSegment done = _head;
            _head = done.Next;
            OutputSegmentPool.Return(done);
        }

        _tail = null;
        Length = 0;
    }

    /// <summary>Appends the runs of bytes to <paramref name="list"/> for a scatter send, at most <paramref name="segmentsMax"/> of them.</summary>
    public void AddSegmentsTo(IList<ArraySegment<byte>> list, int segmentsMax = int.MaxValue)
    {
        for (OutputSegment? segment = _head; segment is not null && segmentsMax > 0; segment = segment.Next)
        {
            if (segment.Length > 0)
            {
                list.Add(new ArraySegment<byte>(segment.Bytes, segment.Start, segment.Length));
                segmentsMax--;
            }
        }
    }

    /// <summary>The runs of bytes, in order, without copying or allocating.</summary>
    public SegmentEnumerator GetEnumerator() => new(_head);

    /// <summary>A copy of everything held.</summary>
    public byte[] ToArray()
    {
        byte[] copy = new byte[Length];
        int position = 0;
        foreach (ReadOnlyMemory<byte> segment in this)
        {
            segment.Span.CopyTo(copy.AsSpan(position));
            position += segment.Length;
        }

        return copy;
    }

    /// <summary>
    /// Leaves a gap of up to <see cref="GapSize"/> bytes at the current end, to be filled by <see cref="FillGap"/> with something only known after what follows.
    /// </summary>
    internal OutputSegment OpenGap()
    {
        OutputSegment before = TailWithRoom(GapSize);
        Append(OutputSegmentPool.Take());
        return before;
    }

    /// <summary>Writes <paramref name="bytes"/> where <see cref="OpenGap"/> was called.</summary>
    internal void FillGap(OutputSegment gap, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(gap.Bytes.AsSpan(gap.End));
        gap.End += bytes.Length;
        Length += bytes.Length;
    }

    /// <summary>The longest header that fits a gap: a type byte, 20 digits, a line end.</summary>
    internal const int GapSize = 24;

    private OutputSegment TailWithRoom(int sizeHint)
    {
        OutputSegment? tail = _tail;
        if (tail is not null && tail.Free >= Math.Max(sizeHint, 1))
        {
            return tail;
        }

        OutputSegment added = sizeHint <= OutputSegmentPool.SegmentSize
            ? OutputSegmentPool.Take()
            : OutputSegment.OfSize(sizeHint);
        Append(added);
        return added;
    }

    private void Append(OutputSegment segment)
    {
        if (_tail is null)
        {
            _head = segment;
        }
        else
        {
            _tail.Next = segment;
        }

        _tail = segment;
    }

    /// <summary>Enumerates the runs of an <see cref="OutputBuffer"/>.</summary>
    public struct SegmentEnumerator
    {
        private OutputSegment? _next;

        internal SegmentEnumerator(OutputSegment? first)
        {
            _next = first;
            Current = default;
        }

        /// <summary>The current run; never empty.</summary>
        public ReadOnlyMemory<byte> Current { get; private set; }

        /// <summary>Moves to the next run.</summary>
        public bool MoveNext()
        {
            while (_next is not null)
            {
                OutputSegment segment = _next;
                _next = segment.Next;
                if (segment.Length > 0)
                {
                    Current = segment.Bytes.AsMemory(segment.Start, segment.Length);
                    return true;
                }
            }

            return false;
        }
    }
}

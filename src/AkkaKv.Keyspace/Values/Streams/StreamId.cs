using System.Buffers.Text;
using System.Diagnostics;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>The id of an entry of a stream: 128 bits, of which the first half usually is the time in Unix milliseconds. Ids order entries.</summary>
/// <param name="Ms">The first half.</param>
/// <param name="Sequence">The second half, which tells entries of one millisecond apart.</param>
public readonly record struct StreamId(ulong Ms, ulong Sequence) : IComparable<StreamId>
{
    /// <summary>Characters of the longest text of an id.</summary>
    public const int MaxTextLength = 41;

    /// <summary>The smallest id, which no entry has.</summary>
    public static StreamId Min => default;

    /// <summary>The largest id.</summary>
    public static StreamId Max => new(ulong.MaxValue, ulong.MaxValue);

    public static bool operator <(StreamId left, StreamId right) => left.Ms == right.Ms ? left.Sequence < right.Sequence : left.Ms < right.Ms;

    public static bool operator >(StreamId left, StreamId right) => right < left;

    public static bool operator <=(StreamId left, StreamId right) => !(right < left);

    public static bool operator >=(StreamId left, StreamId right) => !(left < right);

    /// <inheritdoc/>
    public int CompareTo(StreamId other) => Ms == other.Ms ? Sequence.CompareTo(other.Sequence) : Ms.CompareTo(other.Ms);

    /// <summary>The id behind this one. False if this is the largest.</summary>
    public bool TryNext(out StreamId next)
    {
        // The result may go where this id comes from.
        var exists = this != Max;
        next = Sequence < ulong.MaxValue ? new StreamId(Ms, Sequence + 1) : new StreamId(Ms + 1, 0);
        return exists;
    }

    /// <summary>The id before this one. False if this is the smallest.</summary>
    public bool TryPrevious(out StreamId previous)
    {
        var exists = this != Min;
        previous = Sequence > 0 ? new StreamId(Ms, Sequence - 1) : new StreamId(Ms - 1, ulong.MaxValue);
        return exists;
    }

    /// <summary>Writes the id as "ms-sequence" and returns the count of characters; the target has room for <see cref="MaxTextLength"/>.</summary>
    public int Write(Span<byte> target)
    {
        var fits = Utf8Formatter.TryFormat(Ms, target, out var length);
        Debug.Assert(fits);
        target[length++] = (byte)'-';
        fits = Utf8Formatter.TryFormat(Sequence, target[length..], out var rest);
        Debug.Assert(fits);
        return length + rest;
    }
}

namespace AkkaKv.Replication;

/// <summary>
/// Finds the end of an RDB in the bytes of a link: after a given length, or at a forty-character mark. Bytes that may be the
/// beginning of the mark are held back until it is clear that they are not.
/// </summary>
internal sealed class SnapshotPayload
{
    /// <summary>Characters of an end mark.</summary>
    public const int MarkLength = 40;

    private readonly byte[]? _mark;
    private readonly byte[] _held = new byte[MarkLength];
    private int _heldLength;
    private long _left;

    private SnapshotPayload(long length, byte[]? mark) => (_left, _mark) = (length, mark);

    /// <summary>Bytes of the RDB seen so far.</summary>
    public long Read { get; private set; }

    /// <summary>The whole length, or null if it is not known.</summary>
    public long? Length { get; private init; }

    /// <summary>True once the end was found.</summary>
    public bool IsComplete { get; private set; }

    public static SnapshotPayload OfLength(long length) => new(length, null) { Length = length, IsComplete = length == 0 };

    public static SnapshotPayload UntilMark(ReadOnlySpan<byte> mark) => new(0, mark.ToArray());

    /// <summary>Takes bytes, emits those of the RDB, and returns how many it took: all, unless the end is among them.</summary>
    public int Take(ReadOnlyMemory<byte> bytes, List<UpstreamEffect> outbox) =>
        _mark is null ? TakeCounted(bytes, outbox) : TakeUntil(_mark, bytes, outbox);

    private int TakeCounted(ReadOnlyMemory<byte> bytes, List<UpstreamEffect> outbox)
    {
        var taken = (int)Math.Min(_left, bytes.Length);
        Emit(bytes[..taken], outbox);
        _left -= taken;
        IsComplete = _left == 0;
        return taken;
    }

    private int TakeUntil(byte[] mark, ReadOnlyMemory<byte> bytes, List<UpstreamEffect> outbox)
    {
        var heldBefore = _heldLength;
        if (heldBefore > 0)
        {
            // Rare: the last piece ended like the mark begins. Decide over a copy of both pieces.
            byte[] joined = [.. _held.AsSpan(0, heldBefore), .. bytes.Span];
            bytes = joined;
            _heldLength = 0;
        }

        var at = bytes.Span.IndexOf(mark);
        if (at >= 0)
        {
            Emit(bytes[..at], outbox);
            IsComplete = true;
            return at + MarkLength - heldBefore;
        }

        var kept = Math.Min(MarkLength - 1, bytes.Length);
        while (kept > 0 && !bytes.Span.EndsWith(mark.AsSpan(0, kept)))
            kept--;
        bytes.Span[(bytes.Length - kept)..].CopyTo(_held);
        _heldLength = kept;
        Emit(bytes[..^kept], outbox);
        return bytes.Length - heldBefore;
    }

    private void Emit(ReadOnlyMemory<byte> bytes, List<UpstreamEffect> outbox)
    {
        if (bytes.Length == 0)
            return;
        Read += bytes.Length;
        outbox.Add(new UpstreamEffect.Load(bytes));
    }
}

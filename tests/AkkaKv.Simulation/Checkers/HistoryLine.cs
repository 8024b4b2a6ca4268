using AkkaKv.Replication;

namespace AkkaKv.Simulation.Checkers;

/// <summary>Everything that was ever produced under one replication id: the truth to which the nodes' copies are compared.</summary>
internal sealed class HistoryLine(ReplicationId id, HistoryLine? parent, long baseOffset, List<long> baseWrites, string owner, int ownersIncarnation)
{
    private readonly List<byte> _bytes = [];
    private readonly List<(long Offset, long Number)> _writes = [];

    public ReplicationId Id { get; } = id;

    /// <summary>The line that this one goes on from after a promotion; null when nobody else can continue into it.</summary>
    public HistoryLine? Parent { get; } = parent;

    /// <summary>The offset after which this line has bytes of its own.</summary>
    public long BaseOffset { get; } = baseOffset;

    public string Owner { get; } = owner;

    public int OwnersIncarnation { get; } = ownersIncarnation;

    public long EndOffset => BaseOffset + _bytes.Count;

    /// <summary>A write of a master that keeps no history: it moves no offset.</summary>
    public void AddUncounted(long number) => baseWrites.Add(number);

    public void Add(ReadOnlySpan<byte> bytes, long? number)
    {
        _bytes.AddRange(bytes);
        if (number is { } write)
            _writes.Add((EndOffset, write));
    }

    /// <summary>The offset of the first byte that differs from what was produced after <paramref name="offset"/>, or null.</summary>
    public long? FindDifference(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset < BaseOffset)
        {
            if (Parent is null)
                return offset + 1;
            var inParent = (int)Math.Min(bytes.Length, BaseOffset - offset);
            if (Parent.FindDifference(offset, bytes[..inParent]) is { } difference)
                return difference;
            offset += inParent;
            bytes = bytes[inParent..];
        }
        for (var index = 0; index < bytes.Length; index++)
        {
            var at = (int)(offset - BaseOffset) + index;
            if (at >= _bytes.Count || _bytes[at] != bytes[index])
                return offset + index + 1;
        }
        return null;
    }

    /// <summary>The writes that a node at this offset has, in order; null if the line has no such offset.</summary>
    public List<long>? WritesAt(long offset)
    {
        if (offset > EndOffset)
            return null;
        if (offset < BaseOffset)
            return Parent?.WritesAt(offset);
        return [.. baseWrites, .. _writes.Where(write => write.Offset <= offset).Select(write => write.Number)];
    }
}

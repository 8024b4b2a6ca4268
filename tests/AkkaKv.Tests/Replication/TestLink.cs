namespace AkkaKv.Tests.Replication;

/// <summary>A connection between two test nodes: bytes in both directions, in order, that can be cut after any number of bytes.</summary>
internal sealed class TestLink
{
    private readonly Queue<byte> _toReplica = new();
    private readonly Queue<byte> _toMaster = new();

    public bool IsOpen { get; private set; } = true;

    /// <summary>The link breaks when the replica has received this many bytes.</summary>
    public long CutAfter { get; set; } = long.MaxValue;

    /// <summary>What the replica has received.</summary>
    public long Delivered { get; private set; }

    public void SendToReplica(ReadOnlySpan<byte> bytes) => Add(_toReplica, bytes);

    public void SendToMaster(ReadOnlySpan<byte> bytes) => Add(_toMaster, bytes);

    /// <summary>The next bytes for the replica, at most <paramref name="max"/>.</summary>
    public byte[] TakeForReplica(int max)
    {
        var bytes = Take(_toReplica, (int)Math.Min(max, CutAfter - Delivered));
        Delivered += bytes.Length;
        return bytes;
    }

    public byte[] TakeForMaster(int max) => Take(_toMaster, max);

    public bool IsCutDue => Delivered >= CutAfter;

    public void Close()
    {
        IsOpen = false;
        _toReplica.Clear();
        _toMaster.Clear();
    }

    private void Add(Queue<byte> queue, ReadOnlySpan<byte> bytes)
    {
        if (!IsOpen)
            return;
        foreach (var value in bytes)
            queue.Enqueue(value);
    }

    private static byte[] Take(Queue<byte> queue, int max)
    {
        var bytes = new byte[Math.Min(max, queue.Count)];
        for (var index = 0; index < bytes.Length; index++)
            bytes[index] = queue.Dequeue();
        return bytes;
    }
}

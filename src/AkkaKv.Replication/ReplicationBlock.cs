namespace AkkaKv.Replication;

/// <summary>
/// A piece of the replication stream. Written by one thread, read by others: bytes below <see cref="Length"/> never change while
/// the block is in use, and a block with a <see cref="Next"/> gets no more bytes.
/// </summary>
internal sealed class ReplicationBlock
{
    private int _length;
    private ReplicationBlock? _next;

    public ReplicationBlock(int size) => Bytes = GC.AllocateUninitializedArray<byte>(size, pinned: true);

    /// <summary>Pinned, so that a send needs not pin it each time.</summary>
    public byte[] Bytes { get; }

    /// <summary>The replication offset of the last byte before this block.</summary>
    public long Start { get; set; }

    /// <summary>How many bytes are there. A reader sees a length only after the bytes it covers.</summary>
    public int Length
    {
        get => Volatile.Read(ref _length);
        set => Volatile.Write(ref _length, value);
    }

    /// <summary>The block that follows. A reader that sees one then sees this block's final length.</summary>
    public ReplicationBlock? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }

    /// <summary>The replication offset of the last byte in this block.</summary>
    public long End => Start + Length;
}

namespace AkkaKv.Protocol;

/// <summary>A piece of an <see cref="OutputBuffer"/>: an array, the part of it that holds bytes, and the next piece.</summary>
internal sealed class OutputSegment(byte[] bytes)
{
    public readonly byte[] Bytes = bytes;
    public int Start;
    public int End;
    public OutputSegment? Next;

    public int Length => End - Start;

    /// <summary>One whose array never moves.</summary>
    public static OutputSegment OfSize(int size) => new(GC.AllocateUninitializedArray<byte>(size, pinned: true));

    public int Free => Bytes.Length - End;
}

/// <summary>
/// The process-wide stock of segments. A segment is taken and returned once per 16 KB, so a lock held for a few instructions costs less than
/// anything without one, and it cannot be preempted into handing a segment out twice.
/// </summary>
internal static class OutputSegmentPool
{
    /// <summary>The size of a pooled segment, in bytes.</summary>
    public const int SegmentSize = 16 * 1024;

    /// <summary>How many segments are kept at most: 16 MB of them.</summary>
    private const int SegmentsKept = 1024;

    private static readonly Lock Gate = new();
    private static OutputSegment? _free;
    private static int _count;

    public static OutputSegment Take()
    {
        lock (Gate)
        {
            OutputSegment? segment = _free;
            if (segment is not null)
            {
                _free = segment.Next;
                segment.Next = null;
                _count--;
                return segment;
            }
        }

        return OutputSegment.OfSize(SegmentSize);
    }

    public static void Return(OutputSegment segment)
    {
        if (segment.Bytes.Length != SegmentSize)
        {
            return;
        }

        segment.Start = 0;
        segment.End = 0;
        segment.Next = null;
        lock (Gate)
        {
            if (_count < SegmentsKept)
            {
                segment.Next = _free;
                _free = segment;
                _count++;
            }
        }
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Table;

/// <summary>
/// A power of two of buckets, in segments of one page that are taken when a bucket of theirs is first written and may be given back one by one:
/// so neither making nor freeing an array of any size is ever one long pause. Arrays below a page are one small block.
/// </summary>
internal sealed unsafe class BucketArray : IDisposable
{
    private const int SegmentShift = 10;
    private const int BucketsPerSegment = 1 << SegmentShift;

    private readonly NativeHeap _heap;
    private Bucket** _segments;
    private long _ownBytes;

    static BucketArray()
    {
        Debug.Assert(BucketsPerSegment * Bucket.Size == PagePool.PageSize);
    }

    public BucketArray(NativeHeap heap, long bucketCount)
    {
        Debug.Assert(long.IsPow2(bucketCount));
        _heap = heap;
        BucketCount = bucketCount;
        Mask = (ulong)bucketCount - 1;
        var segmentCount = SegmentCount;
        _segments = (Bucket**)NativeMemory.AllocZeroed((nuint)segmentCount, (nuint)sizeof(Bucket*));
        _ownBytes = segmentCount * sizeof(Bucket*);
        if (IsSmall)
        {
            _segments[0] = (Bucket*)NativeMemory.AlignedAlloc((nuint)(bucketCount * Bucket.Size), Bucket.Size);
            NativeMemory.Clear(_segments[0], (nuint)(bucketCount * Bucket.Size));
            _ownBytes += bucketCount * Bucket.Size;
        }
    }

    /// <summary>Number of buckets, chains not counted.</summary>
    public long BucketCount { get; }

    /// <summary>Turns a hash into the number of its bucket.</summary>
    public ulong Mask { get; }

    /// <summary>Bytes that the array has from elsewhere than the heap.</summary>
    public long OwnBytes => _ownBytes;

    private bool IsSmall => BucketCount < BucketsPerSegment;

    private long SegmentCount => (BucketCount + BucketsPerSegment - 1) >> SegmentShift;

    /// <summary>The bucket of a number, or null if nothing was ever written near it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Bucket* Find(ulong index)
    {
        Debug.Assert(index <= Mask);
        var segment = _segments[index >> SegmentShift];
        return segment == null ? null : segment + (index & (BucketsPerSegment - 1));
    }

    /// <summary>The bucket of a number, to be written.</summary>
    public Bucket* Get(ulong index)
    {
        Debug.Assert(index <= Mask);
        ref var segment = ref _segments[index >> SegmentShift];
        if (segment == null)
            segment = (Bucket*)_heap.AllocatePage();
        return segment + (index & (BucketsPerSegment - 1));
    }

    /// <summary>Gives back the segment whose last bucket has this number, if it is one; its buckets must be empty.</summary>
    public void ReleaseSegmentEndingAt(ulong index)
    {
        if (IsSmall || (index & (BucketsPerSegment - 1)) != BucketsPerSegment - 1)
            return;
        ref var segment = ref _segments[index >> SegmentShift];
        if (segment == null)
            return;
        _heap.FreePage((byte*)segment);
        segment = null;
    }

    /// <summary>Frees the array, but not the chains of its buckets.</summary>
    public void Dispose()
    {
        if (_segments == null)
            return;
        if (IsSmall)
        {
            NativeMemory.AlignedFree(_segments[0]);
        }
        else
        {
            for (var i = 0L; i < SegmentCount; i++)
            {
                if (_segments[i] != null)
                    _heap.FreePage((byte*)_segments[i]);
            }
        }

        NativeMemory.Free(_segments);
        _segments = null;
        _ownBytes = 0;
    }
}

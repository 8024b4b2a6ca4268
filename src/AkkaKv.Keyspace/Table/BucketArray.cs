using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Table;

/// <summary>
/// A power of two of buckets. From <see cref="BucketsPerSegment"/> on it lies in segments of one page that are taken when a bucket of theirs is
/// first written and may be given back one by one: so neither making nor freeing an array of any size is ever one long pause. Below that it
/// is one block. <c>default</c> stands for no array. Copies of the struct are the same array.
/// </summary>
internal unsafe struct BucketArray
{
    private const int SegmentShift = 10;
    private const int BucketsPerSegment = 1 << SegmentShift;

    // Slab blocks of up to this many buckets are cache lines themselves; larger blocks have room to find the first line in.
    private const int AlignedBuckets = 4;
    private const int AlignmentRoom = Bucket.Size - sizeof(long);

    // The buckets' block of a small array, the addresses of a large one's segments.
    private byte* _block;

    static BucketArray()
    {
        Debug.Assert(BucketsPerSegment * Bucket.Size == PagePool.PageSize);
    }

    /// <summary>Number of buckets, chains not counted.</summary>
    public long BucketCount { get; private set; }

    /// <summary>Whether there is no array.</summary>
    public readonly bool IsNull => _block == null;

    /// <summary>Turns a hash into the number of its bucket.</summary>
    public readonly ulong Mask => (ulong)BucketCount - 1;

    /// <summary>Bytes of native memory that the array takes now, chains not counted.</summary>
    public readonly long Bytes
    {
        get
        {
            if (IsNull)
                return 0;
            var size = BlockSize;
            var bytes = size > SizeClasses.MaxSize ? LargeBlock.CostOf(size) : SizeClasses.SizeOf(SizeClasses.ClassOf((int)size));
            for (var i = 0L; !IsSmall && i < SegmentCount; i++)
                bytes += Segments[i] == null ? 0 : PagePool.PageSize;
            return bytes;
        }
    }

    private readonly bool IsSmall => BucketCount < BucketsPerSegment;

    private readonly long SegmentCount => BucketCount >> SegmentShift;

    private readonly Bucket** Segments => (Bucket**)_block;

    private readonly Bucket* FirstBucket => BucketCount <= AlignedBuckets
        ? (Bucket*)_block
        : (Bucket*)(((nuint)_block + Bucket.Size - 1) & ~(nuint)(Bucket.Size - 1));

    private readonly long BlockSize => !IsSmall ? SegmentCount * sizeof(Bucket*)
        : BucketCount <= AlignedBuckets ? BucketCount * Bucket.Size
        : (BucketCount * Bucket.Size) + AlignmentRoom;

    /// <summary>Makes an array of empty buckets.</summary>
    public static BucketArray Create(NativeHeap heap, long bucketCount)
    {
        Debug.Assert(long.IsPow2(bucketCount));
        var array = new BucketArray { BucketCount = bucketCount };
        array._block = heap.Allocate(array.BlockSize, out _);
        NativeMemory.Clear(array._block, (nuint)array.BlockSize);
        return array;
    }

    /// <summary>The bucket of a number, or null if nothing was ever written near it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Bucket* Find(ulong index)
    {
        Debug.Assert(index <= Mask);
        if (IsSmall)
            return FirstBucket + index;
        var segment = Segments[index >> SegmentShift];
        return segment == null ? null : segment + (index & (BucketsPerSegment - 1));
    }

    /// <summary>The bucket of a number, to be written.</summary>
    public readonly Bucket* Get(ulong index, NativeHeap heap)
    {
        Debug.Assert(index <= Mask);
        if (IsSmall)
            return FirstBucket + index;
        ref var segment = ref Segments[index >> SegmentShift];
        if (segment == null)
            segment = (Bucket*)heap.AllocatePage();
        return segment + (index & (BucketsPerSegment - 1));
    }

    /// <summary>Gives back the segment whose last bucket has this number, if it is one; its buckets must be empty.</summary>
    public readonly void ReleaseSegmentEndingAt(ulong index, NativeHeap heap)
    {
        if (IsSmall || (index & (BucketsPerSegment - 1)) != BucketsPerSegment - 1)
            return;
        ref var segment = ref Segments[index >> SegmentShift];
        if (segment == null)
            return;
        heap.FreePage((byte*)segment);
        segment = null;
    }

    /// <summary>Frees the array, but not the chains of its buckets.</summary>
    public void Free(NativeHeap heap)
    {
        if (IsNull)
            return;
        if (!IsSmall)
        {
            for (var i = 0L; i < SegmentCount; i++)
            {
                if (Segments[i] != null)
                    heap.FreePage((byte*)Segments[i]);
            }
        }

        var size = BlockSize;
        heap.Free(_block, size > SizeClasses.MaxSize ? SizeClasses.Large : SizeClasses.ClassOf((int)size));
        this = default;
    }
}

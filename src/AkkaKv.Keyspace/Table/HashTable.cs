using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Table;

/// <summary>
/// The hash table of a database, in native memory. It doubles when its buckets are about three quarters full and shrinks to a quarter when
/// they are a ninth full, a few buckets with every change: while that goes on, a bucket number below <see cref="MovedBuckets"/> has its
/// entries in <see cref="Target"/>, the others still in <see cref="Main"/>, so that every lookup looks at one bucket chain.
/// </summary>
internal sealed unsafe class HashTable(NativeHeap heap, KeyHasher hasher) : IDisposable
{
    // 6.5 of 9 slots: about an eighth of the buckets then has a second one.
    private const int GrowAtEntriesPer2Buckets = 13;
    private const int ShrinkFactor = 4;

    // Tables up to this many buckets are moved at once, which is as fast as one step.
    private const long MoveAtOnceBuckets = 16;
    private const long MaxReservedEntries = 100_000_000;
    private const int BucketsPerStep = 2;
    private const int EmptyBucketsPerStep = 32;

    /// <summary>The table, or while resizing the old one; null until there is a first entry.</summary>
    public BucketArray? Main { get; private set; }

    /// <summary>The table that is being moved to, or null.</summary>
    public BucketArray? Target { get; private set; }

    /// <summary>How many buckets of <see cref="Main"/> have been moved.</summary>
    public ulong MovedBuckets { get; private set; }

    /// <summary>Number of entries.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the table is being resized.</summary>
    public bool IsResizing => Target != null;

    /// <summary>Bytes that the table has from elsewhere than the heap.</summary>
    public long OwnBytes => (Main?.OwnBytes ?? 0) + (Target?.OwnBytes ?? 0);

    /// <summary>The hash of a key.</summary>
    public ulong Hash(ReadOnlySpan<byte> key) => hasher.Hash(key);

    /// <summary>Finds a key by its hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot Find(ReadOnlySpan<byte> key, ulong hash)
    {
        var main = Main;
        if (main == null)
            return default;
        var index = hash & main.Mask;
        var bucket = Target != null && index < MovedBuckets ? Target.Find(hash & Target.Mask) : main.Find(index);
        return Chain.Find(bucket, key, Bucket.TagOf(hash));
    }

    /// <summary>Adds an entry whose key is not in the table.</summary>
    public void Insert(ulong hash, EntryBlock entry)
    {
        Debug.Assert(!Find(entry.Key, hash).Exists);
        Main ??= new BucketArray(heap, 1);
        Chain.Add(BucketOf(hash), Bucket.TagOf(hash), entry.Address, heap);
        Count++;
        if (Target == null && Count * 2 > Main.BucketCount * GrowAtEntriesPer2Buckets)
            StartResize(Main.BucketCount * 2);
    }

    /// <summary>Removes the entry in a slot that <see cref="Find"/> gave for this hash; does not free it.</summary>
    public void Remove(ulong hash, Slot slot)
    {
        Chain.Remove(BucketOf(hash), slot, heap);
        if (--Count == 0)
        {
            Dispose();
            return;
        }

        if (Target == null && Count < Main!.BucketCount && Main.BucketCount >= ShrinkFactor)
            StartResize(Main.BucketCount / ShrinkFactor);
    }

    /// <summary>
    /// Carries a resize on by a bounded amount. Called with every change before it looks for its key; a host may call it when it is idle.
    /// Returns whether there is more to do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Step()
    {
        if (Target == null)
            return false;
        MoveBuckets(BucketsPerStep, EmptyBucketsPerStep);
        return Target != null;
    }

    /// <summary>
    /// Makes an empty table large enough that <paramref name="count"/> entries go in without a resize. The number is a hint that may come from
    /// outside, so it is followed only as far as it costs little memory.
    /// </summary>
    public void Reserve(long count)
    {
        if (Main != null || count <= 0)
            return;
        var buckets = (Math.Min(count, MaxReservedEntries) * 2 / GrowAtEntriesPer2Buckets) + 1;
        Main = new BucketArray(heap, (long)BitOperations.RoundUpToPowerOf2((ulong)buckets));
    }

    /// <summary>Frees the table, but neither the entries nor the chains.</summary>
    public void Dispose()
    {
        Main?.Dispose();
        Target?.Dispose();
        Main = Target = null;
        MovedBuckets = 0;
        Count = 0;
    }

    private Bucket* BucketOf(ulong hash)
    {
        var index = hash & Main!.Mask;
        return Target != null && index < MovedBuckets ? Target.Get(hash & Target.Mask) : Main.Get(index);
    }

    private void StartResize(long bucketCount)
    {
        Target = new BucketArray(heap, bucketCount);
        MovedBuckets = 0;
        if (Main!.BucketCount <= MoveAtOnceBuckets)
            MoveBuckets((int)MoveAtOnceBuckets, (int)MoveAtOnceBuckets);
    }

    private void MoveBuckets(int filled, int empty)
    {
        var main = Main!;
        while (filled > 0 && empty > 0)
        {
            var index = MovedBuckets;
            var bucket = main.Find(index);
            if (bucket != null && (bucket->Occupied != 0 || bucket->Next != null))
            {
                MoveEntries(bucket);
                filled--;
            }
            else
            {
                empty--;
            }

            main.ReleaseSegmentEndingAt(index);
            MovedBuckets = index + 1;
            if (MovedBuckets > main.Mask)
            {
                FinishResize();
                return;
            }
        }
    }

    private void MoveEntries(Bucket* first)
    {
        var target = Target!;
        if (Sse.IsSupported)
        {
            for (var occupied = first->Occupied; occupied != 0; occupied &= occupied - 1)
                Sse.Prefetch0(first->AddressAt(BitOperations.TrailingZeroCount(occupied)));
        }

        for (var bucket = first; bucket != null; bucket = bucket->Next)
        {
            for (var occupied = bucket->Occupied; occupied != 0; occupied &= occupied - 1)
            {
                var slot = BitOperations.TrailingZeroCount(occupied);
                var address = bucket->AddressAt(slot);
                var hash = hasher.Hash(new EntryBlock(address).Key);
                Chain.Add(target.Get(hash & target.Mask), bucket->TagAt(slot), address, heap);
            }
        }

        Chain.Reset(first, heap);
    }

    private void FinishResize()
    {
        Main!.Dispose();
        Main = Target;
        Target = null;
        MovedBuckets = 0;
    }
}

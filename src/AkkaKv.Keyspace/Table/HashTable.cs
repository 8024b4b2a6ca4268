using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Table;

/// <summary>
/// A hash table in native memory: of a database, or of the elements of a large hash, set or sorted set. It doubles when its buckets are about three quarters
/// full and shrinks to a quarter when they are a ninth full, a few buckets with every change: while that goes on, a bucket number below
/// <see cref="TableRoot.MovedBuckets"/> has its entries in <see cref="TableRoot.Target"/>, the others still in <see cref="TableRoot.Main"/>, so that every
/// lookup looks at one bucket chain. The struct is a way to use a root and holds nothing itself.
/// </summary>
internal readonly unsafe struct HashTable(TableRoot* root, NativeHeap heap, KeyHasher hasher)
{
    // 6.5 of 9 slots: about an eighth of the buckets then has a second one.
    private const int GrowAtEntriesPer2Buckets = 13;
    private const int ShrinkFactor = 4;

    // Tables up to this many buckets are moved at once, which is as fast as one step.
    private const long MoveAtOnceBuckets = 16;
    private const long MaxReservedEntries = 100_000_000;
    private const int BucketsPerStep = 2;
    private const int EmptyBucketsPerStep = 32;

    /// <summary>What the table remembers.</summary>
    public TableRoot* Root => root;

    /// <summary>Number of entries.</summary>
    public long Count => root->Count;

    /// <summary>Whether the table is being resized.</summary>
    public bool IsResizing => !root->Target.IsNull;

    /// <summary>Bytes of the bucket arrays, chains not counted.</summary>
    public long ArrayBytes => root->Main.Bytes + root->Target.Bytes;

    /// <summary>The hash of a key.</summary>
    public ulong Hash(ReadOnlySpan<byte> key) => hasher.Hash(key);

    /// <summary>Finds a key by its hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot Find(ReadOnlySpan<byte> key, ulong hash)
    {
        return Chain.Find(FirstBucket(hash), key, Bucket.TagOf(hash));
    }

    /// <summary>Begins to load the bucket in which an entry with this hash would be.</summary>
    public void PrefetchBucket(ulong hash)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(FirstBucket(hash));
    }

    /// <summary>Begins to load the first two cache lines of the entry that the bucket has for this hash: its head, its key, and the beginning of its value.</summary>
    public void PrefetchEntry(ulong hash)
    {
        var bucket = FirstBucket(hash);
        if (!Sse.IsSupported || bucket == null)
            return;
        var matches = bucket->MatchTag(Bucket.TagOf(hash));
        if (matches == 0)
            return;
        var entry = bucket->AddressAt(BitOperations.TrailingZeroCount(matches));
        Sse.Prefetch0(entry);
        Sse.Prefetch0(entry + Bucket.Size);
    }

    /// <summary>To be called before an element of a large value is changed, replaced or removed: snapshots that walk the value may need it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeforeChange(EntryBlock element)
    {
        if (root->SnapshotLink != 0)
            heap.Walks.BeforeChange(root->SnapshotLink, element);
    }

    /// <summary>Adds an entry whose key is not in the table, and returns where it is.</summary>
    public Slot Insert(ulong hash, EntryBlock entry)
    {
        Debug.Assert(!Find(entry.Key, hash).Exists);
        if (root->Main.IsNull)
            root->Main = BucketArray.Create(heap, 1);
        var slot = Chain.Add(BucketOf(hash), Bucket.TagOf(hash), entry.Address, heap);
        root->Count++;
        if (IsResizing || Count * 2 <= root->Main.BucketCount * GrowAtEntriesPer2Buckets)
            return slot;
        return StartResize(root->Main.BucketCount * 2) ? Find(entry.Key, hash) : slot;
    }

    /// <summary>Removes the entry in a slot that <see cref="Find"/> gave for this hash; does not free it.</summary>
    public void Remove(ulong hash, Slot slot)
    {
        Chain.Remove(BucketOf(hash), slot, heap);
        if (--root->Count == 0)
        {
            Free();
            return;
        }

        if (!IsResizing && Count < root->Main.BucketCount && root->Main.BucketCount >= ShrinkFactor)
            StartResize(root->Main.BucketCount / ShrinkFactor);
    }

    /// <summary>
    /// Carries a resize on by a bounded amount. Called with every change before it looks for its key; a host may call it when it is idle.
    /// Returns whether there is more to do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Step()
    {
        if (!IsResizing)
            return false;
        MoveBuckets(BucketsPerStep, EmptyBucketsPerStep);
        return IsResizing;
    }

    /// <summary>
    /// Makes an empty table large enough that <paramref name="count"/> entries go in without a resize. The number is a hint that may come from
    /// outside, so it is followed only as far as it costs little memory.
    /// </summary>
    public void Reserve(long count)
    {
        if (!root->Main.IsNull || count <= 0)
            return;
        var buckets = (Math.Min(count, MaxReservedEntries) * 2 / GrowAtEntriesPer2Buckets) + 1;
        root->Main = BucketArray.Create(heap, (long)BitOperations.RoundUpToPowerOf2((ulong)buckets));
    }

    /// <summary>Frees the table, but neither the entries nor the chains.</summary>
    public void Free()
    {
        root->Main.Free(heap);
        root->Target.Free(heap);
        *root = new TableRoot { SnapshotLink = root->SnapshotLink };
    }

    /// <summary>
    /// Takes entries out and frees them, with <paramref name="free"/>, chains too, until <paramref name="budget"/> is used up: one for an entry and one for each
    /// few empty buckets. True when nothing is left. Meanwhile the table must not be used for anything else.
    /// </summary>
    /// <param name="free">Frees what an entry holds and its block.</param>
    /// <param name="budget">How much may be done; becomes what is left of it.</param>
    public bool FreeSome(EntryFreer free, ref int budget)
    {
        while (budget > 0)
        {
            if (root->Main.IsNull)
                return true;
            FreeNextBuckets(free, ref budget);
        }

        return root->Main.IsNull;
    }

    /// <summary>The bucket in which the chain of a hash begins, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Bucket* FirstBucket(ulong hash)
    {
        if (root->Main.IsNull)
            return null;
        var index = hash & root->Main.Mask;
        return IsResizing && index < root->MovedBuckets ? root->Target.Find(hash & root->Target.Mask) : root->Main.Find(index);
    }

    private void FreeNextBuckets(EntryFreer free, ref int budget)
    {
        // The counter of moved buckets serves as the place of this walk too: first through what was not moved, then through the target.
        budget--;
        for (var empty = 0; empty < EmptyBucketsPerStep; empty++)
        {
            if (root->MovedBuckets > root->Main.Mask)
            {
                root->Main.Free(heap);
                root->Main = root->Target;
                root->Target = default;
                root->MovedBuckets = 0;
                return;
            }

            var index = root->MovedBuckets++;
            var first = root->Main.Find(index);
            if (first == null || (first->Occupied == 0 && first->Next == null))
            {
                root->Main.ReleaseSegmentEndingAt(index, heap);
                continue;
            }

            for (var bucket = first; bucket != null; bucket = bucket->Next)
            {
                for (var occupied = bucket->Occupied; occupied != 0; occupied &= occupied - 1)
                {
                    free(new EntryBlock(bucket->AddressAt(BitOperations.TrailingZeroCount(occupied))), heap);
                    root->Count--;
                    budget--;
                }
            }

            Chain.Reset(first, heap);
            root->Main.ReleaseSegmentEndingAt(index, heap);
            return;
        }
    }

    private Bucket* BucketOf(ulong hash)
    {
        var index = hash & root->Main.Mask;
        return IsResizing && index < root->MovedBuckets ? root->Target.Get(hash & root->Target.Mask, heap) : root->Main.Get(index, heap);
    }

    /// <summary>Begins to resize; true if entries have been moved already.</summary>
    private bool StartResize(long bucketCount)
    {
        try
        {
            root->Target = BucketArray.Create(heap, bucketCount);
        }
        catch (OutOfMemoryException)
        {
            // Longer chains, then; the next change tries again.
            return false;
        }

        root->MovedBuckets = 0;
        if (root->Main.BucketCount > MoveAtOnceBuckets)
            return false;
        MoveBuckets((int)MoveAtOnceBuckets, (int)MoveAtOnceBuckets);
        return true;
    }

    private void MoveBuckets(int filled, int empty)
    {
        while (filled > 0 && empty > 0)
        {
            var index = root->MovedBuckets;
            var bucket = root->Main.Find(index);
            if (bucket != null && (bucket->Occupied != 0 || bucket->Next != null))
            {
                if (!TryMoveEntries(bucket))
                    return;
                filled--;
            }
            else
            {
                empty--;
            }

            root->Main.ReleaseSegmentEndingAt(index, heap);
            root->MovedBuckets++;
            if (root->MovedBuckets > root->Main.Mask)
            {
                FinishResize();
                return;
            }
        }
    }

    /// <summary>Moves the entries of a bucket. False: there is no memory for it, and they are where they were.</summary>
    private bool TryMoveEntries(Bucket* first)
    {
        var moved = 0;
        if (Sse.IsSupported)
        {
            for (var occupied = first->Occupied; occupied != 0; occupied &= occupied - 1)
                Sse.Prefetch0(first->AddressAt(BitOperations.TrailingZeroCount(occupied)));
        }

        try
        {
            for (var bucket = first; bucket != null; bucket = bucket->Next)
            {
                for (var occupied = bucket->Occupied; occupied != 0; occupied &= occupied - 1)
                {
                    var slot = BitOperations.TrailingZeroCount(occupied);
                    var address = bucket->AddressAt(slot);
                    var hash = hasher.Hash(new EntryBlock(address).Key);
                    Chain.Add(root->Target.Get(hash & root->Target.Mask, heap), bucket->TagAt(slot), address, heap);
                    moved++;
                }
            }
        }
        catch (OutOfMemoryException)
        {
            TakeBack(first, moved);
            return false;
        }

        Chain.Reset(first, heap);
        return true;
    }

    /// <summary>Removes the first <paramref name="count"/> entries of a chain of the old array from the new one.</summary>
    private void TakeBack(Bucket* first, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var key = Chain.ElementAt(first, number).Entry.Key;
            var hash = hasher.Hash(key);
            var bucket = root->Target.Find(hash & root->Target.Mask);
            Chain.Remove(bucket, Chain.Find(bucket, key, Bucket.TagOf(hash)), heap);
        }
    }

    private void FinishResize()
    {
        root->Main.Free(heap);
        root->Main = root->Target;
        root->Target = default;
        root->MovedBuckets = 0;
    }
}

/// <summary>Frees what an entry holds, and its block.</summary>
internal delegate void EntryFreer(EntryBlock entry, NativeHeap heap);
